"""What the report counts: the rows of one term, read as of one instant, as plain values.

Every date is the institution's. Ids are primary keys; `Labels` turns them into the ids that
people know.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from apps.common.localtime import local_date, start_of_day
from apps.common.prepared import Statement
from apps.contacts.models import Contact
from apps.meetings.models import ENDS_AT, Meeting
from apps.metrics.scope import WHOLE_TERM, EnrolmentFact, Scope
from apps.outcomes.models import Offer
from apps.outreach.models import Attempt, Reply
from apps.students.models import Enrolment, Term, institution_zone


@dataclass(frozen=True)
class StudentFact:
    """A student of E, with the enrolments that count."""

    id: int
    enrolments: tuple[EnrolmentFact, ...]
    has_confirmed_no_offer: bool

    @property
    def withdrawn_on(self) -> date | None:
        """The day on which the last enrolment ended; None while one of them goes on."""
        ends = [enrolment.withdrawn_on for enrolment in self.enrolments]
        return max((day for day in ends if day), default=None) if all(ends) else None

    def within(self, scope: Scope) -> Self | None:
        """Return the student by the enrolments in the scope; None if there is none."""
        fitting = tuple(filter(scope.holds, self.enrolments))
        return replace(self, enrolments=fitting) if fitting else None


@dataclass(frozen=True)
class ContactFact:
    """A contact listed by the term's close, and what happened with it in the window."""

    id: int
    student: int
    introduced_by: int | None
    is_asked: bool
    is_replied: bool
    is_agreed: bool
    has_introduced: bool


@dataclass(frozen=True)
class MeetingFact:
    """A held meeting in the window, practice left out."""

    id: int
    student: int
    contact: int
    held_on: date
    is_ready: bool
    is_thanked: bool
    is_thanked_on_time: bool


@dataclass(frozen=True)
class OfferFact:
    """An offer received in the window.

    `path` runs from the interviewed contact down to the offer's; None if the offer did not come
    through a conversation.
    """

    id: int
    student: int
    kind: str
    status: str
    received_on: date
    path: tuple[int, ...] | None


@dataclass(frozen=True)
class TermFacts:
    starts_on: date
    closes_on: date
    students: list[StudentFact]
    contacts: list[ContactFact]
    meetings: list[MeetingFact]
    offers: list[OfferFact]

    def within(self, scope: Scope) -> Self:
        """Return the facts of the students in a scope."""
        if scope.is_whole_term:
            return self
        students = [part for student in self.students if (part := student.within(scope))]
        ids = {student.id for student in students}
        return replace(
            self,
            students=students,
            contacts=[contact for contact in self.contacts if contact.student in ids],
            meetings=[meeting for meeting in self.meetings if meeting.student in ids],
            offers=[offer for offer in self.offers if offer.student in ids],
        )


