"""Contacts in care: what staff do for the people who are asked, on their behalf.

Whom it is about is never part of an address, so that no log and no history keeps it.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.contacts.actions.wish import record_wish
from apps.outreach.access import get_contact_in_care
from apps.outreach.actions import attempts as actions
from apps.outreach.care import listing_of, look_up, written_all_the_same
from apps.outreach.forms.care import EraseForm, LiftForm, LookUpForm, WishForm


@requires(Permission.CARE_FOR_CONTACTS)
@require_http_methods(["GET", "POST"])
def contacts_in_care(request: SignedInRequest) -> HttpResponse:
    form = LookUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _person(request, form.cleaned_data["person"])
    return _page(request, form)


@requires(Permission.CARE_FOR_CONTACTS)
@require_POST
def care_wish(request: SignedInRequest) -> HttpResponse:
    form = WishForm(request.POST)
    is_valid, key = form.is_valid(), form.cleaned_data.get("person")
    if key is None:
        return redirect("contacts_in_care")
    if not is_valid:
        return _person(request, key, form)
    record_wish(
        key=key,
        is_never=form.cleaned_data["is_never"],
        paused_until=form.cleaned_data["paused_until"],
        most_per_term=form.cleaned_data["most_per_term"],
        by=request.user,
    )
    messages.success(request, "Written down. Students are told from now on.")
    return _person(request, key)


@requires(Permission.CARE_FOR_CONTACTS)
@require_POST
def care_lift(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = get_contact_in_care(request.user, pk)
    form = LiftForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Look the person up once more, and keep the reason short.")
        return redirect("contacts_in_care")
    actions.lift_cooldown(
        contact=contact, by=request.user, reason=form.cleaned_data["reason"], now=timezone.now()
    )
    messages.success(request, f"{contact.student.name} may write now.")
    return _person(request, form.cleaned_data["person"])


@requires(Permission.ERASE_CONTACTS)
@require_POST
def care_erase(request: SignedInRequest) -> HttpResponse:
    """Ask once more, with what will be erased in view; erase at the second yes."""
    asked = LookUpForm(request.POST)
    if not asked.is_valid():
        return redirect("contacts_in_care")
    key = asked.cleaned_data["person"]
    listing = listing_of(key)
    answer = request.POST if "confirmed" in request.POST else None
    form = EraseForm(answer, key=key, other_keys=listing.other_keys)
    if form.is_valid():
        keys = {key, *form.cleaned_data.get("also", [])}
        rows = actions.erase_from_all_lists(keys=keys, by=request.user, now=timezone.now())
        messages.success(request, f"Erased for good. Rows that were blanked: {rows}.")
        return redirect("contacts_in_care")
    return render(
        request, "outreach/care_erase.html", {"key": key, "listing": listing, "form": form}
    )


def _person(request: SignedInRequest, key: str, wish_form: WishForm | None = None) -> HttpResponse:
    care = look_up(key, user=request.user, now=timezone.now())
    may_erase = request.user.may(Permission.ERASE_CONTACTS)
    return _page(
        request,
        LookUpForm(initial={"person": key}),
        care=care,
        listing=listing_of(key) if may_erase else None,
        wish_form=wish_form or WishForm.about(key, care.wishes),
    )


def _page(request: SignedInRequest, form: LookUpForm, **person: Any) -> HttpResponse:
    told = written_all_the_same(user=request.user, now=timezone.now())
    context = {"form": form, "care": None, "written_all_the_same": told, **person}
    return render(request, "outreach/contacts_in_care.html", context)
