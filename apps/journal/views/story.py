from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.journal.access import get_contact_for_view
from apps.journal.story import Story
from apps.outreach.answers import answers_of
from apps.outreach.in_touch import in_touch_of
from apps.outreach.protection import advice
from apps.outreach.state import state_of


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one person's whole story."""
    now = timezone.now()
    own = get_contact_for_view(request.user, pk)
    context = {
        "contact": own,
        "story": Story.of(own, now=now),
        "advice": advice(own, now=now),
        "state": state_of(own, now),
        "in_touch": in_touch_of(own, now),
        "answers": answers_of(own),
        "now": now,
    }
    return render(request, "journal/contact.html", context)
