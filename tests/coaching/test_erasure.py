"""Whoever is erased is gone from what was handed in as well, wherever the erasure begins."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from apps.accounts.models import User
from apps.coaching.models import Submission
from apps.contacts.actions.erasure import erase_person
from apps.contacts.models import Contact
from apps.outreach.actions.attempts import erase_from_all_lists
from apps.students.models import Student
from tests.clock import NOW
from tests.coaching.factories import SubmissionFactory
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory

pytestmark = pytest.mark.django_db

WORDS = {
    "content": [{"heading": "Your note", "text": "Ruth has two dogs."}],
    "word": "Does Ruth mind?",
    "comment": "Ruth will like it.",
}


def by_contacts(contact: Contact) -> None:
    erase_person(keys=[contact.email], by=None, now=NOW)


def by_care(contact: Contact) -> None:
    erase_from_all_lists(keys=[contact.email], by=None, now=NOW)


def by_hand(contact: Contact) -> None:
    Contact.objects.filter(pk=contact.pk).update(
        **{name: getattr(ContactFactory(erased=True), name) for name in BLANK}, erased_at=NOW
    )


BLANK = ["name", "given_name", "family_name", "organization", "job_title", "email"]


def everything_kept() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(to_json(t)::text, '') FROM coaching_submission t")
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("erase", [by_contacts, by_care, by_hand])
def test_the_words_go_and_the_row_stays(ana: Student, erase: Callable[[Contact], None]) -> None:
    ruth, other = ContactFactory(student=ana), ContactFactory(student=ana)
    meeting = MeetingFactory(contact=ruth, held=True)
    pieces = [
        SubmissionFactory(student=ana, draft=True, contact=ruth, returned=True, **WORDS),
        SubmissionFactory(student=ana, meeting=meeting, returned=True, **WORDS),
    ]
    kept = SubmissionFactory(student=ana, draft=True, contact=other, **{**WORDS, "comment": ""})
    erase(ruth)
    assert everything_kept().count("Ruth") == 2  # of the other one
    for piece in pieces:
        piece.refresh_from_db()
        assert (piece.content, piece.word, piece.comment) == ([], "", "")
        assert piece.returned_at
    kept.refresh_from_db()
    assert kept.content == WORDS["content"]


def test_the_pages_say_so(
    ana: Student, ana_client: Client, counselor: User, counselor_client: Client
) -> None:
    ruth = ContactFactory(student=ana, name="Ruth Adeyemi")
    row = SubmissionFactory(student=ana, draft=True, contact=ruth, returned=True, **WORDS)
    erase_from_all_lists(keys=[ruth.email], by=None, now=NOW)
    for client, url in ((ana_client, "/handed-in/"), (counselor_client, "/feedback/")):
        for page in (client.get(url), client.get(f"{url}{row.pk}/")):
            assert "Ruth" not in page.content.decode()
    page = ana_client.get(f"/handed-in/{row.pk}/").content.decode()
    assert "asked for everything about them to be erased" in page
    assert Submission.objects.count() == 1
