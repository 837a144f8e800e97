import pytest
from django.contrib.messages import get_messages

from apps.meetings.models import Status
from tests.clock import NOW, ahead
from tests.meetings.factories import MeetingFactory


def post(client, meeting, page, **data):
    response = client.post(f"/meetings/{meeting.pk}/{page}/", data)
    assert (response.status_code, response.headers["Location"]) == (302, "/today/")
    *_, message = get_messages(response.wsgi_request)
    meeting.refresh_from_db()
    return message.level_tag, str(message)


@pytest.fixture
def begun(ana):
    return MeetingFactory(student=ana, contact__name="Dana O’Neill", begun=True)


def test_notes_that_it_took_place_and_speaks_of_thanks(ana_client, begun):
    said = post(ana_client, begun, "outcome", was_held="yes")
    assert said == (
        "success",
        "Noted. A thank-you to Dana O’Neill within a day is part of every conversation.",
    )
    assert begun.status == Status.HELD


def test_notes_that_it_did_not_take_place_without_blame(ana_client, begun):
    said = post(ana_client, begun, "outcome", was_held="no")
    assert said == (
        "success",
        "Noted. Things come up; Dana O’Neill may well agree to another time.",
    )
    assert begun.status == Status.NO_SHOW


@pytest.mark.parametrize("data", [{}, {"was_held": "perhaps"}])
def test_asks_again_when_no_button_was_pressed(ana_client, begun, data):
    assert post(ana_client, begun, "outcome", **data) == (
        "error",
        "Say whether the conversation took place.",
    )
    assert begun.status == Status.SCHEDULED


def test_says_that_a_conversation_lies_ahead(ana_client, ana):
    meeting = MeetingFactory(student=ana, starts_at=ahead(days=1))
    said = post(ana_client, meeting, "outcome", was_held="yes")
    assert said == ("error", "This conversation has not begun yet.")
    assert meeting.status == Status.SCHEDULED


def test_notes_a_thank_you(ana_client, begun):
    post(ana_client, begun, "outcome", was_held="yes")
    assert post(ana_client, begun, "thanked") == ("success", "Noted: you thanked Dana O’Neill.")
    assert begun.thank_you_sent_at == NOW


def test_says_that_thanks_are_for_what_was_held(ana_client, begun):
    said = post(ana_client, begun, "thanked")
    assert said == ("error", "Thank people for a conversation once it was held.")
    assert begun.thank_you_sent_at is None


@pytest.mark.parametrize("page", ["outcome", "thanked"])
def test_writes_on_post_only(ana_client, begun, page):
    assert ana_client.get(f"/meetings/{begun.pk}/{page}/").status_code == 405
    assert ana_client.post(f"/meetings/{begun.pk + 1}/{page}/").status_code == 404
