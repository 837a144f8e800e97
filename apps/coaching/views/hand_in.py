"""What a student hands in, and what came back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.models import User
from apps.accounts.roles import Permission
from apps.coaching import access
from apps.coaching.actions import feedback as actions
from apps.coaching.forms.hand_in import HandInForm
from apps.coaching.marking import marks_of
from apps.coaching.models import Piece, Submission
from apps.coaching.pieces import Subject
from apps.contacts.access import get_contact_for_edit
from apps.meetings.access import get_meeting_to_plan
from apps.outreach.models import NoteKind
from apps.students.access import get_own_student

PAGES = {Piece.PREP_SHEET: "meeting_prepare", Piece.DEBRIEF: "meeting_debrief"}


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def hand_in(request: SignedInRequest) -> HttpResponse:
    """Hand in what is saved of a note, a preparation or a debrief."""
    form = HandInForm(request.POST)
    if not form.is_valid():
        return render(request, "coaching/hand_in.html", {"form": form}, status=422)
    subject = _subject(
        request.user,
        Piece(form.cleaned_data["piece"]),
        form.cleaned_data["row"],
        form.cleaned_data["kind"],
    )
    try:
        handed = actions.hand_in(
            subject=subject, word=form.cleaned_data["word"], now=timezone.now()
        )
    except actions.NothingToHandIn:
        messages.warning(request, "There is nothing saved yet that somebody could read.")
        return redirect(_page_of(subject))
    messages.success(request, "Handed in. You find here what comes back.")
    return redirect("handed_in", pk=handed.pk)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def handed_in_list(request: SignedInRequest) -> HttpResponse:
    student = get_own_student(request.user)
    rows = Submission.objects.filter(student=student, withdrawn_at__isnull=True)
    rows = rows.select_related("meeting__contact", "contact", "returned_by", "read_by")
    context = {"rows": rows.order_by("-handed_in_at", "-pk")[:200]}
    return render(request, "coaching/handed_in_list.html", context)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def handed_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one piece as it was handed in, and what came back on it and on rounds before."""
    row = access.get_own_submission(request.user, pk)
    subject = _subject_of(row)
    rounds = Submission.objects.filter(withdrawn_at__isnull=True, **subject.keys).exclude(pk=pk)
    context = {
        "submission": row,
        "contact": row.person,
        "marks": marks_of(row),
        "other_rounds": rounds.order_by("-round", "-pk"),
        "page_url": "" if subject.is_erased else _page_of(subject),
    }
    return render(request, "coaching/handed_in.html", context)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def handed_in_take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    row = access.get_own_submission(request.user, pk)
    try:
        actions.take_back(submission=row, now=timezone.now())
    except actions.TooLate:
        messages.warning(request, "Your counselor has begun to read it, so it stays.")
        return redirect("handed_in", pk=pk)
    messages.success(request, "Taken back. Nobody reads it.")
    return redirect("handed_in_list")


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def handed_in_seen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that the student has read what came back."""
    row = access.get_own_submission(request.user, pk)
    actions.see_feedback(submission=row, now=timezone.now())
    return redirect("handed_in", pk=pk)


def _subject(user: User, piece: Piece, row: int, kind: NoteKind) -> Subject:
    if piece == Piece.DRAFT:
        return Subject.of_note(get_contact_for_edit(user, row), kind)
    return Subject.of_meeting(piece, get_meeting_to_plan(user, row))


def _subject_of(row: Submission) -> Subject:
    return Subject(
        Piece(row.piece),
        row.student_id,
        contact=row.contact,
        note_kind=row.note_kind,
        meeting=row.meeting,
    )


def _page_of(subject: Subject) -> str:
    if subject.contact:
        return f"{reverse('compose', args=[subject.contact.pk])}?kind={subject.note_kind}"
    assert subject.meeting
    return reverse(PAGES[subject.piece], args=[subject.meeting.pk])
