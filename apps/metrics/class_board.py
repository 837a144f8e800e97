"""The rows of the class board: what each student of a cohort has done, in a handful of queries."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Max, QuerySet

from apps.common.charts import Sparkline
from apps.common.localtime import local_date, start_of_day
from apps.contacts.models import Contact
from apps.meetings.models import Meeting, Status
from apps.metrics.statistics import Proportion, proportion
from apps.outreach.models import Attempt
from apps.reminders.next_steps import next_steps
from apps.students.models import Cohort, Enrolment, Student, Term, institution_zone
from apps.students.next_steps import StepKind


@dataclass
class BoardRow:
    """One student. Counts are of held meetings in the term's window, practice left out.

    `ahead` is how many more were held than planned to date (negative: behind); `quiet_days` how
    long ago anything happened, None if nothing has.
    """

    student: int
    name: str
    withdrawn_on: date | None
    held_on: list[date] = field(default_factory=list)
    practice: int = 0
    scheduled: int = 0
    thanked_on_time: int = 0
    ready: int = 0
    open_thank_yous: int = 0
    overdue: int = 0
    contacts: int = 0
    last_activity_on: date | None = None
    ahead: int = 0
    quiet_days: int | None = None
    sparkline: Sparkline | None = None

    @property
    def held(self) -> int:
        return len(self.held_on)

    @property
    def behind(self) -> int:
        return max(-self.ahead, 0)

    def note_activity(self, day: date) -> None:
        self.last_activity_on = max(self.last_activity_on or day, day)


@dataclass(frozen=True)
class Board:
    """A cohort's students, those who left apart, with the plan to date for each."""

    cohort: Cohort
    rows: list[BoardRow]
    withdrawn: list[BoardRow]
    planned: int
    has_ended: bool

    @property
    def held(self) -> int:
        return sum(row.held for row in self.rows)

    @property
    def practice(self) -> int:
        return sum(row.practice for row in self.rows)

    @property
    def planned_in_all(self) -> int:
        return self.planned * len(self.rows)

    @property
    def thanked_on_time(self) -> Proportion:
        return proportion(sum(row.thanked_on_time for row in self.rows), self.held)

    @property
    def ready(self) -> Proportion:
        return proportion(sum(row.ready for row in self.rows), self.held)


def class_board(cohort: Cohort, now: datetime) -> Board:
    """Return the board of a cohort as of `now`; the number of queries does not grow with it."""
    zone = institution_zone()
    today = local_date(now, zone)
    rows = {
        student: BoardRow(student, f"{given} {family}".strip(), withdrawn_on)
        for student, given, family, withdrawn_on in Enrolment.objects.filter(cohort=cohort)
        .order_by("student__family_name", "student__given_name", "student_id")
        .values_list("student_id", "student__given_name", "student__family_name", "withdrawn_on")
    }
    students = Student.objects.filter(enrolments__cohort=cohort)
    _add_meetings(rows, cohort, students, now)
    _add_contacts(rows, students, now)
    for step in next_steps(students, now):
        row = rows[step.student]
        row.open_thank_yous += step.kind == StepKind.THANK
        row.overdue += step.is_overdue(now)
    for row in rows.values():
        _add_standing(row, cohort, today)
    gone = [row for row in rows.values() if row.withdrawn_on and row.withdrawn_on <= today]
    here = [row for row in rows.values() if row not in gone]
    return Board(
        cohort, here, gone, cohort.planned_by(today), has_ended=today > cohort.term.ends_on
    )


def _add_standing(row: BoardRow, cohort: Cohort, today: date) -> None:
    row.ahead = row.held - cohort.planned_by(today)
    if row.last_activity_on is not None:
        row.quiet_days = (today - row.last_activity_on).days
    weeks = week_ends(cohort.term, today)
    row.sparkline = Sparkline(
        actual=[sum(day <= end for day in row.held_on) for end in weeks],
        plan=[cohort.planned_by(end) for end in weeks],
    )


def week_ends(term: Term, today: date) -> list[date]:
    """Return the last day of each week of the term so far, the running one cut off at today."""
    last = min(today, term.ends_on)
    weeks = max((last - term.starts_on).days // 7 + 1, 1)
    return [min(term.starts_on + timedelta(days=7 * n + 6), last) for n in range(weeks)]


def _add_meetings(
    rows: dict[int, BoardRow], cohort: Cohort, students: QuerySet[Student], now: datetime
) -> None:
    zone = institution_zone()
    meetings = Meeting.objects.filter(
        student__in=students,
        starts_at__gte=start_of_day(cohort.term.starts_on, zone),
        starts_at__lt=start_of_day(cohort.term.closes_on + timedelta(days=1), zone),
    ).order_by("starts_at")
    for meeting in meetings:
        row = rows[meeting.student_id]
        thanked_at = meeting.thank_you_sent_at
        if meeting.status == Status.SCHEDULED:
            row.scheduled += meeting.starts_at > now
        elif meeting.status == Status.HELD:
            row.note_activity(
                local_date(max(meeting.starts_at, thanked_at or meeting.starts_at), zone)
            )
            if meeting.is_practice:
                row.practice += 1
                continue
            row.held_on.append(local_date(meeting.starts_at, zone))
            row.ready += meeting.is_ready
            row.thanked_on_time += thanked_at is not None and thanked_at <= meeting.thank_you_due_at


def _add_contacts(rows: dict[int, BoardRow], students: QuerySet[Student], now: datetime) -> None:
    zone = institution_zone()
    listed = Contact.objects.filter(student__in=students).order_by()
    for student, listed_on in listed.values_list("student_id", "listed_on"):
        rows[student].contacts += 1
        rows[student].note_activity(min(listed_on, local_date(now, zone)))
    wrote = Attempt.objects.filter(student__in=students, sent_at__lte=now).order_by()
    latest = wrote.values("student_id").annotate(last=Max("sent_at"))
    for student, moment in latest.values_list("student_id", "last"):
        rows[student].note_activity(local_date(moment, zone))
