"""The page with all contacts: what it says of each, its order, adding in one line, the board."""

from datetime import date

import pytest

from apps.contacts.models import Closeness, Contact, Seniority, Source
from apps.journal.people import PER_LANE, PER_PAGE
from apps.outreach.models import Reply
from tests.clock import NOW, ago, ahead
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory

URL = "/contacts/"


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def names(client, query=""):
    """Return the names on the list in their order."""
    page = text_of(client.get(URL + query))
    return [part.split("<")[0].split(">")[1] for part in page.split('class="ch-name"')[1:]]


def row_of(client, name, query=""):
    page = text_of(client.get(URL + query))
    (row,) = [row for row in page.split("<tr>") if f">{name}</a>" in row]
    return row


# What it says of each


def test_shows_stage_closeness_source_last_touch_and_next_step_of_each(ana, ana_client):
    introducer = ContactFactory(student=ana, name="Elaine Marsh")
    dana = ContactFactory(
        student=ana,
        name="Dana Whitfield",
        job_title="VP Marketing",
        organization="Tern Outdoor",
        closeness=Closeness.STRANGER,
        introduced_by=introducer,
    )
    MeetingFactory(contact=dana, held=True, starts_at=ago(hours=20))
    row = row_of(ana_client, "Dana Whitfield")
    for words in (
        "VP Marketing, Tern Outdoor",
        "Met</span>",
        "New to me",
        "Elaine Marsh",
        "Met Oct 14",
        "Thank-you, by 3:30 pm today",
    ):
        assert words in row


def test_says_through_whom_or_what_by_what_is_known(ana, ana_client):
    ContactFactory(student=ana, name="One", source=Source.EVENT)
    ContactFactory(student=ana, name="Two", source="", how_known="Former boss")
    ContactFactory(student=ana, name="Three", source="", closeness="")
    assert "Trade association or professional meeting" in row_of(ana_client, "One")
    assert "Former boss" in row_of(ana_client, "Two")
    assert "Not said" in row_of(ana_client, "Three")


def test_says_what_passed_last(ana, ana_client):
    for name, days in (("Wrote", 3), ("Heard", 2), ("Met", 1)):
        contact = ContactFactory(student=ana, name=name)
        AttemptFactory(contact=contact, sent_at=ago(days=5))
        if name == "Heard":
            AttemptFactory(
                contact=contact, sent_at=ago(days=4), replied_at=ago(days=days), reply=Reply.LATER
            )
        if name == "Met":
            MeetingFactory(contact=contact, thanked=True, starts_at=ago(days=days))
    ContactFactory(student=ana, name="Nothing")
    ContactFactory(student=ana, name="Long ago")
    AttemptFactory(contact=Contact.objects.get(name="Long ago"), sent_at=ago(days=400))
    assert "Wrote Oct 10" in row_of(ana_client, "Wrote")
    assert "Heard back Oct 13" in row_of(ana_client, "Heard")
    assert "Met Oct 14" in row_of(ana_client, "Met")
    assert "None yet" in row_of(ana_client, "Nothing")
    assert "Wrote Sep 10, 2024" in row_of(ana_client, "Long ago")


def test_says_what_comes_next(ana, ana_client):
    def person(name, **more):
        return ContactFactory(student=ana, name=name, **more)

    person("First note")
    person("Phone", email="", phones=["555 0100"])
    person("Out of reach", email="")
    MeetingFactory(contact=person("Meeting"), starts_at=ahead(days=2), is_ready=True)
    MeetingFactory(contact=person("To prepare"), starts_at=ahead(days=2))
    MeetingFactory(contact=person("For tomorrow"), starts_at=ahead(days=1))
    AttemptFactory(contact=person("Follow-up due"), sent_at=ago(days=9))
    AttemptFactory(contact=person("Follow-up later"), sent_at=ago(days=2))
    AttemptFactory(contact=person("Long silent"), sent_at=ago(days=130))
    AttemptFactory(contact=person("Answered"), answered=True)
    MeetingFactory(contact=person("Unrecorded"), begun=True)
    person("At rest", email="", archived_at=NOW)
    expected = {
        "First note": "Write first note",
        "Phone": "Write first note",
        "Out of reach": "Find an e-mail or phone",
        "Meeting": "Meet Fri, Oct 17",
        "To prepare": "Prepare for Fri, Oct 17",
        "For tomorrow": "Prepare for tomorrow at 11:00 am",
        "Follow-up due": "Follow up, overdue",
        "Follow-up later": "Waiting for a reply",
        "Long silent": "Write again",
        "Answered": '<td class="next"></td>',
        "Unrecorded": "Say how it went, overdue",
    }
    for name, words in expected.items():
        assert words in row_of(ana_client, name), name
    resting = row_of(ana_client, "At rest", "?stage=resting")
    assert '<td class="next"></td>' in resting
    assert "No way to reach them" not in resting


