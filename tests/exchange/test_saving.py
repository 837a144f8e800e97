"""What is in the tables after an import, and after the next one."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.contacts.models import Contact
from apps.exchange.saving import people
from apps.meetings.models import Meeting
from apps.metrics.models import ReportSnapshot
from apps.outcomes.models import NoOfferConfirmation, Offer
from apps.outreach.models import Attempt
from apps.students.models import Cohort, Enrolment, Student, Term
from tests.accounts.factories import UserFactory
from tests.clock import ahead
from tests.contacts.factories import ContactFactory
from tests.exchange.workbooks import Workbook
from tests.processes import ROOT
from tests.students.factories import StudentFactory

GOLDEN = ROOT / "tests" / "golden"


def changed(result) -> dict[str, tuple[int, int]]:
    """Return how many rows were new and changed, of the tables where any were."""
    assert result.is_saved, result.problems
    numbers = {name: (c["new"], c["changed"]) for name, c in result.counts.items()}
    return {name: pair for name, pair in numbers.items() if any(pair)}


@pytest.mark.parametrize("term", ["fall-2024", "fall-2025"])
def test_saves_a_golden_semester_and_finds_nothing_to_do_the_second_time(
    term, bring_in, everything
):
    result = bring_in(GOLDEN / term, now=ahead(days=150))

    lines = {
        path.stem: path.read_text(encoding="utf-8").count("\n") - 1
        for path in (GOLDEN / term).glob("*.csv")
    }
    assert {name: (count, 0) for name, count in lines.items()} == changed(result)
    models = {"contacts": Contact, "outreach": Attempt, "meetings": Meeting, "offers": Offer}
    assert {name: model.objects.count() for name, model in models.items()} == {
        name: lines[name] for name in models
    }
    enrolled = json.loads((GOLDEN / term / "expected.json").read_text())["population"]["enrolled"]
    on_census = Enrolment.objects.on_census().values("student").distinct().count()
    assert on_census == enrolled

    before = everything()
    assert changed(bring_in(GOLDEN / term, now=ahead(days=150))) == {}
    assert everything() == before


def test_saves_every_cell(book, bring_in):
    bring_in(book)

    term = Term.objects.get()
    assert (term.code, term.name, term.census_on) == ("2025-fall", "Fall 2025", date(2025, 9, 8))
    assert set(Cohort.objects.values_list("name", "counselors__email")) == {
        ("A", "c.a@example.edu"),
        ("A", "c.b@example.edu"),
        ("B", None),
    }
    student = Student.objects.get(student_id="S1")
    assert (student.given_name, student.family_name) == ("Łucja", "Nguyễn")
    enrolment = Enrolment.objects.get(student=student)
    assert (enrolment.program, enrolment.class_year) == ("History", "2027")
    word = NoOfferConfirmation.objects.get()
    assert (word.student.student_id, word.term, word.confirmed_on) == (
        "S3",
        term,
        date(2025, 10, 10),
    )
    path = [c.name for c in Contact.objects.filter(student=student).order_by("external_id")]
    assert path == ["Ines Roca", "Tom Li", "王秀英"]
    last = Contact.objects.get(name="王秀英")
    assert last.introduced_by.name == "Tom Li"
    assert last.introduced_by.introduced_by.job_title == "Analyst"
    held = Meeting.objects.get(external_id="S1-M1")
    assert held.starts_at.isoformat() == "2025-09-08T12:30:00+00:00"
    assert (held.minutes, held.mode, held.is_ready, held.has_asked_referral) == (
        20,
        "in_person",
        True,
        True,
    )
    practice = Meeting.objects.get(external_id="S2-M1")
    assert (practice.is_practice, practice.thank_you_sent_at) == (True, None)
    assert set(Attempt.objects.values_list("channel", "reply")) == {
        ("email", "yes"),
        ("linkedin", ""),
        ("phone", "later"),
    }
    offers = Offer.objects.values_list("external_id", "status", "accepted_on", "contact__name")
    assert set(offers) == {
        ("S1-O1", "accepted", date(2025, 9, 25), "Tom Li"),
        ("S2-O1", "open", None, None),
    }


def test_opens_accounts_that_need_a_password_of_their_own(book, bring_in):
    bring_in(book)

    account = User.objects.get(email="s1@students.example.edu")
    assert account.student.student_id == "S1"
    assert (account.roles, account.name) == (["student"], "Łucja Nguyễn")
    assert not account.has_usable_password()
    assert User.objects.get(email="c.a@example.edu").roles == ["counselor"]
    assert Student.objects.get(student_id="S3").user is None


def test_only_looks_on_a_dry_run(book, bring_in, everything):
    before = everything()

    result = bring_in(book, dry_run=True)

    assert result.counts["contacts"] == {"new": 4, "changed": 0, "unchanged": 0}
    assert not result.is_saved
    assert everything() == before


CHANGES = {
    "term": (2, "name", "Autumn 2025"),
    "students": (2, "program", ""),
    "contacts": (5, "job_title", "Founder"),
    "outreach": (2, "reply", "later"),
    "meetings": (3, "minutes", "45"),
    "offers": (3, "contact_id", "C1"),
}


@pytest.mark.parametrize("table", CHANGES)
def test_changes_what_differs_and_nothing_else(table, book, bring_in, everything):
    bring_in(book)
    before = everything()
    row, column, value = CHANGES[table]
    book.put(table, row, column, value)

    assert changed(bring_in(book)) == {table: (0, 1)}

    after = everything()
    touched = {name for name in before if before[name] != after[name]} - {"metrics.ReportSnapshot"}
    assert len(touched) == 1
    assert all(len(before[name]) == len(after[name]) for name in before)
    assert changed(bring_in(book)) == {}


def test_keeps_rows_that_are_missing_from_a_later_workbook(book, bring_in):
    bring_in(book)
    for table in ("outreach", "meetings", "offers"):
        book.tables[table].pop()

    assert changed(bring_in(book)) == {}

    assert (Attempt.objects.count(), Meeting.objects.count(), Offer.objects.count()) == (3, 3, 2)


def test_accepts_a_term_without_offers(book, bring_in):
    del book.tables["offers"][1:]

    assert bring_in(book).is_saved


@pytest.mark.parametrize("day", ["", "2025-10-12"])
def test_changes_or_takes_back_the_word_of_no_offer(day, book, bring_in):
    bring_in(book)
    book.put("students", 4, "no_offer_confirmed_on", day)

    assert changed(bring_in(book)) == {"students": (0, 1)}

    days = [
        d.isoformat() for d in NoOfferConfirmation.objects.values_list("confirmed_on", flat=True)
    ]
    assert days == [day] * bool(day)


def test_counts_a_student_of_two_cohorts_once(book, bring_in):
    book.put_row("students", cohort="A", program="Chemistry")

    assert changed(bring_in(book))["students"] == (4, 0)

    assert Student.objects.count() == 3
    assert set(
        Enrolment.objects.filter(student__student_id="S3").values_list("program", flat=True)
    ) == {
        "Physics",
        "Chemistry",
    }
    assert NoOfferConfirmation.objects.count() == 1
    assert changed(bring_in(book)) == {}


def test_knows_a_student_again_in_the_next_term(book, bring_in):
    bring_in(book)
    book.put("term", 2, "term", "2026-spring")
    book.put("students", 2, "given_name", "Lucy")

    assert changed(bring_in(book)) == {"term": (1, 0), "students": (3, 0)}

    assert Student.objects.count() == 3
    assert Student.objects.get(student_id="S1").given_name == "Lucy"
    assert Enrolment.objects.count() == 6


def test_turns_a_line_of_introductions_round(book, bring_in):
    """In between, while only one of two rows is written, there would be a circle."""
    bring_in(book)
    book.put("contacts", 2, "introduced_by", "C2")
    book.put("contacts", 3, "introduced_by", "")

    assert changed(bring_in(book)) == {"contacts": (0, 2)}
    assert Contact.objects.get(name="Ines Roca").introduced_by.name == "Tom Li"


def test_leaves_alone_what_the_student_added(book, bring_in):
    bring_in(book)
    student = Student.objects.get(student_id="S1")
    own = ContactFactory(student=student, name="Their own")

    assert changed(bring_in(book)) == {}

    own.refresh_from_db()
    assert own.name == "Their own"


def test_gives_the_role_to_somebody_who_has_an_account(book, bring_in):
    user = UserFactory(administrator=True, email="c.a@example.edu")
    other = UserFactory(email="s1@students.example.edu", full_name="Lu")

    bring_in(book)

    user.refresh_from_db()
    other.refresh_from_db()
    assert user.roles == ["administrator", "counselor"]
    assert other.roles == [Role.STUDENT]
    assert (other.student.student_id, other.full_name) == ("S1", "Lu")


def test_adds_a_counselor_and_never_takes_one_away(book, bring_in):
    bring_in(book)
    for row in (2, 3):
        book.put("students", row, "counselor_email", "New.One@example.edu")

    assert changed(bring_in(book)) == {"students": (0, 2)}

    emails = Cohort.objects.get(name="A").counselors.values_list("email", flat=True)
    assert set(emails) == {"c.a@example.edu", "c.b@example.edu", "new.one@example.edu"}
    assert changed(bring_in(book)) == {}


def test_refuses_an_address_that_is_another_students(book, bring_in, everything):
    taken = StudentFactory(with_account=True, student_id="X9")
    book.put("students", 2, "email", taken.user.email.upper())
    before = everything()

    result = bring_in(book)

    assert [(p.table, p.row, p.column, p.problem) for p in result.problems] == [
        ("students", 2, "email", "This address already belongs to student X9.")
    ]
    assert everything() == before


def test_moves_the_account_when_the_file_has_a_new_address(book, bring_in):
    bring_in(book)
    account = Student.objects.get(student_id="S1").user
    book.put("students", 2, "email", "Lucja@students.example.edu")

    assert changed(bring_in(book)) == {"students": (0, 1)}

    account.refresh_from_db()
    assert account.email == "lucja@students.example.edu"
    assert User.objects.filter(email="s1@students.example.edu").count() == 0


def test_leaves_the_account_alone_while_the_file_says_the_same(book, bring_in):
    bring_in(book)
    account = Student.objects.get(student_id="S1").user
    User.objects.filter(pk=account.pk).update(email="own@home.example")

    assert changed(bring_in(book)) == {}
    account.refresh_from_db()
    assert account.email == "own@home.example"


def test_refuses_two_students_who_swap_their_addresses(book, bring_in):
    book.put("students", 4, "email", "s3@students.example.edu")
    bring_in(book)
    book.put("students", 2, "email", "s3@students.example.edu")
    book.put("students", 4, "email", "s1@students.example.edu")

    result = bring_in(book)

    assert [p.row for p in result.problems] == [2, 4]


def test_keeps_the_account_of_a_student_whose_address_is_cleared(book, bring_in):
    bring_in(book)
    book.put("students", 2, "email", "")

    assert changed(bring_in(book)) == {"students": (0, 1)}
    student = Student.objects.get(student_id="S1")
    assert student.email == ""
    assert student.user.email == "s1@students.example.edu"


def test_asks_for_fresh_figures(book, bring_in):
    bring_in(book)

    asked = ReportSnapshot.objects.filter(audience="internal")
    names = set(asked.values_list("term__code", "cohort__name"))
    assert names == {("2025-fall", None), ("2025-fall", "A"), ("2025-fall", "B")}


def test_refuses_in_words_when_somebody_was_faster(book, bring_in, everything, monkeypatch):
    """A student is entered elsewhere between our look at the table and our writing."""
    before = everything()
    take_ids = people.new_ids

    def meanwhile(model, count):
        Student.objects.create(student_id="S2", given_name="Somebody")
        return take_ids(model, count)

    monkeypatch.setattr(people, "new_ids", meanwhile)
    result = bring_in(book)

    assert [p.problem for p in result.problems] == [
        "Somebody changed the same records while they were being saved."
    ]
    assert not result.is_saved
    assert everything() == before


def crowd(size: int) -> Workbook:
    """Return a workbook with so many times the students of the small one, all of them others."""
    book = Workbook()
    for table, (header, *rows) in Workbook().tables.items():
        if table != "term":
            own = [c for c in ("student_id", "meeting_id", "offer_id", "email") if c in header]
            places = [header.index(c) for c in own if table == "students" or c != "email"]
            book.tables[table] = [header] + [
                [f"{size}-{n}-{cell}" if place in places and cell else cell
                 for place, cell in enumerate(row)]
                for n in range(size)
                for row in rows
            ]  # fmt: skip
    return book


def queries_of_three_imports(book: Workbook, bring_in) -> list[int]:
    """Count the queries for the same rows as new, as changed, and as known ones."""
    counts = []
    for step in ("new", "changed", "known"):
        if step == "changed":
            for table, (_row, column, value) in CHANGES.items():
                for row in range(2, len(book.tables[table]) + 1):
                    if table in ("students", "contacts", "meetings", "outreach"):
                        is_empty = table == "outreach" and not book.tables[table][row - 1][-1]
                        book.put(table, row, column, "" if is_empty else value)
        with CaptureQueriesContext(connection) as captured:
            assert bring_in(book).is_saved
        counts.append(len(captured))
    return counts


def test_needs_no_more_queries_for_more_rows(book, bring_in):
    bring_in(book)  # the term and the counselors are there from now on

    assert queries_of_three_imports(crowd(1), bring_in) == queries_of_three_imports(
        crowd(50), bring_in
    )
