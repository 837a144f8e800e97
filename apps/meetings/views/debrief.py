from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.models import User
from apps.accounts.roles import Permission
from apps.common.templatetags.clock import clock
from apps.meetings.access import get_meeting_for_edit
from apps.meetings.actions.debrief import Saved, save_debrief
from apps.meetings.actions.referrals import NameRefused, Undone, undo_referrals
from apps.meetings.actions.stories import StoryRefused
from apps.meetings.forms.debrief_page import (
    DebriefPage,
    both_versions,
    keys_of_rows,
    with_another_row,
)
from apps.meetings.models import Jottings, Meeting, PrepSheet, Referral, Status
from apps.meetings.moves import Move, NotPossible, can
from apps.meetings.revisions import StaleText
from apps.meetings.thank_you import ThankYouClock
from apps.students.models import Cohort


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def meeting_debrief(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down what a conversation brought; writing about it says that it took place."""
    now = timezone.now()
    meeting = get_meeting_for_edit(request.user, pk)
    if meeting.status != Status.HELD and not can(Move.HOLD, meeting, now=now):
        return redirect("meeting", pk=pk)
    if request.method != "POST":
        return _show(request, DebriefPage(meeting, now=now), now)
    if "X-Autosave" in request.headers:
        return _autosave(request, meeting, now)
    if prefix := request.POST.get("another"):
        data = with_another_row(request.POST, prefix)
        page = DebriefPage(meeting, now=now, data=data)
        return _show(request, page, now, grown=prefix)
    return _save(request, meeting, now)


def _save(request: SignedInRequest, meeting: Meeting, now: datetime) -> HttpResponse:
    page = DebriefPage(meeting, now=now, data=request.POST)
    is_finished = "later" not in request.POST
    if not page.is_valid(is_finished=is_finished):
        return _show(request, page, now)
    try:
        saved = save_debrief(
            meeting=meeting,
            revision=page.form.cleaned_data["revision"],
            written=page.written(),
            is_finished=is_finished,
            now=now,
        )
    except StaleText:
        return _show_both(request, meeting, now)
    except NameRefused as reason:
        page.refuse_name(reason)
        return _show(request, page, now)
    except StoryRefused as reason:
        page.refuse_story(reason)
        return _show(request, page, now)
    _say_what_was_done(request, saved)
    if not is_finished:
        return redirect("meeting_debrief", pk=meeting.pk)
    return redirect("meeting" if meeting.thank_you_sent_at else "meeting_thank", pk=meeting.pk)


def _autosave(request: SignedInRequest, meeting: Meeting, now: datetime) -> HttpResponse:
    """Save what is typed so far. A name may be half typed, so nobody comes onto the list."""
    page = DebriefPage(meeting, now=now, data=request.POST)
    if not page.is_valid(keeps_names=False):
        words = " ".join(problem.words for problem in page.problems)
        return JsonResponse({"words": f"Not saved. {words}"}, status=422)
    try:
        saved = save_debrief(
            meeting=meeting,
            revision=page.form.cleaned_data["revision"],
            written=page.written(),
            is_finished=False,
            now=now,
        )
    except StaleText as reason:
        return JsonResponse({"words": str(reason)}, status=409)
    except (NotPossible, StoryRefused) as reason:
        return JsonResponse({"words": f"Not saved. {reason}"}, status=422)
    return JsonResponse(
        {
            "revision": saved.debrief.revision,
            "saved": clock(timezone.localtime(saved.debrief.saved_at)),
            "fields": keys_of_rows(page, saved),
        }
    )


def _show_both(request: SignedInRequest, meeting: Meeting, now: datetime) -> HttpResponse:
    saved = DebriefPage(meeting, now=now)
    data, differences = both_versions(request.POST, saved)
    page = DebriefPage(meeting, now=now, data=data)
    return _show(request, page, now, differences=differences)


def _show(request: SignedInRequest, page: DebriefPage, now: datetime, **more: Any) -> HttpResponse:
    meeting = page.meeting
    context = {
        "meeting": meeting,
        "contact": meeting.contact,
        "page": page,
        "problems": list(page.problems) if page.form.is_bound and not more.get("grown") else [],
        "differences": None,
        "grown": "",
        "referrals": Referral.objects.filter(meeting=meeting)
        .select_related("contact")
        .order_by("pk"),
        "clock": ThankYouClock.of(meeting, now=now) if meeting.status == Status.HELD else None,
        "jottings": Jottings.objects.filter(meeting=meeting).first(),
        "sheet": PrepSheet.objects.filter(meeting=meeting).first(),
        "questions": meeting.questions.all(),
        "promises": meeting.commitments.order_by("pk"),
        "counselors": _counselors(page, now),
        "now": now,
        **more,
    }
    status = 409 if context["differences"] is not None else 200
    return render(request, "meetings/debrief.html", context, status=status)


def _counselors(page: DebriefPage, now: datetime) -> list[User]:
    """Return who looks after the student's classes of this term."""
    student = page.meeting.student
    classes = Cohort.objects.filter(
        enrolments__in=student.enrolments.all().current(student.today(now))
    )
    return list(User.objects.filter(cohorts__in=classes, is_active=True).distinct().order_by("pk"))


def _say_what_was_done(request: SignedInRequest, saved: Saved) -> None:
    names = [referral.contact.name for referral in saved.referrals]
    words = "Saved. Come back whenever you like."
    if saved.debrief.completed_at:
        words = "Your debrief is saved."
    if names:
        words += f" On your list: {_together(names)}. Today reminds you to write to them."
    messages.success(request, words)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def referrals_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the names of a conversation back off the list."""
    meeting = get_meeting_for_edit(request.user, pk)
    undone = undo_referrals(meeting=meeting, now=timezone.now())
    if undone.kept:
        messages.warning(request, _undone_words(undone))
    else:
        messages.success(request, _undone_words(undone))
    return redirect("meeting_debrief", pk=pk)


def _undone_words(undone: Undone) -> str:
    said = []
    if undone.removed:
        said.append(f"Off your list again: {_together(undone.removed)}.")
    if undone.untied:
        said.append(f"As before: {_together(undone.untied)}.")
    if undone.kept:
        said.append(f"{_together(undone.kept)} stayed, since you have done more with them by now.")
    return " ".join(said) or "There was nothing to take back."


def _together(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
