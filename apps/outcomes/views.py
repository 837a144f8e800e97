from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.outcomes.access import get_offer_for_edit
from apps.outcomes.actions import say_how_offer_ended
from apps.outcomes.forms import ENDINGS, OfferEndingForm
from apps.outcomes.models import Status

THANKS = {
    Status.ACCEPTED: "Congratulations! The people who helped you will be glad to hear of it.",
    Status.DECLINED: "Noted. A friendly no keeps the door open.",
    Status.RESCINDED: "Noted. That says nothing about you, and your conversations stay yours.",
    Status.OPEN: "Noted. You are asked again in two weeks.",
}


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def offer_ending(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the student say how an offer ended, or that it has not; the last word counts."""
    offer = get_offer_for_edit(request.user, pk)
    now = timezone.now()
    told = request.POST if request.method == "POST" else None
    form = OfferEndingForm(told, offer=offer, today=offer.student.today(now))
    if request.method == "POST" and form.is_valid():
        status = Status(form.cleaned_data["status"])
        accepted_on = form.cleaned_data["accepted_on"]
        say_how_offer_ended(
            offer=offer, status=status, accepted_on=accepted_on, by=request.user, now=now
        )
        messages.success(request, THANKS[status])
        return redirect("news" if status == Status.ACCEPTED else "today")
    context = {"offer": offer, "form": form, "endings": ENDINGS}
    return render(request, "outcomes/offer_ending.html", context)
