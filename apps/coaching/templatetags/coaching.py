"""Small parts of coaching that pages of other apps take in."""

from typing import Any

from django import template
from django.utils import timezone

from apps.accounts.models import User
from apps.coaching.forms.hand_in import HandInForm
from apps.coaching.marking import marks_of
from apps.coaching.models import Note, Piece, Submission
from apps.coaching.note_list import notes_for
from apps.coaching.pieces import Subject, wants_debriefs
from apps.contacts.models import Contact
from apps.meetings.models import Meeting
from apps.outreach.models import NoteKind
from apps.students.models import Student

register = template.Library()


@register.inclusion_tag("coaching/_hand_in.html", takes_context=True)
def hand_in_note(context: dict[str, Any], contact: Contact, kind: NoteKind) -> dict[str, Any]:
    """Offer to hand in the draft of a note; say how far it is if that was done."""
    return _box(context, Subject.of_note(contact, kind), contact.student, contact.pk)


@register.inclusion_tag("coaching/_hand_in.html", takes_context=True)
def hand_in_sheet(context: dict[str, Any], meeting: Meeting) -> dict[str, Any]:
    subject = Subject.of_meeting(Piece.PREP_SHEET, meeting)
    return _box(context, subject, meeting.student, meeting.pk)


@register.inclusion_tag("coaching/_hand_in.html", takes_context=True)
def hand_in_debrief(context: dict[str, Any], meeting: Meeting) -> dict[str, Any]:
    """The same for a debrief; a class may set that a finished one is handed in by itself."""
    subject = Subject.of_meeting(Piece.DEBRIEF, meeting)
    return _box(context, subject, meeting.student, meeting.pk)


@register.simple_tag
def counselor_notes(user: User, student: Student) -> list[Note]:
    """Return the notes of `user` about a student, and those of others that are in the record."""
    return list(notes_for(user, student))


@register.filter
def marks(submission: Submission) -> list[Any]:
    return marks_of(submission)


def _box(context: dict[str, Any], subject: Subject, student: Student, row: int) -> dict[str, Any]:
    now = timezone.now()
    has_class = student.enrolments.all().current(student.today(now)).exists()
    was_handed_in = Submission.objects.filter(**subject.keys).exists()
    form = HandInForm(
        initial={"piece": subject.piece, "row": row, "kind": subject.note_kind},
        auto_id="hand-in-%s",
    )
    return {
        "csrf_token": context.get("csrf_token"),
        "form": form,
        "piece": subject.piece,
        "latest": subject.latest(),
        "is_by_itself": subject.piece == Piece.DEBRIEF
        and not was_handed_in
        and wants_debriefs(student, now),
        "is_offered": has_class and not subject.is_erased,
    }
