"""A workbook does not bring back a person who asked to be erased."""

import pytest

from apps.contacts.actions.erasure import erase_person
from apps.contacts.models import Contact
from apps.contacts.models.contact import WITHOUT_DETAILS
from apps.meetings.models import Meeting
from tests.accounts.factories import UserFactory
from tests.clock import NOW
from tests.contacts.factories import WishFactory

INES = "ines@contacts.example.com"
DETAILS = ("name", "organization", "job_title", "email")
BLANK = tuple(WITHOUT_DETAILS[name] for name in DETAILS)


def news(result) -> dict[str, dict[str, int]]:
    assert result.is_saved, result.problems
    return {name: c for name, c in result.counts.items() if c["new"] or c["changed"]}


@pytest.fixture
def ines(book, bring_in) -> Contact:
    """A person whom a workbook brought in and who was erased since."""
    bring_in(book)
    erase_person(keys={INES}, by=UserFactory(administrator=True), now=NOW)
    return Contact.objects.get(student__student_id="S1", external_id="C1")


def test_the_same_workbook_changes_nothing(ines, book, bring_in, everything):
    before = everything()
    assert news(bring_in(book)) == {}
    assert everything() == before
    assert Contact.objects.filter(pk=ines.pk).values_list(*DETAILS).get() == BLANK
    assert Meeting.objects.get(external_id="S1-M1").contact == ines


@pytest.mark.parametrize("email", ["ines@new.example.com", ""])
def test_nor_does_one_that_knows_more_of_them(ines, book, bring_in, email):
    book.put("contacts", 2, "email", email)
    book.put("contacts", 2, "job_title", "Chief Analyst")
    assert news(bring_in(book)) == {}
    assert Contact.objects.filter(pk=ines.pk).values_list(*DETAILS).get() == BLANK


def test_comes_without_details_to_another_list(book, bring_in, everything):
    WishFactory(key=INES, erased=True)
    book.put("contacts", 5, "email", INES.upper())
    assert news(bring_in(book))["contacts"]["new"] == 4
    for student in ("S1", "S2"):
        contact = Contact.objects.get(student__student_id=student, external_id="C1")
        assert contact.is_erased
        assert tuple(getattr(contact, name) for name in DETAILS) == BLANK
    before = everything()
    assert news(bring_in(book)) == {}
    assert everything() == before


def test_everybody_else_comes_as_before(ines, book, bring_in):
    book.put("contacts", 3, "job_title", "President")
    assert news(bring_in(book)) == {"contacts": {"new": 0, "changed": 1, "unchanged": 3}}
    assert Contact.objects.get(name="Tom Li").introduced_by == ines
