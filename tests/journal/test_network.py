import sys
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.contacts.models import Contact, Seniority, Source
from apps.journal.network import Network
from tests.clock import NOW
from tests.contacts.factories import ContactFactory
from tests.journal.trees import plant
from tests.meetings.factories import MeetingFactory
from tests.outcomes.factories import OfferFactory
from tests.outreach.factories import AttemptFactory
from tests.students.factories import StudentFactory


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def tree(ana):
    """Elaine, met, led to Dana, met, who led to Ruth, asked, and Gabriel, only named."""
    elaine = ContactFactory(student=ana, name="Elaine Marsh", source=Source.PROFESSOR)
    MeetingFactory(contact=elaine, thanked=True, has_asked_referral=True)
    led = {"student": ana, "source": Source.REFERRAL}
    dana = ContactFactory(name="Dana Whitfield", introduced_by=elaine, **led)
    MeetingFactory(contact=dana, thanked=True)
    ruth = ContactFactory(
        name="Ruth Adeyemi", introduced_by=dana, seniority=Seniority.EXECUTIVE, **led
    )
    AttemptFactory(contact=ruth)
    ContactFactory(name="Gabriel Moreno", introduced_by=dana, seniority=Seniority.OWNER, **led)
    OfferFactory(contact=ruth)
    ContactFactory(student=ana, name="Sofia Lindqvist", source=Source.ALUMNI)
    return elaine


def test_hangs_people_up_by_who_led_to_them(ana, tree):
    network = Network(student=ana, now=NOW)
    names = {node.id: node.label for node in network.nodes}
    assert {node.label: names.get(node.parent) for node in network.nodes} == {
        "Elaine Marsh": None,
        "Dana Whitfield": "Elaine Marsh",
        "Ruth Adeyemi": "Dana Whitfield",
        "Gabriel Moreno": "Dana Whitfield",
    }
    assert {node.label: node.state for node in network.nodes} == {
        "Elaine Marsh": "talked",
        "Dana Whitfield": "talked",
        "Ruth Adeyemi": "asked",
        "Gabriel Moreno": "listed",
    }
    assert network.unlinked == 1


def test_shows_a_person_under_the_last_introducer_only(ana, tree):
    ruth = Contact.objects.get(name="Ruth Adeyemi")
    ruth.introduced_by = tree
    ruth.save()
    parents = [node.parent for node in Network(student=ana, now=NOW).nodes if node.id == ruth.pk]
    assert parents == [tree.pk]


def test_shows_resting_people_as_resting_and_counts_what_they_were(ana):
    contact = ContactFactory(student=ana, archived_at=NOW)
    MeetingFactory(contact=contact, held=True)
    network = Network(student=ana, now=NOW)
    assert [node.state for node in network.nodes] == ["resting"]
    assert network.generations[0].met == 1


def test_meets_nobody_in_a_rehearsal(ana):
    MeetingFactory(student=ana, practice=True)
    network = Network(student=ana, now=NOW)
    assert [node.state for node in network.nodes] == ["asked"]
    assert network.generations[0].met == 0
    assert network.talks.n == 0


def test_counts_seniority_by_generation(ana, tree):
    generations = Network(student=ana, now=NOW).generations
    assert [(row.label, row.people, row.asked, row.met) for row in generations] == [
        ("You reached them", 1, 1, 1),
        ("First referral", 1, 1, 1),
        ("Second referral", 2, 1, 0),
    ]
    assert dict(generations[2].standings) == {
        "Peer": 0,
        "Manager": 0,
        "Director": 0,
        "Executive": 1,
        "Owner": 1,
        "Not said": 0,
    }


def test_counts_what_is_very_deep_in_the_last_generation(ana):
    plant(ana, 12)
    generations = Network(student=ana, now=NOW).generations
    assert [row.people for row in generations] == [1, 1, 1, 1, 1, 1, 1, 5]
    assert generations[-1].label == "Seventh referral and further"


def test_tells_what_came_of_each_source(ana, tree):
    rows = {row.label: row for row in Network(student=ana, now=NOW).yields}
    assert list(rows) == ["Referral", "Professor or teacher", "Alumni"]
    referral = rows["Referral"]
    assert (referral.people, referral.offers) == (3, 1)
    assert [(s.k, s.n) for s in (referral.asked, referral.met, referral.led_on)] == [
        (2, 3),
        (1, 3),
        (1, 3),
    ]
    assert rows["Alumni"].asked.k == 0


def test_never_shows_a_rate_without_its_counts_and_interval(ana_client, tree):
    page = text_of(ana_client.get("/network/"))
    assert '2 of 3<span class="ch-role">66.7 % (20.8–93.9)</span>' in page
    assert "Not said</th>" in page


def test_names_the_longest_chain_and_what_could_come_next(ana_client, tree):
    page = text_of(ana_client.get("/network/"))
    assert "Longest chain: 3 people" in page
    assert "Third referral: nobody yet" in page
    assert "You asked in 1 of 2 talks." in page
    assert "3 of 4 people here came through somebody on your list." in page
    assert "1 person on your list has no link to anyone here yet." in page


def test_leaves_out_the_middle_of_a_very_long_chain(ana):
    plant(ana, 12)
    network = Network(student=ana, now=NOW)
    shown = [node.label for node in [*network.chain_begins, *network.chain_ends]]
    assert shown == [
        "Person 0",
        "Person 1",
        "Person 2",
        "Person 3",
        *(f"Person {n}" for n in range(8, 12)),
    ]
    assert network.chain_left_out == 4


def test_teaches_the_method_while_nobody_is_there(ana, ana_client):
    page = text_of(ana_client.get("/network/"))
    assert "Who else would you suggest I speak with?" in page
    assert "Think of five people" in page
    ContactFactory(student=ana)
    assert "Choose whom to write to" in text_of(ana_client.get("/network/"))


def test_shows_nothing_of_a_classmate(ben_client, counselor_client, tree):
    assert "Elaine" not in text_of(ben_client.get("/network/"))
    assert counselor_client.get("/network/").status_code == 403


def test_welcomes_a_student_whom_no_roster_knows_yet(ana, ana_client):
    ana.user = None
    ana.save()
    assert "not on a class list yet" in text_of(ana_client.get("/network/"))


def test_asks_the_database_as_often_for_many_people(ana, ana_client, tree):
    def queries():
        with CaptureQueriesContext(connection) as found:
            ana_client.get("/network/")
        return len(found)

    few = queries()
    plant(ana, 60)
    for _ in range(5):
        OfferFactory(contact=MeetingFactory(student=ana, held=True).contact)
    assert queries() == few == 6


@contextmanager
def counting_calls():
    """Count the Python functions that are called: work without a clock."""
    calls = []

    def count(frame, event, arg):
        if event == "call":
            calls[-1] += 1

    calls.append(0)
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(before)


@pytest.mark.django_db
def test_works_no_more_than_in_proportion_to_the_people():
    work = []
    for people in (200, 800):
        student = StudentFactory()
        plant(student, people, each=3)
        with counting_calls() as calls:
            network = Network(student=student, now=NOW)
            assert network.generations
            assert network.yields
            assert network.longest_chain
            assert network.chart.svg
        work.append(calls[0])
    assert work[1] < 5 * work[0]
