"""Everything that the lists are read off, one student at a time, in memory."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apps.coaching.models import Question, Submission
from apps.contacts.fingerprints import fingerprint
from apps.contacts.models import Contact, Wish
from apps.meetings.models import Commitment, Debrief, Meeting
from apps.outcomes.models import NoOfferConfirmation, Offer
from apps.outreach.models import Attempt, Cadence, ContactAnswer, Touch
from apps.students.models import Campaign, Enrolment, Holiday, Student


@dataclass
class Rows:
    """Everything about one student. `wishes` are known by the address of whom they protect."""

    student: Student
    campaign: Campaign | None = None
    enrolments: list[Enrolment] = field(default_factory=list)
    contacts: dict[int, Contact] = field(default_factory=dict)
    meetings: list[Meeting] = field(default_factory=list)
    debriefs: dict[int, Debrief] = field(default_factory=dict)
    commitments: list[Commitment] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    answers: list[ContactAnswer] = field(default_factory=list)
    touches: list[Touch] = field(default_factory=list)
    cadences: list[Cadence] = field(default_factory=list)
    submissions: list[Submission] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    no_offers: set[int] = field(default_factory=set)  # terms
    wishes: dict[str, Wish] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()


def rows_of_everybody() -> list[Rows]:
    """Read all tables, each in one query."""
    holidays = frozenset(Holiday.objects.values_list("day", flat=True))
    students = Student.objects.select_related("user").order_by("pk")
    rows = {student.pk: Rows(student, holidays=holidays) for student in students}

    def deal(of_model: Any, keep: Callable[[Rows, Any], object], *, by: str = "student_id") -> None:
        for row in of_model.order_by("pk"):
            owner = row
            *path, last = by.split(".")
            for step in path:
                owner = getattr(owner, step)
            keep(rows[getattr(owner, last)], row)

    deal(Campaign.objects.all(), lambda to, row: setattr(to, "campaign", row))
    deal(
        Enrolment.objects.select_related("cohort__term"),
        lambda to, row: to.enrolments.append(row),
    )
    deal(Contact.objects.all(), lambda to, row: to.contacts.update({row.pk: row}))
    deal(Meeting.objects.all(), lambda to, row: to.meetings.append(row))
    deal(
        Debrief.objects.select_related("meeting"),
        lambda to, row: to.debriefs.update({row.meeting_id: row}),
        by="meeting.student_id",
    )
    deal(
        Commitment.objects.select_related("meeting"),
        lambda to, row: to.commitments.append(row),
        by="meeting.student_id",
    )
    deal(Attempt.objects.all(), lambda to, row: to.attempts.append(row))
    deal(
        ContactAnswer.objects.select_related("link"),
        lambda to, row: to.answers.append(row),
        by="link.student_id",
    )
    deal(Touch.objects.all(), lambda to, row: to.touches.append(row))
    deal(Cadence.objects.all(), lambda to, row: to.cadences.append(row))
    deal(Submission.objects.all(), lambda to, row: to.submissions.append(row))
    deal(Question.objects.all(), lambda to, row: to.questions.append(row))
    deal(Offer.objects.all(), lambda to, row: to.offers.append(row))
    deal(NoOfferConfirmation.objects.all(), lambda to, row: to.no_offers.add(row.term_id))
    wishes = {wish.fingerprint: wish for wish in Wish.objects.all()}
    for to in rows.values():
        for contact in to.contacts.values():
            if wish := contact.email and wishes.get(fingerprint(contact.email)):
                to.wishes[contact.email] = wish
    return [*rows.values()]


def by_contact(rows: list[Any]) -> defaultdict[int, list[Any]]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row.contact_id].append(row)
    return grouped
