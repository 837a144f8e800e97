"""First destinations as a file: uConnect's columns out, and earlier years' files in.

The columns are uConnect's, made of NACE's elements. Handshake takes other, case-sensitive words for
the outcome. With ids the file names students, and comes in again as it went out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from apps.common.csv_text import BadTableError, decode, records, unguard, write_csv
from apps.common.refusals import UNSTORABLE, Problem, shown
from apps.outcomes.graduates import Graduate
from apps.outcomes.models import Destination, FirstDestination, Source
from apps.students.models import Student, Term

STUDENT_ID = "Student ID"
OUTCOME = "Outcome Type"
YEAR = "Graduation Date"
SALARY = "Annual Base Salary"
PROGRAM = "Program Name/Major"
TEXTS = {
    "Academic Division/School": "school",
    PROGRAM: "program",
    "Degree Level": "degree_level",
    "Employing Organization": "organization",
    "Position Location – Country": "country",
    "Position Location – State": "state",
    "Name of Institution": "institution",
    "Location of Institution – Country": "institution_country",
    "Location of Institution – State": "institution_state",
    "Program/Field of Study": "field_of_study",
    "Degree to be earned": "degree_sought",
}
COLUMNS = (
    "Academic Division/School",
    PROGRAM,
    "Degree Level",
    YEAR,
    OUTCOME,
    "Employing Organization",
    "Position Location – Country",
    "Position Location – State",
    SALARY,
    "Name of Institution",
    "Location of Institution – Country",
    "Location of Institution – State",
    "Program/Field of Study",
    "Degree to be earned",
)
UCONNECT = {
    Destination.FULL_TIME: "Employed Full Time",
    Destination.PART_TIME: "Employed Part Time",
    Destination.SERVICE: "Volunteer Service",
    Destination.MILITARY: "Military Service",
    Destination.EDUCATION: "Continuing Education",
    Destination.SEEKING_WORK: "Seeking Employment",
    Destination.SEEKING_EDUCATION: "Seeking Continuing Education",
    Destination.NOT_SEEKING: "Not Seeking",
}
HANDSHAKE = {
    Destination.FULL_TIME: "Working",
    Destination.PART_TIME: "Working",
    Destination.SERVICE: "Volunteering",
    Destination.MILITARY: "Working",
    Destination.EDUCATION: "Continuing Education",
    Destination.SEEKING_WORK: "Still Looking",
    Destination.SEEKING_EDUCATION: "Still Looking",
    Destination.NOT_SEEKING: "Not Seeking",
}
NO_INFORMATION = "No Information"
READ = {words.casefold(): kind for kind, words in UCONNECT.items()}
READ[NO_INFORMATION.casefold()] = Destination.NO_INFORMATION
SEVERAL = ";"
MOST_ROWS, MOST_COLUMNS = 5_000, 60
MOST_SALARY = 2**31 - 1


class Words(StrEnum):
    UCONNECT = "uconnect"
    HANDSHAKE = "handshake"


@dataclass(frozen=True)
class Said:
    """A row of a file: of whom, and the fields of FirstDestination."""

    student: Student
    details: dict[str, Any]


@dataclass
class Preview:
    """What a file would do. Nothing is saved as long as there is a problem."""

    new: list[Said] = field(default_factory=list)
    changed: list[Said] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.problems


def write_destinations(
    graduates: Iterable[Graduate], term: Term, *, words: Words, with_ids: bool
) -> str:
    """Return the CSV of those of whom something is known; no cell of it runs as a formula."""
    outcomes = UCONNECT if words == Words.UCONNECT else HANDSHAKE
    table = [[*([STUDENT_ID] if with_ids else []), *COLUMNS]]
    for graduate in graduates:
        if graduate.primary is not None and graduate.destination in outcomes:
            cells = _cells(graduate, graduate.primary, term, outcomes[graduate.destination])
            ids = [graduate.student.student_id] if with_ids else []
            table.append([*ids, *(cells[name] for name in COLUMNS)])
    return write_csv(table)


def read_destinations(data: bytes, term: Term) -> Preview:
    """Return what a file says of the graduates of a term, against what an earlier file said.

    Raises BadTableError for what is no such table.
    """
    lines = records(decode(data).text, max_records=MOST_ROWS + 1, max_columns=MOST_COLUMNS)
    table = [(number, [unguard(c).strip() for c in row]) for number, row in lines if any(row)]
    header = table[0][1] if table else []
    missing = [name for name in (STUDENT_ID, OUTCOME) if name not in header]
    if missing:
        raise BadTableError(f"The first row needs these columns as well: {', '.join(missing)}.")
    blank = dict.fromkeys(header, "")  # a row may end early
    rows = [(number, blank | dict(zip(header, row, strict=False))) for number, row in table[1:]]
    # No student has an id that no row can hold, and the database refuses to look for one.
    ids = {row[STUDENT_ID] for _, row in rows if not UNSTORABLE.search(row[STUDENT_ID])}
    known = Student.objects.in_bulk(ids, field_name="student_id")
    stored = {
        row.student_id: row
        for row in FirstDestination.objects.filter(
            term=term, source=Source.FILE, student__in=known.values()
        )
    }
    preview = Preview()
    seen: set[str] = set()
    for number, row in rows:
        problems = [*_problems(number, row, term, known, seen)]
        preview.problems += problems
        seen.add(row[STUDENT_ID])
        if not problems:
            _sort_in(preview, Said(known[row[STUDENT_ID]], _details(row)), stored)
    return preview


def _sort_in(preview: Preview, said: Said, stored: dict[int, FirstDestination]) -> None:
    before = stored.get(said.student.pk)
    if before is None:
        preview.new.append(said)
    elif any(getattr(before, name) != value for name, value in said.details.items()):
        preview.changed.append(said)
    else:
        preview.unchanged += 1


def _cells(graduate: Graduate, said: FirstDestination, term: Term, outcome: str) -> dict[str, str]:
    cells = {name: getattr(said, path).replace(SEVERAL, ",") for name, path in TEXTS.items()}
    if not said.program:
        programs = (program.replace(SEVERAL, ",") for program in graduate.programs)
        cells[PROGRAM] = SEVERAL.join(programs)
    salary = "" if said.annual_salary is None else str(said.annual_salary)
    return {**cells, YEAR: str(term.ends_on.year), OUTCOME: outcome, SALARY: salary}


def _details(row: dict[str, str]) -> dict[str, Any]:
    texts = {path: row.get(name, "") for name, path in TEXTS.items()}
    salary = _salary(row.get(SALARY, ""))
    return {**texts, "destination": READ[row[OUTCOME].casefold()].value, "annual_salary": salary}


def _salary(text: str) -> int | None:
    """Return a salary in whole units. Raises ValueError for what is none."""
    bare = text.replace(",", "").replace("$", "").strip()
    if not bare:
        return None
    value = round(float(bare))
    if not 0 <= value <= MOST_SALARY:
        raise ValueError(f"{text} is no salary")
    return value


def _problems(
    number: int, row: dict[str, str], term: Term, known: dict[str, Student], seen: set[str]
) -> Iterable[Problem]:
    def problem(column: str, words: str, remedy: str) -> Problem:
        return Problem(words, remedy, row=number, column=column, value=shown(row.get(column, "")))

    if row[STUDENT_ID] not in known:
        yield problem(STUDENT_ID, "No student has this id.", "Use the id of the class list.")
    elif row[STUDENT_ID] in seen:
        yield problem(STUDENT_ID, "This student has a row already.", "Keep one of the two.")
    outcome = row.get(OUTCOME, "")
    if outcome.casefold() not in READ:
        ways = ", ".join([*UCONNECT.values(), NO_INFORMATION])
        yield problem(OUTCOME, "This is none of the outcomes.", f"Say one of: {ways}.")
    year = row.get(YEAR, "")
    if year and year != str(term.ends_on.year):
        yield problem(
            YEAR, f"{term.name} ends in {term.ends_on.year}.", "Choose the term of that year."
        )
    try:
        _salary(row.get(SALARY, ""))
    except (ValueError, OverflowError):
        yield problem(SALARY, "This is no salary.", "Write a whole number, or nothing.")
    for name, path in TEXTS.items():
        most = getattr(FirstDestination._meta.get_field(path), "max_length", 0)
        if len(row.get(name, "")) > most:
            yield problem(name, "This is too long.", f"Keep it to {most} characters.")
        elif "\0" in row.get(name, ""):
            yield problem(name, "It holds a character that cannot be kept.", "Type it anew.")
