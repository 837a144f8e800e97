from datetime import date

import pytest
from django.test import Client

from apps.contacts.actions.erasure import erase_person
from apps.contacts.actions.merge import merge_contacts, undo_merge
from apps.contacts.actions.research import log_research
from apps.contacts.models import Contact, Research
from apps.journal.progress import Progress
from apps.metrics.class_board import class_board
from apps.metrics.facts import read_term
from apps.students.models import Cohort, Student
from tests.clock import NOW, TODAY
from tests.constraints import refused_by
from tests.contacts.factories import ContactFactory, ResearchFactory
from tests.meetings.factories import MeetingFactory

pytestmark = pytest.mark.django_db

READ = {
    "kind": "video",
    "title": "How labels are made",
    "url": "video.example/labels",
    "note": "They test with visitors.",
}


def test_logs_what_was_watched_about_a_contact(ana_client: Client, ana: Student) -> None:
    contact = ContactFactory(student=ana)
    page = ana_client.post(f"/contacts/{contact.pk}/research/", READ, follow=True).content.decode()
    assert "is not counted as one" in page
    row = Research.objects.get()
    assert (row.student, row.contact, row.kind, row.noted_on) == (ana, contact, "video", TODAY)
    assert row.url == "https://video.example/labels"
    for url in (f"/contacts/{contact.pk}/", "/research/"):
        assert "How labels are made" in ana_client.get(url).content.decode()
    talk = MeetingFactory(contact=contact)
    page = ana_client.get(f"/meetings/{talk.pk}/prepare/").content.decode()
    assert "They test with visitors." in page


def test_logs_what_is_about_an_organization_and_shows_it_with_its_people(
    ana_client: Client, ana: Student
) -> None:
    assert ana_client.post("/research/", READ).status_code == 200  # about whom?
    ana_client.post("/research/", {**READ, "organization": "Harbor Media"})
    there = ContactFactory(student=ana, organization="harbor media")
    elsewhere = ContactFactory(student=ana, organization="Umbra")
    nowhere = ContactFactory(student=ana, organization="")
    assert "How labels" in ana_client.get(f"/contacts/{there.pk}/").content.decode()
    for contact in (elsewhere, nowhere):
        assert "How labels" not in ana_client.get(f"/contacts/{contact.pk}/").content.decode()


def test_is_the_students_own(ana_client: Client, ben: Student) -> None:
    theirs = ResearchFactory(contact=ContactFactory(student=ben, organization="Harbor Media"))
    page = ana_client.get("/research/").content.decode()
    assert theirs.title not in page
    assert ana_client.get(f"/research/{theirs.pk}/").status_code == 404


def test_can_be_put_in_other_words_and_taken_out(ana_client: Client, ana: Student) -> None:
    row = ResearchFactory(contact=ContactFactory(student=ana))
    ana_client.post(f"/research/{row.pk}/", {**READ, "title": "Labels, again"})
    row.refresh_from_db()
    assert (row.title, row.noted_on) == ("Labels, again", TODAY)
    ana_client.post(f"/research/{row.pk}/remove/")
    assert not Research.objects.exists()


def test_never_counts_as_a_conversation(cohort: Cohort, ana: Student) -> None:
    met = MeetingFactory(student=ana, held=True).contact
    other = ContactFactory(student=ana)
    facts, progress = read_term(cohort.term), Progress.of(ana, ana.zone)
    for contact in (met, other):
        ResearchFactory.create_batch(3, contact=contact, kind="video")
    ResearchFactory(of_organization=True, student=ana)
    assert read_term(cohort.term) == facts
    assert Progress.of(ana, ana.zone) == progress
    board = class_board(cohort, NOW)
    assert (board.held, board.rows[0].held) == (1, 1)


def test_goes_with_the_person_who_is_erased(ana: Student) -> None:
    contact, other = ContactFactory.create_batch(2, student=ana)
    ResearchFactory(contact=contact, title=f"A talk by {contact.name}")
    kept = [ResearchFactory(contact=other), ResearchFactory(of_organization=True, student=ana)]
    erase_person(keys=[contact.email], contacts=[contact.pk], by=None, now=NOW)
    assert {*Research.objects.all()} == {*kept}
    with pytest.raises(Contact.DoesNotExist):
        log_research(student=ana, contact=contact, details={"title": "Late"}, today=TODAY)


def test_goes_along_when_two_become_one_and_comes_back(ana: Student) -> None:
    kept, other = ContactFactory.create_batch(2, student=ana)
    row = ResearchFactory(contact=other)
    merge = merge_contacts(student=ana, kept=kept, other=other, choices={}, now=NOW)
    row.refresh_from_db()
    assert row.contact_id == kept.pk
    undo_merge(merge=merge)
    row.refresh_from_db()
    assert row.contact_id == other.pk


def test_the_database_keeps_it_true(ana: Student, ben: Student) -> None:
    row = ResearchFactory(contact=ContactFactory(student=ana), noted_on=date(2025, 10, 1))
    rows = Research.objects.filter(pk=row.pk)
    with refused_by("contacts_research_kind_is_known"):
        rows.update(kind="rumor")
    with refused_by("contacts_research_is_about_somebody"):
        rows.update(contact=None)
    with refused_by("contacts_research_about_own_contact"):
        rows.update(contact=ContactFactory(student=ben))