@contextmanager
def one_instant(*, writes: bool = False) -> Iterator[None]:
    """Make all queries inside see the database as it was at the first of them."""
    if connection.in_atomic_block:
        with transaction.atomic() if writes else nullcontext():
            yield
        return
    with transaction.atomic():
        may = "READ WRITE" if writes else "READ ONLY"
        with connection.cursor() as cursor:
            cursor.execute(f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ {may}")
        yield


def read_term(term: Term, scope: Scope = WHOLE_TERM) -> TermFacts:
    """Return the facts of everybody enrolled in `term`, as far as they are in the scope."""
    with one_instant():
        rows = rows_of(scope.enrolments(term))
        enrolled = scope.enrolments(term).values("student_id")
        window = window_of(term)
        return TermFacts(
            starts_on=term.starts_on,
            closes_on=term.closes_on,
            students=read_students(term, rows),
            contacts=_read_contacts(term, enrolled, window),
            meetings=_read_meetings(enrolled, window),
            offers=read_offers(term, rows),
        )


def window_of(term: Term) -> tuple[datetime, datetime]:
    """Return the window of the term as instants: from the first, up to and without the second."""
    zone = institution_zone()
    return (
        start_of_day(term.starts_on, zone),
        start_of_day(term.closes_on + timedelta(days=1), zone),
    )


def rows_of(enrolments: QuerySet[Enrolment]) -> Statement:
    """Return what asks for some enrolments, for other statements to ask from."""
    names = "student_id", "cohort_id", "program", "class_year", "withdrawn_on"
    return Statement(*enrolments.order_by().values_list(*names).query.sql_with_params())


_STUDENTS = """
SELECT enrolment.*, said.student_id IS NOT NULL
FROM (%(enrolments)s) AS enrolment LEFT JOIN outcomes_noofferconfirmation AS said
  ON said.student_id = enrolment.student_id AND said.term_id = %(term)s
ORDER BY enrolment.student_id, cohort_id
"""


def read_students(term: Term, enrolments: Statement) -> list[StudentFact]:
    by_student = defaultdict(list)
    confirmed = set()
    for student, *enrolled, has_confirmed in Statement.of(
        _STUDENTS, enrolments=enrolments, term=term.pk
    ):
        by_student[student].append(EnrolmentFact(*enrolled))
        if has_confirmed:
            confirmed.add(student)
    return [
        StudentFact(student, tuple(enrolled), student in confirmed)
        for student, enrolled in by_student.items()
    ]


def _read_contacts(
    term: Term, enrolled: QuerySet[Enrolment, Any], window: tuple[datetime, datetime]
) -> list[ContactFact]:
    begin, end = window
    asked = Attempt.objects.filter(contact=OuterRef("pk"), sent_at__gte=begin, sent_at__lt=end)
    replied = asked.filter(replied_at__lt=end)  # and not before it was sent: a constraint
    rows = (
        Contact.objects.filter(student__in=enrolled, listed_on__lte=term.closes_on)
        .annotate(
            is_asked=Exists(asked),
            is_replied=Exists(replied),
            is_agreed=Exists(replied.filter(reply=Reply.YES)),
            has_introduced=Exists(Contact.objects.filter(introduced_by=OuterRef("pk"))),
        )
        .order_by("pk")
        .values_list(
            "pk",
            "student_id",
            "introduced_by_id",
            "is_asked",
            "is_replied",
            "is_agreed",
            "has_introduced",
        )
    )
    return [ContactFact(*row) for row in rows]


def _read_meetings(
    enrolled: QuerySet[Enrolment, Any], window: tuple[datetime, datetime]
) -> list[MeetingFact]:
    begin, end = window
    zone = institution_zone()
    on_time = timedelta(hours=settings.THANK_YOU_HOURS)
    rows = (
        Meeting.objects.held()
        .annotate(ends_at=ENDS_AT)
        .filter(student__in=enrolled, starts_at__gte=begin, starts_at__lt=end)
        .order_by("pk")
        .values_list(
            "pk",
            "student_id",
            "contact_id",
            "starts_at",
            "ends_at",
            "is_ready",
            "thank_you_sent_at",
        )
    )
    return [
        MeetingFact(
            id=meeting,
            student=student,
            contact=contact,
            held_on=local_date(starts_at, zone),
            is_ready=is_ready,
            is_thanked=thanked_at is not None,
            is_thanked_on_time=thanked_at is not None and thanked_at <= ends_at + on_time,
        )
        for meeting, student, contact, starts_at, ends_at, is_ready, thanked_at in rows
    ]


_OFFERS = """
SELECT id, student_id, kind, status, received_on, contact_id, external_id FROM outcomes_offer
"""
_OF_STUDENTS = f"""
{_OFFERS} WHERE student_id IN (SELECT student_id FROM (%(enrolments)s) AS enrolled)
  AND received_on BETWEEN %(opens)s AND %(closes)s
"""
# Up the introductions from an offer's contact to the nearest one interviewed in time, maybe before
# the term. The path runs from that contact down to the offer's.
_PATHS = """
WITH RECURSIVE offers AS MATERIALIZED (%(offers)s), walk AS (
  SELECT offers.id AS offer, student_id, received_on, contact_id AS contact,
    ARRAY[contact_id] AS path, {is_met} AS is_met
  FROM offers, LATERAL (SELECT contact_id) AS at (contact)
  WHERE contact_id IS NOT NULL
  UNION ALL
  SELECT offer, walk.student_id, received_on, introduced_by_id, introduced_by_id || path, {is_met}
  FROM walk JOIN contacts_contact AS introduced ON introduced.id = walk.contact,
    LATERAL (SELECT introduced_by_id) AS at (contact)
  WHERE NOT is_met AND introduced_by_id IS NOT NULL
)
SELECT offers.id, offers.student_id, kind, status, offers.received_on, path
FROM offers JOIN students_student AS student ON student.id = offers.student_id
  LEFT JOIN walk ON walk.offer = offers.id AND is_met
ORDER BY student.student_id, external_id, offers.id
""".replace(
    "{is_met}",
    """EXISTS (
    SELECT FROM meetings_meeting AS meeting
    WHERE meeting.contact_id = at.contact AND status = 'held' AND NOT is_practice
      AND timezone(%(zone)s, starts_at)::date <= received_on
  )""",
)


def read_offers(term: Term, enrolments: Statement) -> list[OfferFact]:
    """Return the offers that the students of some enrolments received in the window."""
    opens, closes = term.starts_on, term.closes_on
    return _with_paths(
        Statement.of(_OF_STUDENTS, enrolments=enrolments, opens=opens, closes=closes)
    )


def path_of(offer: Offer) -> tuple[int, ...]:
    """Return the path of one offer as it stands now; empty if it does not qualify."""
    [found] = _with_paths(Statement.of(f"{_OFFERS} WHERE id = %(offer)s", offer=offer.pk))
    return found.path or ()


def _with_paths(offers: Statement) -> list[OfferFact]:
    rows = Statement.of(_PATHS, offers=offers, zone=institution_zone().key)
    return [
        OfferFact(key, student, kind, status, received_on, path and tuple(path))
        for key, student, kind, status, received_on, path in rows
    ]


@dataclass(frozen=True)
class Labels:
    """The ids that people know, for the primary keys in the paths."""

    students: Mapping[int, str]
    offers: Mapping[int, str]
    contacts: Mapping[int, str]


_LABELS = """
SELECT 0, id, student_id FROM students_student WHERE id = ANY(%(students)s)
UNION ALL SELECT 1, id, external_id FROM outcomes_offer WHERE id = ANY(%(offers)s)
UNION ALL SELECT 2, id, external_id FROM contacts_contact WHERE id = ANY(%(contacts)s)
"""


def read_labels(offers: list[OfferFact]) -> Labels:
    """Return the labels of every student, offer and contact on a path.

    A row that never came from a workbook has no id of its own there; its key stands in, marked #.
    """
    through = [offer for offer in offers if offer.path]
    keys = {
        "students": list({offer.student for offer in through}),
        "offers": [offer.id for offer in through],
        "contacts": list({contact for offer in through for contact in offer.path or ()}),
    }
    labels: tuple[dict[int, str], ...] = ({}, {}, {})
    if through:
        for kind, key, known in Statement.of(_LABELS, **keys):
            labels[kind][key] = known or f"#{key}"
    return Labels(*labels)
