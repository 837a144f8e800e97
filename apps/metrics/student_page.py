"""One student's work as a counselor sees it: what happened and when, and what the student shares.

No private note, no finding that the student keeps to themselves, no address of a contact, no
opening that somebody told them of, and no offer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from apps.accounts.models import User
from apps.coaching.models import Nudge, Submission, WordSpoken
from apps.common.localtime import local_date
from apps.contacts.models import Contact
from apps.journal.pace import Pace, pace_in
from apps.journal.spine import SpineStep, spine, standing
from apps.meetings.models import Finding, Meeting, Status, Story
from apps.outreach.models import Attempt, Touch, TouchKind
from apps.reminders.next_steps import next_steps_of
from apps.students.models import Cohort, RecordVisit, Student, institution_zone
from apps.students.next_steps import NextStep

MOST = 120
"""So many of the latest notes, meetings and touches each; a page that is read, not a file."""


@dataclass(frozen=True)
class Entry:
    """A line of the timeline: when, what, with whom. `anchor` is how other pages point at it."""

    at: datetime
    what: str
    contact: Contact
    anchor: str = ""


@dataclass(frozen=True)
class StudentPage:
    """`steps` are the six with where the student stands; `due` what is open, the first first."""

    student: Student
    cohort: Cohort
    steps: list[SpineStep]
    pace: Pace
    due: list[NextStep]
    timeline: list[Entry]
    findings: list[Finding]
    stories: list[Story]
    submissions: list[Submission]
    nudges: list[Nudge]
    words: list[WordSpoken]


def open_visit(student: Student, viewer: User, now: datetime) -> RecordVisit | None:
    """Return the visit for which the viewer may read the record now, the latest; None: ask why."""
    visits = RecordVisit.objects.open(now).filter(student=student, viewer=viewer)
    return visits.order_by("-visited_at").first()


def student_page(student: Student, cohort: Cohort, viewer: User, now: datetime) -> StudentPage:
    """Gather the page for a counselor, in as many queries for a busy student as for another."""
    due = next_steps_of(student, now)
    kinds = {step.kind for step in due}
    held = Finding.objects.shared().filter(meeting__student=student, meeting__status=Status.HELD)
    return StudentPage(
        student=student,
        cohort=cohort,
        steps=spine(standing(student, now), goal=cohort.goal, kinds=kinds, now=now),
        pace=pace_in(cohort, student, local_date(now, institution_zone())),
        due=due,
        timeline=sorted(_entries(student, now), key=lambda entry: entry.at, reverse=True),
        findings=list(
            held.select_related("meeting__contact").order_by("-meeting__starts_at", "pk")[:MOST]
        ),
        stories=list(_signed_stories(student)),
        submissions=list(
            Submission.objects.for_counselor(viewer)
            .filter(student=student)
            .select_related("contact", "meeting__contact")
            .order_by("-handed_in_at", "-pk")[:MOST]
        ),
        nudges=list(
            Nudge.objects.filter(student=student)
            .select_related("by", "mail")
            .order_by("-queued_at", "-pk")[:MOST]
        ),
        words=list(
            WordSpoken.objects.filter(student=student)
            .select_related("by")
            .order_by("-spoken_at", "-pk")[:MOST]
        ),
    )


def _signed_stories(student: Student) -> Iterable[Story]:
    """Return the shared stories under the student's name. Whose the others are, nobody is told."""
    return Story.objects.shared().filter(student=student, is_signed=True).order_by("-shared_at")


def _entries(student: Student, now: datetime) -> Iterator[Entry]:
    yield from _notes(student, now)
    yield from _meetings(student)
    unasked = Touch.objects.filter(student=student, happened_at__lte=now)
    for touch in (
        unasked.exclude(kind=TouchKind.LEAD).select_related("contact").order_by("-happened_at")
    )[:MOST]:
        words = "They wrote" if touch.kind == TouchKind.HEARD else "Sent some news"
        yield Entry(touch.happened_at, words, touch.contact)


def _notes(student: Student, now: datetime) -> Iterator[Entry]:
    sent = Attempt.objects.filter(student=student, sent_at__lte=now).select_related("contact")
    for note in sent.order_by("-sent_at", "-pk")[:MOST]:
        how = f"{note.get_kind_display()}, {note.get_channel_display()}"
        yield Entry(note.sent_at, how, note.contact, f"attempt-{note.pk}")
        if note.replied_at:
            reply = note.get_reply_display()
            yield Entry(note.replied_at, f"Reply: {reply[:1].lower()}{reply[1:]}", note.contact)


def _meetings(student: Student) -> Iterator[Entry]:
    meetings = Meeting.objects.filter(student=student).select_related("contact")
    for talk in meetings.order_by("-starts_at", "-pk")[:MOST]:
        what = f"Conversation, {talk.get_mode_display()}, {talk.minutes} min"
        if talk.status != Status.HELD:
            status = talk.get_status_display()
            what = f"Conversation: {status[:1].lower()}{status[1:]}"
        if talk.is_practice:
            what += ", for practice"
        yield Entry(talk.starts_at, what, talk.contact, f"meeting-{talk.pk}")
        if talk.thank_you_sent_at:
            yield Entry(talk.thank_you_sent_at, "Thank-you sent", talk.contact)
