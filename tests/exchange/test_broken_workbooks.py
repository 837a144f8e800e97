"""One way of breaking a workbook after another: refused, with the place named, nothing saved."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from apps.common.refusals import shown
from tests.exchange.workbooks import Workbook

Breaking = Callable[[Workbook], None]


@dataclass(frozen=True)
class Case:
    """What is done to the workbook, and the place, value and words of the problem it must give."""

    break_it: Breaking
    table: str | None
    row: int | None
    column: str | None
    words: str
    value: str | None = None


def cell(table: str, row: int, column: str, value: str, words: str) -> Case:
    """Return the case of one wrong cell."""
    return Case(lambda book: book.put(table, row, column, value), table, row, column, words, value)


def header(table: str, old: str, new: str, words: str, column: str | None = None) -> Case:
    """Return the case of a column with another name."""

    def rename(book: Workbook) -> None:
        book.tables[table][0][book.tables[table][0].index(old)] = new

    return Case(rename, table, 1, column or new, words)


def added(table: str, row: int, column: str, words: str, **cells: str) -> Case:
    """Return the case of one row too many."""
    return Case(lambda book: book.put_row(table, **cells), table, row, column, words)


def drop_table(book: Workbook) -> None:
    del book.tables["outreach"]


def empty_table(name: str, rows_left: int) -> Breaking:
    def empty(book: Workbook) -> None:
        del book.tables[name][rows_left:]

    return empty


def shorten_row(book: Workbook) -> None:
    book.tables["meetings"][2].pop()


def lengthen_row(book: Workbook) -> None:
    book.tables["students"][1].append("surplus")


def drop_column(table: str, column: str) -> Breaking:
    def drop(book: Workbook) -> None:
        place = book.tables[table][0].index(column)
        for row in book.tables[table]:
            del row[place]

    return drop


def close_circle(book: Workbook) -> None:
    book.put("contacts", 2, "introduced_by", "C3")


def introduce_itself(book: Workbook) -> None:
    book.put("contacts", 5, "introduced_by", "C1")


LONG = "x" * 201
CASES = {
    "unknown header": header("contacts", "email", "mail", "unknown"),
    "header with a near name": header("students", "cohort", "cohrt", "unknown"),
    "missing column": Case(
        drop_column("meetings", "ready"), "meetings", 1, "ready", "column ready is missing"
    ),
    "missing required column": Case(
        drop_column("offers", "kind"), "offers", 1, "kind", "column kind is missing"
    ),
    "duplicate header": header("offers", "contact_id", "kind", "twice"),
    "no header": Case(
        lambda book: book.tables["offers"].pop(0), "offers", 1, None, "column names are missing"
    ),
    "missing table": Case(drop_table, "outreach", None, None, "outreach is missing"),
    "table without even a header": Case(empty_table("offers", 0), "offers", None, None, "empty"),
    "term without rows": Case(empty_table("term", 1), "term", 1, None, "no rows"),
    "students without rows": Case(empty_table("students", 1), "students", 1, None, "no rows"),
    "contacts without rows": Case(empty_table("contacts", 1), "contacts", 1, None, "no rows"),
    "outreach without rows": Case(empty_table("outreach", 1), "outreach", 1, None, "no rows"),
    "meetings without rows": Case(empty_table("meetings", 1), "meetings", 1, None, "no rows"),
    "two terms": added("term", 3, "term", "more than one term", term="2026-spring"),
    "short row": Case(shorten_row, "meetings", 3, None, "has 10 cells; the header has 11"),
    "long row": Case(lengthen_row, "students", 2, None, "has 12 cells; the header has 11"),
    "date in another form": cell("contacts", 3, "listed_on", "09/07/2025", "not a date"),
    "date that never was": cell("contacts", 3, "listed_on", "2025-02-30", "no such day"),
    "date with a time": cell("offers", 2, "received_on", "2025-09-21T10:00:00Z", "stands alone"),
    "date in a wrong century": cell("offers", 2, "received_on", "0025-09-21", "year 25"),
    "time that is none": cell("outreach", 3, "sent_at", "yesterday", "not a date and time"),
    "time that never was": cell("outreach", 3, "sent_at", "2025-09-08T25:00:00Z", "no such"),
    "time without its day's clock": cell("outreach", 3, "sent_at", "2025-09-08", "time of day"),
    "offset missing": cell("meetings", 3, "starts_at", "2025-11-11T09:30:00", "offset"),
    "offset from nowhere": cell("meetings", 3, "starts_at", "2025-11-11T09:30:00+23:00", "far"),
    "unknown kind": cell("offers", 3, "kind", "gig", "not in the list"),
    "unknown offer status": cell("offers", 3, "status", "maybe", "not in the list"),
    "unknown meeting status": cell("meetings", 3, "status", "done", "not in the list"),
    "a meeting only proposed": cell("meetings", 3, "status", "proposed", "not in the list"),
    "unknown mode": cell("meetings", 3, "mode", "hologram", "not in the list"),
    "unknown channel": cell("outreach", 3, "channel", "pigeon", "not in the list"),
    "unknown reply": cell("outreach", 2, "reply", "perhaps", "not in the list"),
    "unknown source": cell("contacts", 2, "source", "psychic", "not in the list"),
    "unknown closeness": cell("contacts", 2, "closeness", "twin", "not in the list"),
    "unknown seniority": cell("contacts", 2, "seniority", "emperor", "not in the list"),
    "neither true nor false": cell("meetings", 2, "practice", "yes", "not in the list"),
    "negative minutes": cell("meetings", 2, "minutes", "-20", "cannot last -20"),
    "no minutes": cell("meetings", 2, "minutes", "0", "cannot last 0"),
    "more minutes than a working day": cell("meetings", 2, "minutes", "481", "cannot last 481"),
    "broken minutes": cell("meetings", 2, "minutes", "19.5", "whole number"),
    "contact's address that is none": cell("contacts", 2, "email", "ines(at)x", "not an e-mail"),
    "student's address that is none": cell("students", 2, "email", "s1@", "not an e-mail"),
    "counselor's address that is none": cell(
        "students", 2, "counselor_email", "c.a@example.edu;nobody", "not an e-mail"
    ),
    "missing id": cell("students", 2, "student_id", "", "is empty"),
    "missing name of a contact": cell("contacts", 2, "name", " ", "is empty"),
    "missing date": cell("students", 2, "enrolled_on", "", "is empty"),
    "missing minutes": cell("meetings", 2, "minutes", "", "is empty"),
    "code with a blank": cell("term", 2, "term", "2025 fall", "only letters"),
    "value too long": cell("contacts", 2, "organization", LONG, "201 characters are too long"),
    "control character": cell("contacts", 2, "name", "Ines\x00Roca", "U+0000"),
    "invisible character in an id": cell("offers", 2, "offer_id", "S1\u200bO1", "invisible"),
    "nothing but invisible characters": cell(
        "contacts", 2, "name", "\u200b \ufeff", "Nothing can be seen"
    ),
    "rounded id": cell("offers", 2, "offer_id", "1.23456789012346E+19", "rounded"),
    "spreadsheet error": cell("contacts", 2, "organization", "#N/A", "error"),
    "student without a name": Case(
        lambda book: book.put("students", 3, "given_name", ""),
        "students", 3, "given_name", "has no name", "",
    ),
    "unknown student": cell("outreach", 3, "student_id", "S9", "no such student"),
    "unknown student of a contact": cell("contacts", 5, "student_id", "S9", "no such student"),
    "unknown contact": cell("meetings", 2, "contact_id", "C9", "no such contact"),
    "contact of another student": cell("offers", 3, "contact_id", "C3", "contact of student S1"),
    "unknown introducer": cell("contacts", 3, "introduced_by", "C9", "no such contact"),
    "duplicate student": added("students", 5, "student_id", "taken by row 4"),
    "duplicate contact": added("contacts", 6, "contact_id", "taken by row 5"),
    "duplicate meeting": added(
        "meetings", 5, "meeting_id", "taken by row 2", student_id="S1", contact_id="C1",
        meeting_id="S1-M1",
    ),
    "duplicate meeting of another student": added(
        "meetings", 5, "meeting_id", "taken by row 2", meeting_id="S1-M1"
    ),
    "duplicate offer": added("offers", 4, "offer_id", "taken by row 3"),
    "duplicate note": added("outreach", 5, "student_id", "the same as row 4"),
    "duplicate note in another offset": added(
        "outreach", 5, "student_id", "the same as row 4", sent_at="2025-09-02T06:00:00-04:00"
    ),
    "a student who is two people": added(
        "students", 5, "given_name", "something else in row 4", cohort="A", given_name="Bea"
    ),
    "two students with one address": added(
        "students", 5, "email", "student S1", student_id="S4", email="S1@students.example.edu"
    ),
    "introductions in a circle": Case(
        close_circle, "contacts", 2, "introduced_by", "C1 ← C3 ← C2 ← C1", "C3"
    ),
    "a contact who introduced themselves": Case(
        introduce_itself, "contacts", 5, "introduced_by", "C1 ← C1", "C1"
    ),
    "acceptance of an open offer": cell(
        "offers", 3, "accepted_on", "2025-09-30", "but the offer is open"
    ),
    "accepted without a date": cell("offers", 2, "accepted_on", "", "not said when"),
    "accepted before it came": cell("offers", 2, "accepted_on", "2025-09-20", "before received_on"),
    "meeting held in the future": cell(
        "meetings", 4, "starts_at", "2025-10-15T11:00:01-04:00", "in the future"
    ),
    "reply without its time": cell("outreach", 2, "replied_at", "", "not the time it came"),
    "time without its reply": cell("outreach", 2, "reply", "", "not said what it was"),
    "reply before its outreach": cell(
        "outreach", 2, "replied_at", "2025-08-30T09:00:00-04:00", "before sent_at"
    ),
    "withdrawal before enrolment": cell(
        "students", 3, "withdrawn_on", "2025-08-24", "before enrolled_on"
    ),
    "term dates out of order": cell("term", 2, "census_on", "2025-08-24", "before starts_on"),
    "term that closes before it ends": cell("term", 2, "closes_on", "2025-12-01", "before ends_on"),
    "thank-you before the meeting": cell(
        "meetings", 2, "thank_you_sent_at", "2025-09-08T08:29:00-04:00", "before starts_at"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_refuses_what_is_broken_and_names_the_place(case, book, bring_in, everything):
    case.break_it(book)
    before = everything()

    result = bring_in(book)

    assert result.is_refused
    assert not result.is_saved
    fitting = [p for p in result.problems if case.words in p.problem]
    assert fitting, [p.problem for p in result.problems]
    assert (fitting[0].table, fitting[0].row, fitting[0].column) == (
        case.table,
        case.row,
        case.column,
    )
    if case.value is not None:
        assert fitting[0].value == shown(case.value)
    assert fitting[0].remedy
    assert everything() == before


# A column by another name is unknown there and missing here; a lost row leaves others alone.
SAID_TWICE = {name for name in CASES if "header" in name} | {
    "missing id",
    "unknown student of a contact",
}


@pytest.mark.parametrize("name", sorted(CASES.keys() - SAID_TWICE))
def test_says_one_thing_once(name, book, bring_in):
    CASES[name].break_it(book)

    result = bring_in(book)

    assert [problem.problem for problem in result.problems[1:]] == []


def test_lists_all_problems_at_once_in_the_order_of_the_tables(book, bring_in):
    for name in ("unknown mode", "unknown student", "missing name of a contact"):
        CASES[name].break_it(book)
    CASES["date in another form"].break_it(book)
    book.put("term", 2, "ends_on", "2025-13-01")

    result = bring_in(book)

    assert [(p.table, p.row, p.column) for p in result.problems] == [
        ("term", 2, "ends_on"),
        ("contacts", 2, "name"),
        ("contacts", 3, "listed_on"),
        ("outreach", 3, "student_id"),
        ("meetings", 3, "mode"),
    ]
