from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.http import http_date

from apps.meetings.actions.feed import close_feed, open_feed
from apps.meetings.actions.schedule import edit_details
from apps.meetings.models import CalendarFeed, Status
from tests.clock import NOW, ago, ahead
from tests.contacts.factories import ContactFactory
from tests.meetings.calendars import events_in
from tests.meetings.factories import MeetingFactory


@pytest.fixture
def address(ana):
    return f"/calendar/{open_feed(student=ana, now=NOW).token}.ics"


@pytest.fixture
def meeting(ana):
    return MeetingFactory(student=ana, changed_at=NOW, contact__updated_at=NOW)


def test_gives_the_calendar_to_whoever_has_the_address(client, address, meeting, ben):
    MeetingFactory(student=ben)
    response = client.get(address)
    (event,) = events_in(response.content)
    assert event["UID"] == str(meeting.calendar_uid)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in response


def test_reads_200_conversations_with_the_same_ids_twice(
    client, address, ana, django_assert_max_num_queries
):
    contact = ContactFactory(student=ana, name="Ελένη Παπαδοπούλου")
    for number in range(200):
        MeetingFactory(contact=contact, starts_at=ahead(days=number))
    with django_assert_max_num_queries(2):
        first = client.get(address)
    second = client.get(address)
    uids = [[str(event["UID"]) for event in events_in(one.content)] for one in (first, second)]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 200
    assert first.content == second.content


def test_answers_304_until_something_changes(client, address, meeting):
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get(address, headers={"if-modified-since": first["Last-Modified"]})
    assert since.status_code == 304
    later = NOW + timedelta(minutes=5)
    edit_details(meeting=meeting, details={"place": "Quay 41"}, now=later)
    for name, value in [
        ("if-none-match", first["ETag"]),
        ("if-modified-since", first["Last-Modified"]),
    ]:
        changed = client.get(address, headers={name: value})
        assert changed.status_code == 200
        assert changed["Last-Modified"] == http_date(later.timestamp())
    assert changed["ETag"] != first["ETag"]


def test_notices_that_a_contact_has_another_name(client, address, meeting):
    first = client.get(address)
    meeting.contact.name = "Dana Whitfield"
    meeting.contact.updated_at = NOW + timedelta(seconds=1)
    meeting.contact.save()
    for header in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        assert client.get(address, headers=header).status_code == 200


def test_knows_no_address_but_the_latest(client, ana):
    old = open_feed(student=ana, now=ago(days=1)).token
    new = open_feed(student=ana, now=NOW).token
    assert len(new) == 43
    almost = new[:-1] + ("A" if new[-1] != "A" else "B")
    for token in (old, "x", new[:11], almost, "é" * 43, "%25" * 9):
        assert client.get(f"/calendar/{token}.ics").status_code == 404
    assert client.get(f"/calendar/{new}.ics").status_code == 200
    close_feed(student=ana)
    assert client.get(f"/calendar/{new}.ics").status_code == 404


def test_closes_with_the_account(client, address, ana):
    ana.user.is_active = False
    ana.user.save()
    assert client.get(address).status_code == 404


def test_is_opened_renewed_and_closed_by_the_student(ana, ana_client, client):
    assert "Make an address" in ana_client.get("/calendar/").content.decode()
    assert not CalendarFeed.objects.exists()
    tokens = []
    for _ in range(2):
        assert ana_client.post("/calendar/", {"open": ""}).headers["Location"] == "/calendar/"
        tokens.append(CalendarFeed.objects.get(student=ana).token)
        page = ana_client.get("/calendar/")
        assert f"http://127.0.0.1:8000/calendar/{tokens[-1]}.ics" in page.content.decode()
        assert "no-store" in page["Cache-Control"]
    assert tokens[0] != tokens[1]
    ana_client.post("/calendar/", {})
    assert CalendarFeed.objects.get(student=ana).token == tokens[1]
    ana_client.post("/calendar/", {"close": ""})
    assert not CalendarFeed.objects.exists()


def test_prints_the_same_calendar_on_the_command_line(client, address, ana, meeting):
    printed = StringIO(newline="")
    call_command("calendar_feed", ana.user.email.upper(), stdout=printed)
    assert printed.getvalue().encode() == client.get(address).content


def test_says_on_the_command_line_that_nobody_has_this_address(db):
    with pytest.raises(CommandError, match="no student with the account x@y.example"):
        call_command("calendar_feed", "x@y.example")


def test_hands_out_an_invitation_to_send(ana_client, meeting):
    response = ana_client.get(f"/meetings/{meeting.pk}/invitation.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=REQUEST"
    assert response["Content-Disposition"] == 'attachment; filename="invitation.ics"'
    assert "no-store" in response["Cache-Control"]
    (event,) = events_in(response.content)
    assert event["ATTENDEE"] == f"mailto:{meeting.contact.email}"


@pytest.mark.parametrize("status", [Status.HELD, Status.NO_SHOW])
def test_has_nobody_to_invite_to_what_is_over(ana, ana_client, status):
    meeting = MeetingFactory(student=ana, begun=True, status=status)
    assert ana_client.get(f"/meetings/{meeting.pk}/invitation.ics").status_code == 404


def test_invites_nobody_to_a_proposal_or_who_is_erased_or_anothers(ana, ana_client, ben):
    proposal = MeetingFactory(student=ana, status=Status.PROPOSED, proposed_times=[ahead(days=2)])
    erased = MeetingFactory(contact=ContactFactory(student=ana, erased=True))
    for meeting in (proposal, erased, MeetingFactory(student=ben)):
        assert ana_client.get(f"/meetings/{meeting.pk}/invitation.ics").status_code == 404
