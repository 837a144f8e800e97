"""A class as a gradebook: what each student has completed, as Canvas and Moodle read it.

Canvas finds people by `SIS User ID` or `SIS Login ID` (`ID` is its own number and stays empty) and
wants the points of each column in a second row. Moodle finds them by `ID number` or `Email
address`. A cell that a spreadsheet would run gets an apostrophe, which reading takes off again.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet

from apps.coaching.marking import share_of
from apps.coaching.models import Rubric, Submission
from apps.common.csv_text import BadTableError, decode, records, unguard, write_csv
from apps.common.localtime import local_date, start_of_day
from apps.meetings.models import ENDS_AT, Meeting
from apps.students.models import Cohort, Enrolment, Student, institution_zone

MOST_ROWS, MOST_COLUMNS = 20_000, 500
POINTS_POSSIBLE = "Points Possible"
WHOLE = Decimal(100)
_NUMBER_OF_CANVAS = re.compile(r"\s*\((\d+)\)\s*$")


class Program(StrEnum):
    CANVAS = "canvas"
    MOODLE = "moodle"


WHO = {
    Program.CANVAS: ("Student", "ID", "SIS User ID", "SIS Login ID", "Section"),
    Program.MOODLE: ("First name", "Surname", "ID number", "Email address"),
}
"""The columns that say who somebody is, as each program names them in English."""
KEY = {Program.CANVAS: "SIS User ID", Program.MOODLE: "ID number"}


@dataclass(frozen=True)
class Column:
    """One thing that is counted. `points` is what the whole of it is worth."""

    key: str
    title: str
    points: Decimal


@dataclass(frozen=True)
class Sheet:
    """A gradebook as one of the programs has it: who (in the order of WHO), and their grades.

    `points` stands beside `titles` and is empty where the format has no place for it. A grade is
    None where there is nothing to count yet.
    """

    program: Program
    titles: tuple[str, ...]
    points: tuple[Decimal, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[Decimal | None, ...]], ...]

    def by_key(self) -> dict[str, dict[str, Decimal | None]]:
        """Return the grades by title, by the institution's id of the student."""
        place = WHO[self.program].index(KEY[self.program])
        return {
            who[place]: dict(zip(self.titles, grades, strict=True)) for who, grades in self.rows
        }


@dataclass(frozen=True)
class Difference:
    """Where a file says something else than the rows do now. None: it says nothing there."""

    student: str
    title: str
    in_file: Decimal | None
    now: Decimal | None


@dataclass(frozen=True)
class Compared:
    """A file beside the present: how many figures both have, and which of them differ.

    `missing` are students of the class who are not in the file, `unknown` the other way round.
    """

    figures: int
    differences: list[Difference]
    missing: list[str]
    unknown: list[str]


def columns_of(cohort: Cohort) -> list[Column]:
    """Return what can be exported of a class: completion, then each rubric that was used."""
    goal = Decimal(cohort.goal)
    used = Rubric.objects.filter(versions__submissions__in=_returned(cohort)).distinct()
    return [
        Column("held", "Conversations held", goal),
        Column("thanked", "Thank-yous sent", goal),
        Column("on_time", "Thank-yous sent on time", goal),
        Column("debriefed", "Debriefs finished", goal),
        *(
            Column(f"rubric-{row.pk}", _title(f"Rubric: {row.name}"), WHOLE)
            for row in used.order_by("name")
        ),
    ]


def sheet_of(cohort: Cohort, program: Program, *, keys: Collection[str], now: datetime) -> Sheet:
    """Return the gradebook of a class with the chosen columns, without those who left it."""
    columns = [column for column in columns_of(cohort) if column.key in keys]
    today = local_date(now, institution_zone())
    here = (
        Enrolment.objects.filter(cohort=cohort)
        .exclude(withdrawn_on__lte=today)
        .select_related("student__user")
        .order_by("student__family_name", "student__given_name", "student__student_id")
    )
    counted, rubrics = _completed(cohort), _rubric_means(cohort)
    rows = []
    for enrolment in here:
        student = enrolment.student
        grades: dict[str, Decimal] = {
            **dict.fromkeys(("held", "thanked", "on_time", "debriefed"), Decimal(0)),
            **counted.get(student.pk, {}),
            **rubrics.get(student.pk, {}),
        }
        rows.append(
            (
                _who(student, cohort, program),
                tuple(grades.get(column.key) for column in columns),
            )
        )
    return Sheet(
        program,
        tuple(column.title for column in columns),
        tuple(column.points for column in columns) if program == Program.CANVAS else (),
        tuple(rows),
    )


def write_gradebook(sheet: Sheet) -> str:
    """Return the CSV that the program imports and `read_gradebook` reads back."""
    who = WHO[sheet.program]
    table: list[list[str]] = [[*who, *sheet.titles]]
    if sheet.program == Program.CANVAS:
        blank = [""] * (len(who) - 1)
        table.append([f"    {POINTS_POSSIBLE}", *blank, *map(_figure, sheet.points)])
    table += [[*person, *map(_figure, grades)] for person, grades in sheet.rows]
    return write_csv(table)


