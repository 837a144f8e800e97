import pytest
from django.contrib.messages import get_messages

from apps.outreach.models import Reply
from tests.clock import NOW
from tests.outreach.factories import AttemptFactory


@pytest.fixture
def attempt(ana):
    return AttemptFactory(student=ana, contact__name="Priya Raman")


def post(client, attempt, **data):
    response = client.post(f"/notes/{attempt.pk}/reply/", data)
    assert (response.status_code, response.headers["Location"]) == (302, "/today/")
    *_, message = get_messages(response.wsgi_request)
    attempt.refresh_from_db()
    return message.level_tag, str(message)


@pytest.mark.parametrize("reply", Reply)
def test_notes_what_came_back(ana_client, attempt, reply):
    said = post(ana_client, attempt, reply=reply.value)
    assert said == ("success", f"Noted: Priya Raman answered “{reply.label.lower()}”.")
    assert (attempt.reply, attempt.replied_at) == (reply, NOW)


@pytest.mark.parametrize("data", [{}, {"reply": "maybe"}])
def test_asks_again_when_no_button_was_pressed(ana_client, attempt, data):
    assert post(ana_client, attempt, **data) == (
        "error",
        "Say what they answered: yes, later or no.",
    )
    assert attempt.replied_at is None


def test_writes_on_post_only(ana_client, attempt):
    assert ana_client.get(f"/notes/{attempt.pk}/reply/").status_code == 405
    assert ana_client.post(f"/notes/{attempt.pk + 1}/reply/").status_code == 404