def test_flags_whoever_cannot_be_reached_even_if_something_else_is_next(ana, ana_client):
    contact = ContactFactory(student=ana, name="Dana", email="")
    MeetingFactory(contact=contact)
    assert "No way to reach them yet" in row_of(ana_client, "Dana")


def test_writes_days_on_the_readers_clock(ana, ana_client):
    contact = ContactFactory(student=ana, name="Dana")
    MeetingFactory(contact=contact, starts_at=NOW.replace(day=20, hour=2))
    assert "Meet Sun, Oct 19" in row_of(ana_client, "Dana")
    ana.user.time_zone = "Asia/Tokyo"
    ana.user.save()
    assert "Meet Mon, Oct 20" in row_of(ana_client, "Dana")


# Order and pages


def test_puts_first_what_is_due_then_what_is_agreed_then_what_goes_on(ana, ana_client):
    def person(name, listed_on=1):
        return ContactFactory(student=ana, name=name, listed_on=date(2025, 9, listed_on))

    person("Listed long ago", 1)
    person("Listed lately", 9)
    AttemptFactory(contact=person("Wrote lately"), sent_at=ago(days=2))
    MeetingFactory(contact=person("Met in summer"), thanked=True, starts_at=ago(days=70))
    MeetingFactory(contact=person("Meets later"), starts_at=ahead(days=5))
    MeetingFactory(contact=person("Meets soon"), starts_at=ahead(days=1), is_ready=True)
    AttemptFactory(contact=person("Due lately"), sent_at=ago(days=8))
    AttemptFactory(contact=person("Due for long"), sent_at=ago(days=20))
    assert names(ana_client) == [
        "Due for long",
        "Due lately",
        "Meets soon",
        "Meets later",
        "Wrote lately",
        "Met in summer",
        "Listed lately",
        "Listed long ago",
    ]


def test_suggests_peers_first_and_among_them_those_one_knows_well(ana, ana_client):
    for seniority in reversed(["", *Seniority.values]):
        for closeness in Closeness.values:
            ContactFactory(
                student=ana,
                name=f"{seniority}-{closeness}",
                seniority=seniority,
                closeness=closeness,
            )
    order = names(ana_client, "?sort=suggested")
    known = ["knows_well", "knows", "stranger"]
    ranks = ["peer", "", "manager", "director", "executive", "owner"]
    assert order == [f"{rank}-{closeness}" for rank in ranks for closeness in known]


def test_sorts_by_name_whatever_the_accents_and_newest_first(ana, ana_client):
    for day, name in enumerate(("ben", "Ägir", "Zoe", "alva"), start=1):
        ContactFactory(student=ana, name=name, listed_on=date(2025, 9, day))
    assert names(ana_client, "?sort=name") == ["Ägir", "alva", "ben", "Zoe"]
    assert names(ana_client, "?sort=newest") == ["alva", "Zoe", "Ägir", "ben"]


def test_shows_fifty_a_page_and_keeps_the_filters_on_the_way(ana, ana_client):
    ContactFactory.create_batch(PER_PAGE + 2, student=ana, closeness=Closeness.KNOWS)
    ContactFactory(student=ana, closeness=Closeness.STRANGER)
    query = "?closeness=knows&sort=newest"
    assert len(names(ana_client, query)) == PER_PAGE
    assert len(names(ana_client, f"{query}&page=2")) == 2
    page = text_of(ana_client.get(URL + query))
    assert 'rel="next" href="?closeness=knows&amp;sort=newest&amp;page=2"' in page
    assert f"people 1 to 50 of {PER_PAGE + 2}" in page
    assert names(ana_client, query)[0] not in names(ana_client, f"{query}&page=2")
    for odd in ("0", "-1", "999", "x"):
        assert names(ana_client, f"{query}&page={odd}")