def read_gradebook(data: bytes) -> Sheet:
    """Read a gradebook of either program back, ours or one that the program has exported since.

    Canvas puts its number behind each title, which is taken off. Raises BadTableError.
    """
    lines = records(decode(data).text, max_records=MOST_ROWS, max_columns=MOST_COLUMNS)
    table = [[unguard(cell) for cell in record] for _, record in lines if any(record)]
    header = table[0] if table else []
    program = next((one for one in Program if set(WHO[one]) <= set(header)), None)
    if program is None:
        raise BadTableError(
            "This is no gradebook of Canvas or Moodle: "
            f"the first row needs {', '.join(WHO[Program.CANVAS])}."
        )
    who = [header.index(name) for name in WHO[program]]
    graded = [place for place in range(len(header)) if header[place] not in WHO[program]]
    body = [record + [""] * (len(header) - len(record)) for record in table[1:]]
    points: tuple[Decimal, ...] = ()
    if program == Program.CANVAS and body and body[0][who[0]].strip() == POINTS_POSSIBLE:
        points = tuple(_number(body[0][place]) or Decimal(0) for place in graded)
        body = body[1:]
    return Sheet(
        program,
        tuple(_NUMBER_OF_CANVAS.sub("", header[place]) for place in graded),
        points,
        tuple(
            (tuple(row[place] for place in who), tuple(_number(row[place]) for place in graded))
            for row in body
        ),
    )


def compare(file: Sheet, now: Sheet) -> Compared:
    """Compare a file with the present, in the columns and students that both have."""
    theirs, ours = file.by_key(), now.by_key()
    pairs = [
        Difference(key, title, theirs[key][title], grade)
        for key, grades in ours.items()
        if key in theirs
        for title, grade in grades.items()
        if title in file.titles
    ]
    return Compared(
        len(pairs),
        [pair for pair in pairs if pair.in_file != pair.now],
        [key for key in ours if key not in theirs],
        [key for key in theirs if key not in ours],
    )


def _who(student: Student, cohort: Cohort, program: Program) -> tuple[str, ...]:
    email = student.email or (student.user.email if student.user else "")
    if program == Program.MOODLE:
        return (student.given_name, student.family_name, student.student_id, email)
    name = ", ".join(filter(None, [student.family_name, student.given_name]))
    return (name, "", student.student_id, email, cohort.name)


def _completed(cohort: Cohort) -> Mapping[int, dict[str, Decimal]]:
    """Return what each student has done in the term's window, practice left out."""
    zone = institution_zone()
    in_time = F("ends_at") + timedelta(hours=settings.THANK_YOU_HOURS)
    rows = (
        Meeting.objects.held()
        .filter(
            student__enrolments__cohort=cohort,
            starts_at__gte=start_of_day(cohort.term.starts_on, zone),
            starts_at__lt=start_of_day(cohort.term.closes_on + timedelta(days=1), zone),
        )
        .annotate(ends_at=ENDS_AT)
        .order_by()
        .values("student_id")
        .annotate(
            held=Count("pk"),
            thanked=Count("pk", filter=Q(thank_you_sent_at__isnull=False)),
            on_time=Count("pk", filter=Q(thank_you_sent_at__lte=in_time)),
            debriefed=Count("pk", filter=Q(debrief__completed_at__isnull=False)),
        )
    )
    return {
        row["student_id"]: {
            name: Decimal(row[name]) for name in ("held", "thanked", "on_time", "debriefed")
        }
        for row in rows
    }


def _returned(cohort: Cohort) -> QuerySet[Submission]:
    """Return what came back by a rubric in the term's window, the first rounds first."""
    zone = institution_zone()
    return (
        Submission.objects.filter(
            student__enrolments__cohort=cohort,
            rubric_version__isnull=False,
            returned_at__isnull=False,
            handed_in_at__gte=start_of_day(cohort.term.starts_on, zone),
            handed_in_at__lt=start_of_day(cohort.term.closes_on + timedelta(days=1), zone),
        )
        .select_related("rubric_version")
        .order_by("round", "pk")
    )


def _rubric_means(cohort: Cohort) -> Mapping[int, dict[str, Decimal]]:
    """Return the mean share (percent) by student and rubric; of a piece the last round counts."""
    last = {
        (row.student_id, row.piece, row.meeting_id, row.contact_id, row.note_kind): row
        for row in _returned(cohort)
    }
    shares: dict[tuple[int, str], list[Decimal]] = defaultdict(list)
    for row in last.values():
        assert row.rubric_version
        key = f"rubric-{row.rubric_version.rubric_id}"
        shares[row.student_id, key].append(share_of(row.rubric_version, row.scores))
    means: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for (student, key), found in shares.items():
        mean = sum(found, Decimal(0)) / len(found)
        means[student][key] = mean.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return means


def _title(text: str) -> str:
    """Return a title that Canvas does not take for one of its own, which end in "(number)"."""
    return _NUMBER_OF_CANVAS.sub(r" [\1]", " ".join(text.split()))


def _figure(value: Decimal | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value == value.to_integral_value() else str(value)


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
