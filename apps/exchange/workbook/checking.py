"""What must hold between the cells of a row, and between rows and tables."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from apps.common.refusals import Problem, shown
from apps.exchange.workbook.parsing import ParsedTable
from apps.exchange.workbook.problems import Problems
from apps.meetings.models import Status as MeetingStatus
from apps.outcomes.models import Status as OfferStatus

OF_THE_PERSON = ("email", "given_name", "family_name", "no_offer_confirmed_on")

Parsed = dict[str, ParsedTable]


@dataclass(frozen=True)
class Rule:
    """A rule within one row. The first of `columns` is the one to look at when it is broken.

    `problem` may name cells of the row in braces.
    """

    columns: tuple[str, ...]
    is_broken: Callable[[Any, datetime], bool]
    problem: str
    remedy: str


def _before(earlier: str, later: str) -> Rule:
    """Return the rule that a date or time does not come before another one, where both are."""

    def is_broken(row: Any, now: datetime) -> bool:
        first, second = getattr(row, earlier), getattr(row, later)
        return first is not None and second is not None and second < first

    return Rule(
        (later, earlier),
        is_broken,
        f"{later} comes before {earlier}, {{{earlier}}}.",
        f"Check {later} and {earlier}.",
    )


RULES: dict[str, list[Rule]] = {
    "term": [
        _before("starts_on", "census_on"),
        _before("census_on", "ends_on"),
        _before("ends_on", "closes_on"),
    ],
    "students": [
        Rule(
            ("given_name", "family_name"),
            lambda row, now: not row.given_name and not row.family_name,
            "The student has no name.",
            "Give given_name, family_name or both. One name alone goes into either.",
        ),
        _before("enrolled_on", "withdrawn_on"),
    ],
    "contacts": [],
    "outreach": [
        Rule(
            ("reply", "replied_at"),
            lambda row, now: row.replied_at is not None and not row.reply,
            "The reply has a time, but it is not said what it was.",
            "Fill in reply, or clear replied_at.",
        ),
        Rule(
            ("replied_at", "reply"),
            lambda row, now: row.replied_at is None and bool(row.reply),
            "There is a reply, but not the time it came.",
            "Fill in replied_at, or clear reply.",
        ),
        _before("sent_at", "replied_at"),
    ],
    "meetings": [
        Rule(
            ("starts_at", "status"),
            lambda row, now: row.status == MeetingStatus.HELD and row.starts_at > now,
            "The meeting was held, yet it lies in the future.",
            "Check starts_at, or set status to scheduled.",
        ),
        _before("starts_at", "thank_you_sent_at"),
    ],
    "offers": [
        Rule(
            ("accepted_on", "status"),
            lambda row, now: row.status == OfferStatus.ACCEPTED and row.accepted_on is None,
            "The offer was accepted, but it is not said when.",
            "Fill in accepted_on, or correct status.",
        ),
        Rule(
            ("accepted_on", "status"),
            lambda row, now: row.status != OfferStatus.ACCEPTED and row.accepted_on is not None,
            "There is a date of acceptance, but the offer is {status}.",
            "Clear accepted_on, or set status to accepted.",
        ),
        _before("received_on", "accepted_on"),
    ],
}


def check(parsed: Parsed, *, now: datetime, problems: Problems) -> None:
    """Add everything that does not fit together to `problems`."""
    for name, table in parsed.items():
        _check_rules(table, now, problems)
        if name not in ("term", "students"):
            _check_keys(table, problems)
    if "term" in parsed:
        _check_single_term(parsed["term"], problems)
    if "students" in parsed:
        _check_students(parsed["students"], problems)
    _check_references(parsed, problems)
    if "contacts" in parsed:
        _check_introductions(parsed["contacts"], problems)


def _check_rules(parsed: ParsedTable, now: datetime, problems: Problems) -> None:
    for rule in RULES[parsed.table.name]:
        for row in parsed.rows:
            if parsed.knows(row, *rule.columns) and rule.is_broken(row, now):
                complaint = rule.problem.format_map(row._asdict())
                _complain(parsed, row, rule.columns[0], complaint, rule.remedy, problems)


def _check_keys(parsed: ParsedTable, problems: Problems) -> None:
    """Find rows with the same key."""
    key = parsed.table.key
    ids = [column for column in key if column.removesuffix("_id") + "s" == parsed.table.name]
    if ids:
        words = "This id is taken by row {}.", "Give the row an id of its own, or delete it."
    else:
        words = "This row says the same as row {}.", "Delete one of the two."
    first_rows: dict[tuple[Any, ...], int] = {}
    for row in parsed.rows:
        if parsed.knows(row, *key):
            first = first_rows.setdefault(tuple(getattr(row, name) for name in key), row.number)
            if first != row.number:
                problem = words[0].format(first)
                _complain(parsed, row, (ids or key)[0], problem, words[1], problems)


def _check_single_term(parsed: ParsedTable, problems: Problems) -> None:
    for row in parsed.rows[1:]:
        remedy = "Import each semester from a workbook of its own."
        _complain(parsed, row, "term", "There is more than one term.", remedy, problems)


def _check_students(parsed: ParsedTable, problems: Problems) -> None:
    """A student may be in several cohorts, one row each; the person is the same in all."""
    first_rows: dict[str, Any] = {}
    places: dict[tuple[str, str], int] = {}
    owners: dict[str, Any] = {}
    for row in parsed.rows:
        if not parsed.knows(row, "student_id"):
            continue
        first = first_rows.setdefault(row.student_id, row)
        if first is not row:
            _check_same_person(parsed, first, row, problems)
        if parsed.knows(row, "cohort"):
            place = places.setdefault((row.student_id, row.cohort), row.number)
            if place != row.number:
                problem = f"This id is taken by row {place}, in the same cohort."
                remedy = "Give the student an id of their own, or delete the row."
                _complain(parsed, row, "student_id", problem, remedy, problems)
        if row.email:
            owner = owners.setdefault(row.email, row)
            if owner.student_id != row.student_id:
                problem = f"Row {owner.number}, student {owner.student_id}, has this address too."
                remedy = "Give each student their own address, or leave it empty."
                _complain(parsed, row, "email", problem, remedy, problems)


def _check_same_person(parsed: ParsedTable, first: Any, row: Any, problems: Problems) -> None:
    for column in OF_THE_PERSON:
        is_known = parsed.knows(first, column) and parsed.knows(row, column)
        if is_known and getattr(first, column) != getattr(row, column):
            problem = f"The same student has something else in row {first.number}."
            remedy = f"Make {column} agree. Only cohort, program, class_year and dates may differ."
            _complain(parsed, row, column, problem, remedy, problems)


def _check_references(parsed: Parsed, problems: Problems) -> None:
    """Find ids that lead nowhere, unless the table they lead to could not be read to its end."""
    students = parsed.get("students")
    if students is None or not students.is_whole:
        return
    known_students = {row.student_id for row in students.rows}
    owners = _owners(parsed.get("contacts"))
    for name in ("contacts", "outreach", "meetings", "offers"):
        if name in parsed:
            _check_table_references(parsed[name], known_students, owners, problems)


def _owners(contacts: ParsedTable | None) -> dict[str, dict[str, None]] | None:
    """Return the students, in order, on whose lists each contact id stands."""
    if contacts is None or not contacts.is_whole:
        return None
    owners: dict[str, dict[str, None]] = defaultdict(dict)
    for row in contacts.rows:
        owners[row.contact_id][row.student_id] = None
    return owners


def _check_table_references(
    parsed: ParsedTable,
    known_students: set[str],
    owners: dict[str, dict[str, None]] | None,
    problems: Problems,
) -> None:
    column = "introduced_by" if parsed.table.name == "contacts" else "contact_id"
    for row in parsed.rows:
        if not parsed.knows(row, "student_id"):
            continue
        if row.student_id not in known_students:
            remedy = "Add the student to the table students, or correct the id."
            _complain(parsed, row, "student_id", "There is no such student.", remedy, problems)
            continue
        contact = getattr(row, column)
        if owners is None or contact is None or row.student_id in owners.get(contact, ()):
            continue
        problem, remedy = _about_contact(row.student_id, list(owners.get(contact, ())))
        _complain(parsed, row, column, problem, remedy, problems)


def _about_contact(student: str, owners: list[str]) -> tuple[str, str]:
    if not owners:
        return (
            f"Student {student} has no such contact.",
            "Add the contact to the table contacts, or correct the id.",
        )
    others = f" and {len(owners) - 1} more" if len(owners) > 1 else ""
    return (
        f"This is a contact of student {owners[0]}{others}, not of {student}.",
        f"Add the contact to the table contacts for {student}, or correct one of the ids.",
    )


def _check_introductions(parsed: ParsedTable, problems: Problems) -> None:
    """Find chains of introductions that come back to their start, each once."""
    key = parsed.table.key
    rows = {(row.student_id, row.contact_id): row for row in parsed.rows if parsed.knows(row, *key)}
    is_clear: set[tuple[str, str]] = set()
    for start in rows:
        walk: list[tuple[str, str]] = []
        on_walk: set[tuple[str, str]] = set()
        at = start
        while at in rows and at not in is_clear and at not in on_walk:
            walk.append(at)
            on_walk.add(at)
            at = (at[0], rows[at].introduced_by)
        is_clear.update(walk)
        if at in on_walk:
            _complain_of_cycle(parsed, [rows[key] for key in walk[walk.index(at) :]], problems)


def _complain_of_cycle(parsed: ParsedTable, cycle: list[Any], problems: Problems) -> None:
    first = cycle.index(min(cycle, key=lambda row: row.number))
    cycle = cycle[first:] + cycle[:first]
    ids = [row.contact_id for row in cycle[:10]]
    chain = " ← ".join([*ids, *(["…"] if len(cycle) > 10 else []), cycle[0].contact_id])
    problem = f"The introductions go round in a circle: {chain}."
    rows = ", ".join(str(row.number) for row in cycle[:10])
    remedy = f"Correct introduced_by in one of these rows: {rows}."
    _complain(parsed, cycle[0], "introduced_by", problem, remedy, problems)


def _complain(
    parsed: ParsedTable, row: Any, column: str, problem: str, remedy: str, problems: Problems
) -> None:
    value = getattr(row, column)
    quoted = value.isoformat() if isinstance(value, date) else shown(str(value or ""))
    problems.add(Problem(problem, remedy, parsed.table.name, row.number, column, quoted))
