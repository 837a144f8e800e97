"""Notes to two people that say nearly the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.contacts.models import Contact
from apps.outreach.models import Draft, NoteKind
from apps.outreach.notes import Note, note_to, versions_in_use
from apps.outreach.similar import Alike, is_like_its_template, likeness, most_alike
from apps.students.models import Student
from tests.clock import NOW, ago
from tests.contacts.factories import ContactFactory
from tests.outreach.factories import AttemptFactory, DraftFactory, TemplateVersionFactory
from tests.students.factories import AccomplishmentFactory

NOTE = (
    "Hi Ruth, I read your piece on labels and keep thinking about the pulled oat milk. "
    "I am curious how a team at Northfield decides what people mean when they say natural. "
    "Would 20 minutes by phone be possible this week? Ana"
)
FOR_SAM = NOTE.replace("Ruth", "Sam").replace("Northfield", "Tern")
OTHER = (
    "Hi Sam, Dana told me that you plan the year of a museum, from loans to the last nail. "
    "I wonder who decides what leaves the depot. Could we talk for 15 minutes on any day? Ana"
)


def test_the_same_words_are_alike_whoever_they_name() -> None:
    names = ["Ruth Adeyemi", "Northfield", "Sam", "Tern"]
    assert likeness(NOTE, FOR_SAM, names=names) == 1
    assert likeness(NOTE, FOR_SAM.upper().replace(",", " -"), names=names) == 1
    assert likeness(NOTE, FOR_SAM.replace("oat milk", "rye bread"), names=names) > 0.9
    assert likeness(NOTE, OTHER, names=names) == 0


def test_a_word_or_two_are_never_alike() -> None:
    assert likeness("Thank you.", "Thank you.") == 0
    assert likeness("", NOTE) == 0


@pytest.fixture
def ruth(db: None, ana: Student) -> Contact:
    return ContactFactory(student=ana, name="Ruth Adeyemi", organization="Northfield")


@pytest.fixture
def sam(db: None, ana: Student) -> Contact:
    return ContactFactory(student=ana, name="Sam Okoro", organization="Tern")


def note(contact: Contact, text: str, kind: NoteKind = NoteKind.FIRST_NOTE) -> Note:
    return note_to(contact, kind, template="none", now=NOW).saying(subject="", parts={"body": text})


def test_names_who_was_sent_the_same(ruth: Contact, sam: Contact) -> None:
    AttemptFactory(contact=sam, text=OTHER, sent_at=ago(days=1))
    attempt = AttemptFactory(contact=sam, text=FOR_SAM)
    assert most_alike(note(ruth, NOTE)) == Alike(sam, attempt.sent_at)


def test_names_for_whom_the_same_is_drafted(ruth: Contact, sam: Contact) -> None:
    DraftFactory(contact=sam, parts={"body": FOR_SAM})
    assert most_alike(note(ruth, NOTE)) == Alike(sam, None)
    assert most_alike(note(ruth, OTHER)) is None


def test_names_the_one_that_is_most_alike(ana: Student, ruth: Contact, sam: Contact) -> None:
    other = ContactFactory(student=ana, organization="Harbor")
    AttemptFactory(contact=other, text=NOTE.replace("curious how", "wondering whether"))
    AttemptFactory(contact=sam, text=FOR_SAM)
    found = most_alike(note(ruth, NOTE))
    assert found
    assert found.contact == sam


def test_does_not_look_at_other_students_nor_at_the_same_person(
    ben: Student, ruth: Contact
) -> None:
    AttemptFactory(contact=ContactFactory(student=ben), text=NOTE)
    AttemptFactory(contact=ruth, text=NOTE)
    DraftFactory(contact=ruth, parts={"body": NOTE})
    assert most_alike(note(ruth, NOTE)) is None


def test_does_not_name_somebody_who_was_erased(ana: Student, ruth: Contact) -> None:
    AttemptFactory(contact=ContactFactory(student=ana, erased=True), text=NOTE)
    assert most_alike(note(ruth, NOTE)) is None


def test_a_line_about_a_time_may_be_the_same_for_everybody(ruth: Contact, sam: Contact) -> None:
    DraftFactory(contact=sam, kind=NoteKind.FOLLOW_UP, parts={"body": FOR_SAM})
    assert most_alike(note(ruth, NOTE)) is None
    assert most_alike(note(ruth, NOTE, NoteKind.FOLLOW_UP)) is None


def test_a_template_with_nothing_but_its_blanks_filled_is_pointed_out(ruth: Contact) -> None:
    version = next(v for v in versions_in_use() if v.template.for_whom == "known")
    begun = note_to(ruth, NoteKind.FIRST_NOTE, version=str(version.pk), now=NOW)
    filled = {
        key: text.replace("[months or years]", "a year")
        .replace("[you and yours are well]", "all is well")
        .replace("[the kind of work]", "label tests")
        .replace("[one day]", "Monday")
        .replace("[another day]", "Friday")
        for key, text in begun.parts.items()
    }
    assert "[" not in "".join(filled.values())
    assert is_like_its_template(begun.saying(subject="", parts=filled))
    own = {**filled, "why_you": "I saw your team’s oat milk back on the shelf.", "hedge": ""}
    own["disclaimer"] = "There is no job that I am after, so a no is fine as well."
    assert not is_like_its_template(begun.saying(subject="", parts=own))


def test_own_words_are_like_no_template(ruth: Contact) -> None:
    assert not is_like_its_template(note(ruth, NOTE))


def test_says_so_on_the_page_and_blocks_nothing(ana_client, ruth: Contact, sam: Contact) -> None:
    AttemptFactory(contact=sam, text=FOR_SAM)
    DraftFactory(contact=ruth, parts={"body": NOTE})
    for page in ("write", "write/send"):
        html = ana_client.get(f"/contacts/{ruth.pk}/{page}/?kind=first_note").text
        assert "Nearly the same as your note to Sam Okoro" in html
    said = {"do": "sent", "revision": 1, "channel": "email"}
    ana_client.post(f"/contacts/{ruth.pk}/write/send/?kind=first_note", said)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("address", ["write/", "write/send/"])
def test_asks_the_database_as_often_however_much_was_written(
    ana_client, ana: Student, ruth: Contact, address: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            html = ana_client.get(f"/contacts/{ruth.pk}/{address}?kind=first_note").text
        assert "Calm and professional" in html
        return len(asked)

    def fill(number: int) -> None:
        for version in TemplateVersionFactory.create_batch(number):
            DraftFactory(student=ana, template_version=version)
        AttemptFactory.create_batch(number, student=ana, text=OTHER)
        AccomplishmentFactory.create_batch(number, student=ana)

    DraftFactory(contact=ruth, parts={"body": NOTE})
    fill(3)
    few = queries()
    fill(12)
    assert queries() == few
