"""A person who asks for it is erased from every list, and stays so."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from apps.accounts.models import User
from apps.common.snapshots import snapshot, take_back, values_of
from apps.contacts.actions.erasure import erase_person
from apps.contacts.actions.imports import import_at_once
from apps.contacts.actions.wish import record_wish
from apps.contacts.fingerprints import fingerprint
from apps.contacts.models import Contact, ContactChange, ImportBatch, Merge, Wish
from apps.contacts.models.contact import WITHOUT_DETAILS
from apps.contacts.wishes import Wishes, erased_among
from apps.students.models import Student
from tests.clock import NOW, ago
from tests.contacts.factories import ContactFactory, WishFactory
from tests.meetings.factories import MeetingFactory

pytestmark = pytest.mark.django_db

ADDRESS = "ruth@northfield.example"
OF_RUTH = {
    "name": "Ruth Adeyemi",
    "given_name": "Ruth",
    "family_name": "Adeyemi",
    "organization": "Northfield Foods",
    "job_title": "Head of Insights",
    "email": "Ruth@Northfield.example",
    "more_emails": ["ruth@home.example"],
    "flagged_emails": ["ruth at work"],
    "phones": ["+1 555 0100"],
    "links": ["https://www.linkedin.com/in/ruth-a"],
    "tags": ["Northfield"],
    "time_zone": "America/Chicago",
    "preferred_times": "Early mornings",
    "how_known": "Ruth spoke in class",
    "note": "Ruth has two dogs",
    "data_source": "address book cards, Ruth Adeyemi.vcf, 1 Oct 2025",
}
TRACES = ["ruth", "adeyemi", "northfield", "0100", "dogs", "insights", "chicago", "mornings"]


@pytest.fixture
def erase(administrator: User) -> Callable[..., int]:
    def erase_keys(*keys: str) -> int:
        return len(erase_person(keys=keys, by=administrator, now=NOW))

    return erase_keys


def everything_kept() -> str:
    """Return all that the tables about contacts hold, in small letters."""
    with connection.cursor() as cursor:
        rows = []
        for model in (Contact, ContactChange, ImportBatch, Merge, Wish):
            cursor.execute(f"SELECT to_json(t)::text FROM {model._meta.db_table} t")
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows).lower()


def test_erases_every_trace_of_a_person(erase: Callable[..., int]) -> None:
    for _ in range(2):
        ContactFactory(**OF_RUTH)
    assert all(trace in everything_kept() for trace in TRACES)
    assert erase(ADDRESS) == 2
    assert not [trace for trace in TRACES if trace in everything_kept()]


def test_keeps_the_row_and_what_counts(erase: Callable[..., int]) -> None:
    contact = ContactFactory(**OF_RUTH, external_id="C7")
    met = MeetingFactory(contact=contact, held=True)
    friend = ContactFactory(student=contact.student, introduced_by=contact)
    erase(ADDRESS)
    erased = Contact.objects.get(pk=contact.pk)
    assert erased.name == "Erased at their request"
    assert (erased.erased_at, erased.archived_at, erased.updated_at) == (NOW, NOW, NOW)
    for name in ("student", "listed_on", "external_id", "source", "closeness", "seniority"):
        assert getattr(erased, name) == getattr(contact, name)
    met.refresh_from_db()
    friend.refresh_from_db()
    assert met.contact == friend.introduced_by == erased


def test_leaves_everybody_else_alone(erase: Callable[..., int]) -> None:
    other = ContactFactory(name="Ruth Adeyemi", email="ruth@elsewhere.example")
    change = _change(None, other, before=None, after={"email": "ruth@northfield.example.org"})
    before = everything_kept()
    assert erase(ADDRESS) == 0
    Wish.objects.all().delete()
    assert everything_kept() == before
    change.refresh_from_db()
    assert change.after == {"email": "ruth@northfield.example.org"}


def test_erases_nothing_by_no_key(erase: Callable[..., int]) -> None:
    ContactFactory(email="", links=[])
    assert erase() == 0


def test_keeps_the_day_from_which_somebody_rests(erase: Callable[..., int]) -> None:
    contact = ContactFactory(**OF_RUTH, archived_at=ago(days=5))
    erase(ADDRESS)
    contact.refresh_from_db()
    assert contact.archived_at == ago(days=5)


def _batch(contact: Contact, file_name: str = "people.csv") -> ImportBatch:
    return ImportBatch.objects.create(
        student=contact.student, file_name=file_name, data=b"", state="saved", saved_at=NOW
    )


def _change(batch: ImportBatch | None, contact: Contact, **sides: Any) -> ContactChange:
    batch = batch or _batch(contact)
    return ContactChange.objects.create(batch=batch, contact_key=contact.pk, **sides)


def test_blanks_what_imports_wrote_down(erase: Callable[..., int]) -> None:
    contact = ContactFactory(**OF_RUTH)
    batch = _batch(contact, "ruth-adeyemi.vcf")
    whole = _change(batch, contact, before=None, after=snapshot(contact))
    part = _change(
        None, contact, before={"job_title": "Insights"}, after={"job_title": "Head of Insights"}
    )
    erase(ADDRESS)
    whole.refresh_from_db()
    part.refresh_from_db()
    assert not [trace for trace in TRACES if trace in everything_kept()]
    assert whole.before is None
    assert {name: whole.after[name] for name in WITHOUT_DETAILS} == WITHOUT_DETAILS
    assert whole.after["source"] == contact.source
    assert whole.after["erased_at"].startswith("2025-10-15")
    assert (part.before, part.after) == ({"job_title": ""}, {"job_title": ""})


@pytest.mark.parametrize("state", ["waiting_check", "checked"])
def test_lets_go_of_files_that_wait_for_a_yes(
    erase: Callable[..., int], ana: Student, state: str
) -> None:
    batch = ImportBatch.objects.create(
        student=ana, file_name="all.csv", data=b"Ruth", state=state, preview={"name": "Ruth"}
    )
    erase(ADDRESS)
    batch.refresh_from_db()
    assert (batch.state, bytes(batch.data), batch.preview) == ("discarded", b"", {})
    assert batch.file_name == "all.csv"


def test_blanks_what_is_left_of_rows_that_are_gone(erase: Callable[..., int]) -> None:
    gone = ContactFactory(**OF_RUTH)
    _change(None, gone, before=None, after=snapshot(gone))
    gone.delete()  # as an undone import does
    assert erase(ADDRESS) == 0
    assert not [trace for trace in TRACES if trace in everything_kept()]


def test_blanks_both_sides_of_a_merge(erase: Callable[..., int]) -> None:
    kept = ContactFactory(**OF_RUTH)
    nameless = ContactFactory(student=kept.student, name="The Adeyemi boss", email="", links=[])
    merge = Merge.objects.create(student=kept.student, kept=kept)
    ContactChange.objects.create(
        merge=merge, contact_key=nameless.pk, before=snapshot(nameless), after=None
    )
    nameless.delete()
    erase(ADDRESS)
    assert not [trace for trace in TRACES if trace in everything_kept()]

    brought_back = Contact.objects.create(**values_of(Contact, merge.changes.get().before))
    assert brought_back.is_erased
    assert brought_back.organization == ""


def test_an_undo_finds_nothing_to_bring_back(erase: Callable[..., int]) -> None:
    contact = ContactFactory(**OF_RUTH)
    before = snapshot(contact)
    contact.phones = []
    contact.save()
    change = _change(None, contact, before=before, after=snapshot(contact))
    erase(ADDRESS)
    contact.refresh_from_db()
    change.refresh_from_db()
    undone = take_back(snapshot(contact), before=change.before, after=change.after)
    assert undone == ({}, [])


@pytest.mark.parametrize("name", ["email", "name", "note"])
def test_the_database_lets_no_detail_back_in(name: str) -> None:
    contact = ContactFactory(erased=True)
    refused = pytest.raises(IntegrityError, match="contacts_contact_erased_stays_empty")
    with refused, transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(**{name: "ruth@northfield.example"})


def test_knows_who_was_erased(erase: Callable[..., int]) -> None:
    erase(ADDRESS)
    WishFactory(key="never@northfield.example", never=True)
    known = [fingerprint(key) for key in (ADDRESS, "never@northfield.example", "new@x.example")]
    assert erased_among(known) == {fingerprint(ADDRESS)}
    assert erased_among([]) == set()


def test_no_file_brings_them_back(erase: Callable[..., int], ana: Student) -> None:
    erase(ADDRESS, "linkedin.com/in/ruth-a")
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{0}\r\nN:;{0};;;\r\n{1}\r\nEND:VCARD\r\n"
    cards = [
        card.format("Ruth Adeyemi", "EMAIL:Ruth@Northfield.example"),
        card.format("R. Adeyemi", "URL:https://www.linkedin.com/in/Ruth-A/"),
        card.format("Tom Li", "EMAIL:tom@harbor.example"),
    ]
    batch, _ = import_at_once(student=ana, name="all.vcf", data="".join(cards).encode(), now=NOW)
    assert batch
    assert list(ana.contacts.values_list("name", flat=True)) == ["Tom Li"]
    assert not [trace for trace in TRACES if trace in everything_kept()]


def test_a_later_wish_does_not_bring_them_back(
    erase: Callable[..., int], administrator: User
) -> None:
    record_wish(key=ADDRESS, most_per_term=3, by=administrator)
    erase(ADDRESS)
    record_wish(key=ADDRESS, by=administrator)
    assert erased_among([fingerprint(ADDRESS)])


def test_the_last_word_counts(administrator: User) -> None:
    record_wish(key=ADDRESS, is_never=True, paused_until=date(2025, 11, 1), by=administrator)
    record_wish(key=ADDRESS, most_per_term=2, by=administrator)
    wish = Wish.objects.get()
    assert Wishes.of([wish]) == Wishes(most_per_term=2)
    assert wish.fingerprint == fingerprint(ADDRESS)


def test_several_addresses_have_one_owner() -> None:
    wishes = [
        WishFactory(paused_until=date(2025, 11, 1), most_per_term=4),
        WishFactory(paused_until=date(2025, 12, 1), most_per_term=2),
        WishFactory(never=True),
    ]
    assert Wishes.of(wishes) == Wishes(True, date(2025, 12, 1), 2, None)
    assert not Wishes.of([]).has_any


def test_the_log_names_nobody(
    erase: Callable[..., int], administrator: User, ana: Student, capsys: pytest.CaptureFixture[str]
) -> None:
    ContactFactory(student=ana, **OF_RUTH)
    record_wish(key=ADDRESS, is_never=True, by=administrator)
    erase(ADDRESS)
    said = capsys.readouterr()
    assert "ruth" not in (said.out + said.err).lower()
