from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.outcomes.access import get_offer_for_edit
from apps.outcomes.actions import (
    change_offer,
    record_offer,
    say_how_offer_came,
    say_how_offer_ended,
)
from apps.outcomes.forms import ENDINGS, OfferEndingForm, OfferForm, WayForm
from apps.outcomes.models import Offer, Status
from apps.outcomes.ways import Way, ways_to
from apps.students.access import get_own_student

THANKS = {
    Status.ACCEPTED: "Congratulations! The people who helped you will be glad to hear of it.",
    Status.DECLINED: "Noted. A friendly no keeps the door open.",
    Status.RESCINDED: "Noted. That says nothing about you, and your conversations stay yours.",
    Status.OPEN: "Noted. You are asked again in two weeks.",
}


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def offer_list(request: SignedInRequest) -> HttpResponse:
    """Show what came to the student, and what became of it."""
    rows = Offer.objects.filter(student=get_own_student(request.user))
    offers = rows.select_related("contact", "confirmed_by").prefetch_related("status_changes")
    context = {"offers": offers.order_by("-received_on", "-pk")}
    return render(request, "outcomes/offer_list.html", context)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def offer_new(request: SignedInRequest) -> HttpResponse:
    """Put an offer on record; through whom it came is asked next."""
    student = get_own_student(request.user)
    now = timezone.now()
    form = OfferForm(posted(request), offer=None, today=student.today(now))
    if request.method == "POST" and form.is_valid():
        offer = record_offer(student=student, details=form.cleaned_data, by=request.user, now=now)
        return redirect("offer_way", pk=offer.pk)
    return _facts_page(request, form, None)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def offer_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what is on record of an offer."""
    offer = get_offer_for_edit(request.user, pk)
    now = timezone.now()
    form = OfferForm(posted(request), offer=offer, today=offer.student.today(now))
    if request.method == "POST" and form.is_valid():
        change_offer(offer=offer, details=form.cleaned_data, by=request.user, now=now)
        messages.success(request, "Saved.")
        return redirect("offer_list")
    return _facts_page(request, form, offer)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def offer_way(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask through whom an offer came, or whether it came apart from the conversations."""
    offer = get_offer_for_edit(request.user, pk)
    form, ways, words = way_form(request, offer)
    if request.method == "POST" and form.is_valid():
        save_way(request, offer, form)
        messages.success(request, "Saved.")
        return redirect("news" if offer.status == Status.ACCEPTED else "offer_list")
    context = {
        "offer": offer,
        "form": form,
        "ways": ways,
        "words": words,
        "back": reverse("offer_list"),
        "whose": "",
    }
    return render(request, "outcomes/offer_way.html", context)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def offer_ending(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the student say how an offer ended, or that it has not; the last word counts."""
    offer = get_offer_for_edit(request.user, pk)
    now = timezone.now()
    form = OfferEndingForm(posted(request), offer=offer, today=offer.student.today(now))
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


def posted(request: SignedInRequest) -> QueryDict | None:
    """Return what a form was filled in with, if it was sent; nothing filled in counts as well."""
    return request.POST if request.method == "POST" else None


def way_form(request: SignedInRequest, offer: Offer) -> tuple[WayForm, list[Way], str]:
    """Return the form, the ways beside its choices, and the words that were searched for."""
    words = request.GET.get("q", "")[:100]
    ways = ways_to(offer, words=words)
    return WayForm(posted(request), offer=offer, ways=ways, student=offer.student), ways, words


def save_way(request: SignedInRequest, offer: Offer, form: WayForm) -> None:
    contact = form.contact
    say_how_offer_came(
        offer=offer,
        contact=contact,
        is_apart=contact is None,
        how_it_helped=form.cleaned_data["how_it_helped"],
        by=request.user,
    )


def _facts_page(request: SignedInRequest, form: OfferForm, offer: Offer | None) -> HttpResponse:
    context = {"form": form, "offer": offer, "back": reverse("offer_list"), "whose": ""}
    return render(request, "outcomes/offer_form.html", context)
