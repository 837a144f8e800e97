from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.journal.access import get_contact_for_view
from apps.journal.story import Story
from apps.outreach.protection import advice


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
        "now": now,
    }
    return render(request, "journal/contact.html", context)