# Adding in one line


def test_adds_somebody_in_one_line_and_keeps_the_filters(ana, ana_client):
    response = ana_client.post(
        "/contacts/quick/",
        {"name": "Ann", "organization": "Acme", "known_as": "relatives", "back": "sort=name"},
    )
    assert response.url == "/contacts/?sort=name"
    contact = Contact.objects.get(student=ana)
    assert (contact.name, contact.organization, contact.source) == ("Ann", "Acme", Source.FAMILY)
    assert "Ann is on your list." in text_of(ana_client.get(URL))


def test_answers_htmx_with_the_list_and_the_field_ready_for_the_next_name(ana, ana_client):
    response = ana_client.post(
        "/contacts/quick/", {"name": "Ann", "back": "sort=name"}, headers={"HX-Request": "true"}
    )
    page = text_of(response)
    assert "<html" not in page
    assert "Ann is on your list." in page
    assert ">Ann</a>" in page
    field = page.split('id="quick-name"')[1].split(">")[0]
    assert "autofocus" in field
    assert 'value=""' in field


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_says_that_a_name_is_missing_and_keeps_the_rest(ana, ana_client, headers):
    data = {"name": " ", "organization": "Acme", "known_as": "classmates"}
    page = text_of(ana_client.post("/contacts/quick/", data, headers=headers))
    assert "A name is all it takes, but it does." in page
    assert 'aria-invalid="true"' in page
    assert 'value="Acme"' in page
    assert '<option value="classmates" selected>' in page
    assert not Contact.objects.exists()


# The board


def test_shows_a_lane_for_each_stage_with_its_people(ana, ana_client):
    ContactFactory(student=ana, name="Listed")
    AttemptFactory(student=ana, contact__name="Wrote")
    MeetingFactory(student=ana, contact__name="Scheduled")
    MeetingFactory(student=ana, contact__name="Met", held=True)
    MeetingFactory(student=ana, contact__name="Known", thanked=True)
    ContactFactory(student=ana, name="At rest", archived_at=NOW)
    page = text_of(ana_client.get(f"{URL}?view=board"))
    lanes = page.split('<section class="ch-lane"')[1:]
    assert [
        name in lane
        for name, lane in zip(("Listed", "Wrote", "Scheduled", "Met", "Known"), lanes, strict=True)
    ] == [True] * 5
    assert "At rest" not in page
    assert "Resting: 1 person." in page


def test_shows_the_first_of_a_long_lane_and_a_way_to_all(ana, ana_client):
    ContactFactory.create_batch(PER_LANE + 3, student=ana)
    page = text_of(ana_client.get(f"{URL}?view=board"))
    assert page.count('class="ch-name"') == PER_LANE
    assert f'href="?stage=listed">All {PER_LANE + 3}</a>' in page


def test_filters_the_board_too(ana, ana_client):
    ContactFactory(student=ana, name="Ann", organization="Acme")
    ContactFactory(student=ana, name="Bob", organization="Halden")
    assert names(ana_client, "?view=board&organization=acme") == ["Ann"]
    assert names(ana_client, "?view=board&q=halden") == ["Bob"]


# The first visit


def test_teaches_the_method_while_nobody_is_on_the_list(ana_client):
    page = text_of(ana_client.get(URL))
    assert "Start with five people" in page
    assert 'href="/contacts/brainstorm/"' in page
    assert 'href="/contacts/import/"' in page
    assert "<table" not in page


def test_offers_a_way_back_when_filters_leave_nobody(ana, ana_client):
    ContactFactory(student=ana)
    page = text_of(ana_client.get(f"{URL}?q=nobody-like-this"))
    assert "Nobody on your list is all of this at once." in page
    assert '<a href="/contacts/">Show everyone</a>' in page


def test_contacts_are_a_page_of_the_main_navigation(ana_client):
    page = text_of(ana_client.get(URL))
    assert '<a href="/contacts/" aria-current="page">Contacts</a>' in page
