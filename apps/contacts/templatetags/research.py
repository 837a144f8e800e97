"""What a student read and watched, beside the person it is about."""

from django import template
from django.db.models import Q

from apps.contacts.models import Contact, Research

register = template.Library()

SHOWN = 10


@register.inclusion_tag("contacts/_research_block.html")
def research_about(contact: Contact) -> dict[str, object]:
    """Show what is about the contact, and about the organization they are at."""
    about = Q(contact=contact)
    if contact.organization:
        about |= Q(contact=None, organization__iexact=contact.organization)
    rows = Research.objects.filter(about, student=contact.student_id)
    return {"contact": contact, "rows": rows.order_by("-noted_on", "-pk")[:SHOWN]}
