"""The page as whoever holds a link sees it, and whoever holds none."""

import re

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from apps.contacts.models import Contact
from apps.meetings.models import Status
from apps.outreach.links import find_link
from apps.outreach.models import ContactLink
from tests.clock import NOW, ahead
from tests.contacts.factories import ContactFactory, WishFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory, ContactLinkFactory
from tests.outreach.test_links import NOTHING, TOKEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

PAGE = f"/c/{TOKEN}/"
WHAT_IS_ASKED = {
    "answer": {"does": "answer", "answer": "no", "message": "Sorry."},
    "wish": {"does": "wish", "most_per_term": "2"},
    "stop": {"does": "stop"},
    "correct": {"does": "correct", "name": "Ruth", "email": "other@example.org"},
    "erase": {"does": "erase", "confirmed": "yes"},
}


def dump():
    """Return every row of every table of ours, and of Django's sessions."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor)]
        rows = {}
        for table in sorted(tables):
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t ORDER BY 1')
            rows[table] = cursor.fetchall()
    return rows


@pytest.fixture
def ruth(ana):
    contact = ContactFactory(
        student=ana,
        name="Ruth Adeyemi",
        email="ruth@tern.example",
        time_zone="America/Chicago",
        note="She is shy.",
        tags=["mentor"],
        data_source="LinkedIn export",
    )
    AttemptFactory(
        contact=contact, text=f"Hi Ruth,\n\nmay I ask you?\n\nhttp://hub.example/c/{TOKEN}/"
    )
    return contact


@pytest.fixture
def link(ruth):
    proposal = MeetingFactory(
        contact=ruth,
        status=Status.PROPOSED,
        minutes=20,
        proposed_times=[ahead(days=-1), ahead(days=5), ahead(days=6, hours=3)],
    )
    return ContactLinkFactory(contact=ruth, token=TOKEN, meeting=proposal)


def test_says_who_asks_and_shows_the_note_and_the_times_on_their_clock(link, client):
    page = client.get(PAGE).text
    assert f"{link.student.name} asks for 20 minutes of your time" in page
    assert "<p>may I ask you?</p>" in page
    assert "Monday, October 20<b>10:00 am</b>" in page
    assert "Tuesday, October 21<b>1:00 pm</b>" in page
    assert "October 14" not in page  # has passed
    assert "Times are on the clock of Chicago, UTC−5." in page


def test_names_no_distance_from_utc_that_changes_between_the_times(link, client):
    link.meeting.proposed_times = [ahead(days=10), ahead(days=20)]
    link.meeting.save()
    page = client.get(PAGE).text
    assert "Saturday, October 25<b>10:00 am</b>" in page
    assert "Tuesday, November 4<b>9:00 am</b>" in page
    assert "Times are on the clock of Chicago. Change zone" in page


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Kolkata", "Monday, October 20<b>8:30 pm</b>"),
        ("Pacific/Auckland", "Tuesday, October 21<b>4:00 am</b>"),
        ("Mars/Olympus", "Monday, October 20<b>10:00 am</b>"),
        ("../../etc/passwd", "Monday, October 20<b>10:00 am</b>"),
        ("", "Monday, October 20<b>10:00 am</b>"),
    ],
)
def test_shows_the_times_in_another_zone_on_request(link, client, zone, shown):
    assert shown in client.get(PAGE, {"zone": zone}).text


def test_takes_the_students_zone_where_theirs_is_not_known(link, client):
    Contact.objects.update(time_zone="")
    assert "Monday, October 20<b>11:00 am</b>" in client.get(PAGE).text


def test_shows_what_is_held_of_them_with_its_source_and_nothing_private(link, client):
    page = client.get(PAGE).text
    for held in ("Ruth Adeyemi", "Harbor pilot", "ruth@tern.example", "LinkedIn export"):
        assert held in page
    assert "September 15, 2025" in page
    for private in ("She is shy.", "mentor", "Know a little", "Director", TOKEN):
        assert private not in page


def test_opens_also_while_the_student_lets_them_rest(link, client):
    Contact.objects.update(archived_at=NOW)
    assert client.get(PAGE).status_code == 200


def test_shows_what_they_wish_whoever_wrote_it_down(link, client):
    WishFactory(key="ruth@tern.example", most_per_term=3)
    assert 'name="most_per_term" value="3"' in client.get(PAGE).text


def test_nothing_of_other_students_is_on_it(link, client):
    ContactFactory(email="ruth@tern.example", name="Ruthie A.", job_title="Captain")
    page = client.get(PAGE).text
    assert "Ruthie" not in page
    assert "Captain" not in page


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_keeps_to_itself_and_sets_no_cookie(link, client, method):
    answered = getattr(client, method)(PAGE)
    assert answered.status_code == 200
    assert answered["Cache-Control"] == "private, no-store"
    assert answered["Referrer-Policy"] == "no-referrer"
    assert answered["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert not answered.cookies


def test_loads_nothing_from_elsewhere(link, client):
    page = client.get(PAGE).text
    sources = re.findall(r"""(?:src|href|action)="([^"#]+)""", page)
    assert sources
    assert all(source.startswith("/") and not source.startswith("//") for source in sources)


