"""What counselors record and confirm of the offers of their own students."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.outcomes.access import (
    get_class_for_offers,
    get_offer_in_care,
    get_student_of_own_class,
)
from apps.outcomes.actions import change_offer, confirm_no_offer, confirm_offer, record_offer
from apps.outcomes.class_offers import class_offers as rows_of_class
from apps.outcomes.forms import EvidenceForm, OfferForm
from apps.outcomes.views.offers import posted, save_way, way_form


@requires(Permission.SEE_OUTCOMES)
@require_safe
def class_offers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what the term brought to each student of a class, and of whom nothing is known."""
    cohort = get_class_for_offers(request.user, pk)
    context = {"cohort": cohort, "rows": rows_of_class(cohort, without=request.user)}
    return render(request, "outcomes/class_offers.html", context)


@requires(Permission.SEE_OUTCOMES)
@require_http_methods(["GET", "POST"])
def class_offer_new(request: SignedInRequest, cohort: int, pk: int) -> HttpResponse:
    """Put an offer of a student on record in their place."""
    of = get_class_for_offers(request.user, cohort)
    student = get_student_of_own_class(request.user, of, pk)
    now = timezone.now()
    form = OfferForm(posted(request), offer=None, today=student.today(now))
    if request.method == "POST" and form.is_valid():
        offer = record_offer(student=student, details=form.cleaned_data, by=request.user, now=now)
        return redirect("offer_care_way", pk=offer.pk)
    back = reverse("class_offers", args=[of.pk])
    context = {"form": form, "offer": None, "back": back, "whose": student.name}
    return render(request, "outcomes/offer_form.html", context)


@requires(Permission.SEE_OUTCOMES)
@require_POST
def class_no_offer(request: SignedInRequest, cohort: int, pk: int) -> HttpResponse:
    """Note the student's word that the term brought no offer."""
    of = get_class_for_offers(request.user, cohort)
    student = get_student_of_own_class(request.user, of, pk)
    if confirm_no_offer(student=student, term=of.term, by=request.user, now=timezone.now()):
        messages.success(request, f"Noted: no offer for {student.name} this term.")
    else:
        messages.warning(request, f"An offer of this term is on record for {student.name}.")
    return redirect("class_offers", pk=of.pk)


@requires(Permission.SEE_OUTCOMES)
@require_http_methods(["GET", "POST"])
def offer_care(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one offer of a student with its history, and confirm it."""
    offer = get_offer_in_care(request.user, pk)
    form = EvidenceForm(posted(request), initial={"evidence": offer.evidence})
    if request.method == "POST" and form.is_valid():
        evidence = form.cleaned_data["evidence"]
        confirm_offer(offer=offer, evidence=evidence, by=request.user, now=timezone.now())
        messages.success(request, "Confirmed.")
        return redirect("offer_care", pk=pk)
    history = offer.status_changes.select_related("said_by")
    return render(
        request, "outcomes/offer_care.html", {"offer": offer, "form": form, "history": history}
    )


@requires(Permission.SEE_OUTCOMES)
@require_http_methods(["GET", "POST"])
def offer_care_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what is on record of a student's offer."""
    offer = get_offer_in_care(request.user, pk)
    now = timezone.now()
    form = OfferForm(posted(request), offer=offer, today=offer.student.today(now))
    if request.method == "POST" and form.is_valid():
        change_offer(offer=offer, details=form.cleaned_data, by=request.user, now=now)
        messages.success(request, "Saved.")
        return redirect("offer_care", pk=pk)
    back = reverse("offer_care", args=[pk])
    context = {"form": form, "offer": offer, "back": back, "whose": offer.student.name}
    return render(request, "outcomes/offer_form.html", context)


@requires(Permission.SEE_OUTCOMES)
@require_http_methods(["GET", "POST"])
def offer_care_way(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say in a student's place through whom an offer came."""
    offer = get_offer_in_care(request.user, pk)
    form, ways, words = way_form(request, offer)
    if request.method == "POST" and form.is_valid():
        save_way(request, offer, form)
        messages.success(request, "Saved.")
        return redirect("offer_care", pk=pk)
    context = {
        "offer": offer,
        "form": form,
        "ways": ways,
        "words": words,
        "back": reverse("offer_care", args=[pk]),
        "whose": offer.student.name,
    }
    return render(request, "outcomes/offer_way.html", context)
