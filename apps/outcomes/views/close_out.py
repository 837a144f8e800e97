from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.outcomes.access import get_own_place
from apps.outcomes.actions import confirm_no_offer
from apps.outcomes.models import NoOfferConfirmation, Offer


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def close_out(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask whether the term brought an offer. A yes leads to the offer's form; this takes a no."""
    place = get_own_place(request.user, pk)
    term, student, now = place.cohort.term, place.student, timezone.now()
    is_over = student.today(now) >= term.ends_on
    if request.method == "POST" and is_over:
        if confirm_no_offer(student=student, term=term, by=request.user, now=now):
            messages.success(request, "Noted, and thank you. Your conversations stay yours.")
            return redirect("today")
        messages.warning(request, "An offer of this term is on record already.")
    context = {
        "place": place,
        "term": term,
        "is_over": is_over,
        "is_graduate": place.class_year == str(term.ends_on.year),
        "offers": Offer.objects.filter(student=student).received_in(term).order_by("received_on"),
        "has_none": NoOfferConfirmation.objects.filter(student=student, term=term).exists(),
    }
    return render(request, "outcomes/close_out.html", context)