def test_a_storm_of_scanners_changes_nothing(link, client):
    AttemptFactory(student=link.student)
    before = dump()
    scanner = Client(headers={"user-agent": "SafeLinks", "sec-purpose": "prefetch;prerender"})
    for number in range(10):
        for who in (client, scanner):
            assert who.get(PAGE).status_code == 200
            assert who.head(PAGE).status_code == 200
            assert (
                who.get(PAGE, {"does": "erase", "confirmed": "yes", "zone": "UTC"}).status_code
                == 200
            )
            assert who.get(f"/c/{TOKEN[:-2]}{number:02}/").status_code in (404, 429)
        assert client.options(PAGE).status_code == 405
    assert dump() == before
    assert len(before["outreach_contactlink"]) == 1
    assert ContactLink.objects.usable(NOW).count() == 1


def test_costs_as_much_whatever_has_passed_between_them(link, client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    few = queries()
    AttemptFactory.create_batch(9, student=link.student)
    for day in range(2, 9):
        AttemptFactory(contact=link.contact, text="Hi", sent_at=ahead(days=-day))
        MeetingFactory(
            contact=link.contact, status=Status.PROPOSED, proposed_times=[ahead(days=day)]
        )
    assert queries() == few == 4


OF_EACH = ("Content-Length", "X-Request-ID")


@pytest.mark.parametrize("does", [None, *WHAT_IS_ASKED])
def test_answers_alike_whatever_is_wrong_with_a_link(client, does):
    said = {}
    for cause, make in NOTHING.items():
        ContactLink.objects.all().delete()
        make()
        before = dump()
        with CaptureQueriesContext(connection) as queries:
            told = client.post(PAGE, WHAT_IS_ASKED[does]) if does else client.get(PAGE)
        assert dump() == before, cause
        headers = {name: value for name, value in told.headers.items() if name not in OF_EACH}
        said[cause] = (told.status_code, told.content, headers, len(queries))
    assert len({str(told) for told in said.values()}) == 1
    status, content, _, number = said["unknown"]
    assert (status, number) == (404, 1)
    assert b"This link opens nothing now" in content


@pytest.mark.parametrize("address", ["/c/x/", "/c/%00/", f"/c/{'x' * 5000}/", "/c/ümläut%F0%9F/"])
def test_answers_alike_to_what_no_token_can_be(client, address):
    assert client.get(address).content == client.get(PAGE).content


def test_asks_whoever_guesses_to_wait_and_never_the_others(link, client):
    for number in range(settings.CONTACT_PAGE_MISSES):
        assert client.get(f"/c/{number}/").status_code == 404
    refused = client.get("/c/one-too-many/")
    assert refused.status_code == 429
    assert refused["Retry-After"] == "60"
    assert "A link that works is never held up." in refused.text
    assert client.post("/c/one-too-many/", {"does": "erase"}).status_code == 429
    assert client.get(PAGE).status_code == 200
    assert client.get("/c/x/", REMOTE_ADDR="192.0.2.7").status_code == 404


def test_counts_guesses_from_everywhere_together(client, settings):
    settings.CONTACT_PAGE_MISSES_OF_ALL = 40
    for number in range(40):
        assert client.get("/c/x/", REMOTE_ADDR=f"192.0.2.{number}").status_code == 404
    assert client.get("/c/x/", REMOTE_ADDR="198.51.100.1").status_code == 429


def test_the_student_sees_it_but_cannot_answer_for_them(link, ana_client):
    page = ana_client.get(PAGE)
    assert "This is the page that Ruth Adeyemi sees." in page.text
    assert not page.cookies
    before = dump()
    for said in WHAT_IS_ASKED.values():
        assert "Only they can answer on it." in ana_client.post(PAGE, said).text
    assert {**dump(), "accounts_session": 0} == {**before, "accounts_session": 0}


def test_shows_the_frame_of_a_stranger_to_whoever_is_signed_in(link, client, counselor_client):
    assert counselor_client.get(PAGE).content == client.get(PAGE).content


def field(name):
    """Return what somebody may send in one field: sense, nonsense or nothing."""
    sense = {
        "does": ["answer", "wish", "stop", "correct", "erase"],
        "answer": ["no", "not_now", "other_times", ahead(days=5).isoformat()],
        "day_1": ["2025-10-23", "2025-11-02", "2026-03-08"],
        "hour_1": ["09:30", "01:30", "02:30"],
        "ask_again_on": ["2026-01-12"],
        "paused_until": ["2026-01-12", "9999-12-31"],
        "most_per_term": ["1", "-1", "9" * 30],
        "keys": ["ruth@tern.example"],
        "mode": ["phone"],
        "email": ["ruth@new.example"],
    }
    texts = st.text(max_size=30) | st.sampled_from(["\x00", "a" * 1500, "=1+1", "<b>"])
    return st.sampled_from(sense.get(name, ["Ruth"])) | texts


FIELDS = """
    answer day_1 hour_1 day_2 hour_2 mode place ask_again_on message paused_until most_per_term
    name job_title organization email keys confirmed
"""


@given(
    said=st.fixed_dictionaries(
        {"does": field("does")}, optional={name: field(name) for name in FIELDS.split()}
    ),
    zone=st.sampled_from(["", "Asia/Tokyo", "UTC", "Europe/"]) | st.text(max_size=20),
)
@hypothesis_settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_says_something_sensible_to_whatever_is_sent(link, said, zone):
    with transaction.atomic():
        told = Client().post(PAGE, said, query_params={"zone": zone})
        assert told.status_code == 200
        is_spent = find_link(TOKEN, now=NOW) is None
        assert ("The link has done its work" in told.text) == is_spent
        transaction.set_rollback(True)
