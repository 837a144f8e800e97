from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.contacts.access import get_contact_for_edit
from apps.contacts.models import Contact
from apps.meetings.access import get_meeting_for_edit, get_meeting_to_plan
from apps.meetings.actions import schedule as actions
from apps.meetings.clocks import Clocks
from apps.meetings.forms.schedule import AcceptForm, DetailsForm, MoveForm, OfferForm, SetUpForm
from apps.meetings.forms.times import Times
from apps.meetings.models import Meeting
from apps.meetings.moves import Move, NotPossible, refusal

Do = Callable[[Any, Meeting, datetime], str]
"""Do what a form asks for, and say in words what was done."""


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def meeting_new(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    contact = get_contact_for_edit(request.user, pk)
    form = SetUpForm(request.POST or None, student=contact.student, contact=contact, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            meeting, words = _set_up(form, contact, now)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, words)
            return redirect("meeting", pk=meeting.pk)
    context = {"form": form, "contact": contact, "clocks": form.times.clocks, "now": now}
    return render(request, "meetings/meeting_new.html", context)


def _set_up(form: SetUpForm, contact: Contact, now: datetime) -> tuple[Meeting, str]:
    said: dict[str, Any] = {
        "student": contact.student,
        "contact": contact,
        "details": form.details,
        "now": now,
    }
    if form.is_proposal:
        meeting = actions.propose_times(times=form.moments, **said)
        return meeting, _with_twice(form.times, form.moments, "Noted. Once they answer, say which.")
    (starts_at,) = form.moments
    meeting = actions.schedule_meeting(starts_at=starts_at, **said)
    return meeting, _agreed(form.times, starts_at)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def meeting_propose(request: SignedInRequest, pk: int) -> HttpResponse:
    def propose(form: OfferForm, meeting: Meeting, now: datetime) -> str:
        actions.propose_other_times(meeting=meeting, times=form.moments, now=now)
        return _with_twice(form.times, form.moments, "Noted. Once they answer, say which.")

    return _change(request, pk, Move.PROPOSE, OfferForm, propose)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def meeting_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    def accept(form: AcceptForm, meeting: Meeting, now: datetime) -> str:
        (starts_at,) = form.moments
        actions.accept_time(meeting=meeting, starts_at=starts_at, now=now)
        return _agreed(form.times, starts_at)

    return _change(request, pk, Move.ACCEPT, AcceptForm, accept)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def meeting_move(request: SignedInRequest, pk: int) -> HttpResponse:
    def move(form: MoveForm, meeting: Meeting, now: datetime) -> str:
        (starts_at,) = form.moments
        actions.reschedule_meeting(meeting=meeting, starts_at=starts_at, now=now)
        return _agreed(form.times, starts_at)

    return _change(request, pk, Move.RESCHEDULE, MoveForm, move)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def meeting_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    def edit(form: DetailsForm, meeting: Meeting, now: datetime) -> str:
        actions.edit_details(meeting=meeting, details=form.details, now=now)
        return "Saved."

    def form_of(data: Any, *, meeting: Meeting, now: datetime) -> DetailsForm:
        return DetailsForm(data, contact=meeting.contact, instance=meeting)

    return _change(request, pk, Move.EDIT, form_of, edit)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def meeting_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once more, since nothing comes after it."""
    now = timezone.now()
    meeting = get_meeting_for_edit(request.user, pk)
    if request.method == "POST":
        try:
            actions.cancel_meeting(meeting=meeting, now=now)
        except NotPossible as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, f"Called off. {meeting.contact.name} stays on your list.")
        return redirect("meeting", pk=pk)
    said = refusal(Move.CANCEL, meeting, now=now)
    return render(request, "meetings/meeting_cancel.html", {"meeting": meeting, "refusal": said})


def _change(
    request: SignedInRequest, pk: int, move: Move, form_of: Callable[..., forms.BaseForm], do: Do
) -> HttpResponse:
    now = timezone.now()
    meeting = get_meeting_to_plan(request.user, pk)
    said = refusal(move, meeting, now=now)
    form = form_of(request.POST or None, meeting=meeting, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            done = do(form, meeting, now)
        except NotPossible as reason:
            said = str(reason)
        else:
            messages.success(request, done)
            return redirect("meeting", pk=pk)
    context = {
        "form": form,
        "meeting": meeting,
        "move": move.value,
        "refusal": said,
        "clocks": Clocks.of(meeting.student, meeting.contact),
        "now": now,
    }
    return render(request, "meetings/meeting_change.html", context)


def _agreed(times: Times, starts_at: datetime) -> str:
    return _with_twice(times, [starts_at], f"Noted: {times.clocks.words(starts_at)}.")


def _with_twice(times: Times, moments: list[datetime], words: str) -> str:
    """Add which moment was meant, where a typed hour comes twice."""
    twice = (times.typed_on.word_on_twice(moment) for moment in moments)
    return " ".join([words, *filter(None, twice)])
