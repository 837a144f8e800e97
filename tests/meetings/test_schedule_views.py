"""The pages on which a conversation is set up, agreed, moved, changed and called off."""

from datetime import UTC, datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from apps.contacts.models import Closeness
from apps.meetings.models import Meeting, Mode, Status
from tests.clock import NOW, ago, ahead
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory

AGREED = {
    "stands": "agreed",
    "day_1": "2025-10-20",
    "hour_1": "15:00",
    "minutes": "15",
    "mode": "in_person",
}
PROPOSED = AGREED | {"stands": "proposed", "day_2": "2025-10-21", "hour_2": "09:00"}
MONDAY_AT_3 = datetime(2025, 10, 20, 19, 0, tzinfo=UTC)
TUESDAY_AT_9 = datetime(2025, 10, 21, 13, 0, tzinfo=UTC)


@pytest.fixture
def rosa(ana):
    return ContactFactory(
        student=ana, name="Rosa Vidal", time_zone="Europe/Madrid", preferred_times="Mornings"
    )


def meet(client, contact, **said):
    return client.post(reverse("meeting_new", args=[contact.pk]), said)


def ask(client, page, meeting, **said):
    """Post a form about a meeting; return the message if it was taken, else the page."""
    response = client.post(reverse(page, args=[meeting.pk]), said)
    if response.status_code == 200:
        return " ".join(response.text.split())
    assert response.url == reverse("meeting", args=[meeting.pk])
    *_, message = get_messages(response.wsgi_request)
    meeting.refresh_from_db()
    return str(message)


def message_of(response):
    assert response.status_code == 302
    *_, message = get_messages(response.wsgi_request)
    return str(message)


def test_writes_down_an_agreed_time(ana_client, rosa):
    response = meet(ana_client, rosa, **AGREED, place="Café Central", is_practice="on")
    meeting = Meeting.objects.get()
    assert response.url == reverse("meeting", args=[meeting.pk])
    assert message_of(response) == "Noted: Monday, October 20, 3:00 pm, 9:00 pm in Madrid."
    assert (meeting.status, meeting.starts_at) == (Status.SCHEDULED, MONDAY_AT_3)
    assert (meeting.contact, meeting.student, meeting.minutes) == (rosa, rosa.student, 15)
    assert (meeting.mode, meeting.place, meeting.is_practice) == ("in_person", "Café Central", True)


def test_reads_the_hour_on_the_contacts_clock_if_asked_to(ana_client, rosa):
    meet(ana_client, rosa, **AGREED, clock="theirs")
    assert Meeting.objects.get().starts_at == datetime(2025, 10, 20, 13, 0, tzinfo=UTC)


def test_proposes_up_to_five_times(ana_client, rosa):
    response = meet(ana_client, rosa, **PROPOSED)
    assert message_of(response) == "Noted. Once they answer, say which."
    meeting = Meeting.objects.get()
    assert meeting.status == Status.PROPOSED
    assert meeting.proposed_times == [MONDAY_AT_3, TUESDAY_AT_9]


def test_leaves_out_further_times_once_one_is_agreed(ana_client, rosa):
    meet(ana_client, rosa, **PROPOSED | {"stands": "agreed"})
    assert Meeting.objects.get().starts_at == MONDAY_AT_3


def test_goes_on_to_how_it_went_for_a_time_that_lies_behind(ana_client, rosa):
    response = meet(ana_client, rosa, **AGREED | {"day_1": "2025-10-14"})
    page = ana_client.get(response.url).text
    assert "How did it go? Say so while it is fresh." in page
    assert 'name="was_held" value="yes"' in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"day_1": "", "hour_1": ""}, "Say on which day, and at what time."),
        ({"hour_1": ""}, "Say both, the day and the time."),
        ({"day_1": ""}, "Say both, the day and the time."),
        ({"day_1": "tomorrow"}, "Enter a valid date."),
        ({"day_1": "2052-10-20"}, "Please look at the year again."),
        ({"day_1": "0001-01-01"}, "Please look at the year again."),
        ({"day_1": "9999-12-31"}, "Please look at the year again."),
        ({"minutes": "0"}, "from 1 to 480 minutes"),
        ({"minutes": "481"}, "from 1 to 480 minutes"),
        ({"mode": "letter"}, "Select a valid choice"),
        ({"place": "x" * 301}, "at most 300 characters"),
        ({"stands": ""}, "This field is required"),
        ({"clock": "the moon's"}, "Select a valid choice"),
        ({"stands": "proposed", "day_1": "2025-10-14"}, "This time has passed already."),
        ({"stands": "proposed", "day_3": "2025-10-22"}, "Say both, the day and the time."),
        ({"day_1": "2026-03-08", "hour_1": "02:30"}, "The next time that exists is 3:00 am."),
    ],
)
def test_asks_again_with_what_was_typed(ana_client, rosa, wrong, words):
    response = meet(ana_client, rosa, **AGREED | {"place": "Café Central"} | wrong)
    assert response.status_code == 200
    assert words in response.text
    assert "Café Central" in response.text or "place" in wrong
    assert not Meeting.objects.exists()


def test_says_which_of_two_hours_is_meant(ana_client, rosa):
    response = meet(ana_client, rosa, **AGREED | {"day_1": "2025-11-02", "hour_1": "01:30"})
    assert message_of(response) == (
        "Noted: Sunday, November 2, 1:30 am (UTC−4), 6:30 am in Madrid. The clocks in New York go "
        "back that day and show this hour twice. The first is meant, at UTC−4; the second is at "
        "UTC−5."
    )
    assert Meeting.objects.get().starts_at == datetime(2025, 11, 2, 5, 30, tzinfo=UTC)


def test_shows_when_it_suits_them_and_presets_the_minutes(ana_client, rosa, settings):
    settings.CONVERSATION_MINUTES = 25
    page = ana_client.get(reverse("meeting_new", args=[rosa.pk])).text
    assert "Mornings" in page
    assert "Now it is 5:00 pm in Madrid, and 11:00 am on your clock (New York)." in page
    assert 'name="clock" value="theirs"' in " ".join(page.split())
    assert 'name="minutes" value="25"' in page


def test_asks_for_no_clock_where_no_other_is_known(ana, ana_client):
    page = ana_client.get(reverse("meeting_new", args=[ContactFactory(student=ana).pk])).text
    assert 'name="clock"' not in page
    assert "Their time zone is not noted." in page


@pytest.mark.parametrize("closeness", Closeness)
def test_suggests_practice_with_people_known_well(ana, ana_client, closeness):
    contact = ContactFactory(student=ana, closeness=closeness)
    page = ana_client.get(reverse("meeting_new", args=[contact.pk])).text
    assert ("a good person to practice with" in page) == (closeness == Closeness.KNOWS_WELL)


def test_asks_why_not_in_person_only_where_the_programme_does(ana_client, rosa, settings):
    meet(ana_client, rosa, **AGREED | {"mode": "video", "mode_reason": "far away"})
    assert Meeting.objects.get().mode_reason == ""
    settings.ASK_WHY_NOT_IN_PERSON = True
    apart = AGREED | {"day_1": "2025-10-21"}
    assert (
        "why you do not meet in person" in meet(ana_client, rosa, **apart | {"mode": "video"}).text
    )
    meet(ana_client, rosa, **apart | {"mode": "video", "mode_reason": "She lives in Madrid"})
    assert Meeting.objects.latest("pk").mode_reason == "She lives in Madrid"
    meet(ana_client, rosa, **AGREED | {"day_1": "2025-10-22", "mode_reason": "left over"})
    assert Meeting.objects.latest("pk").mode_reason == ""


def test_agrees_on_one_of_the_proposed_times(ana, ana_client):
    meeting = MeetingFactory(student=ana, proposed=True)
    page = ana_client.get(reverse("meeting", args=[meeting.pk])).text
    second = meeting.proposed_times[1]
    assert f'name="chosen" value="{second.isoformat()}"' in page
    said = ask(ana_client, "meeting_accept", meeting, chosen=second.isoformat())
    assert said == "Noted: Saturday, October 18, 11:00 am."
    assert (meeting.status, meeting.starts_at) == (Status.SCHEDULED, second)


def test_agrees_on_another_time(ana_client, rosa):
    meeting = MeetingFactory(contact=rosa, proposed=True)
    other = {"day_1": "2025-10-20", "hour_1": "21:00", "clock": "theirs"}
    said = ask(ana_client, "meeting_accept", meeting, chosen="other", **other)
    assert said == "Noted: Monday, October 20, 3:00 pm, 9:00 pm in Madrid."
    assert meeting.starts_at == MONDAY_AT_3


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"chosen": "other"}, "Say on which day, and at what time."),
        ({"chosen": "2025-10-01T10:00:00+00:00"}, "These times have changed. Choose again."),
        ({"day_1": "2025-10-20"}, "This field is required."),
    ],
)
def test_asks_again_which_time_it_is(ana, ana_client, said, words):
    meeting = MeetingFactory(student=ana, proposed=True)
    assert words in ask(ana_client, "meeting_accept", meeting, **said)
    meeting.refresh_from_db()
    assert meeting.status == Status.PROPOSED


def test_proposes_other_times(ana, ana_client):
    meeting = MeetingFactory(student=ana, proposed=True)
    times = {"day_1": "2025-10-21", "hour_1": "09:00", "day_5": "2025-10-20", "hour_5": "15:00"}
    assert ask(ana_client, "meeting_propose", meeting, **times).startswith("Noted.")
    assert meeting.proposed_times == [MONDAY_AT_3, TUESDAY_AT_9]
    assert "Say on which day" in ask(ana_client, "meeting_propose", meeting, clock="own")


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.NO_SHOW])
def test_moves_a_conversation(ana, ana_client, status):
    meeting = MeetingFactory(student=ana, starts_at=ago(days=1), status=status)
    page = ana_client.get(reverse("meeting_move", args=[meeting.pk])).text
    assert 'value="2025-10-14"' in page
    assert 'value="11:00"' in page
    said = ask(ana_client, "meeting_move", meeting, day_1="2025-10-20", hour_1="15:00")
    assert said == "Noted: Monday, October 20, 3:00 pm."
    assert (meeting.status, meeting.starts_at) == (Status.SCHEDULED, MONDAY_AT_3)


def test_changes_how_and_where(ana, ana_client, settings):
    settings.ASK_WHY_NOT_IN_PERSON = True
    meeting = MeetingFactory(student=ana, mode=Mode.VIDEO, mode_reason="far", place="a link")
    page = ana_client.get(reverse("meeting_edit", args=[meeting.pk])).text
    assert 'value="a link"' in page
    assert 'value="30"' in page  # its own, not the setting's
    said = {"minutes": "45", "mode": "in_person", "mode_reason": "far", "place": "Room 3"}
    assert ask(ana_client, "meeting_edit", meeting, **said) == "Saved."
    assert (meeting.minutes, meeting.mode, meeting.mode_reason) == (45, "in_person", "")
    assert "from 1 to 480" in ask(ana_client, "meeting_edit", meeting, **said | {"minutes": "0"})


def test_calls_a_conversation_off_at_the_second_word(ana, ana_client):
    meeting = MeetingFactory(student=ana, contact__name="Rosa Vidal")
    url = reverse("meeting_cancel", args=[meeting.pk])
    assert "Moving it keeps what you have prepared." in ana_client.get(url).text
    meeting.refresh_from_db()
    assert meeting.status == Status.SCHEDULED
    said = ask(ana_client, "meeting_cancel", meeting)
    assert said == "Called off. Rosa Vidal stays on your list."
    assert meeting.status == Status.CANCELLED


FORMS = {
    "meeting_accept": {"chosen": "other", "day_1": "2025-10-20", "hour_1": "15:00"},
    "meeting_propose": {"day_1": "2025-10-20", "hour_1": "15:00"},
    "meeting_move": {"day_1": "2025-10-20", "hour_1": "15:00"},
    "meeting_edit": {"minutes": "20", "mode": "phone"},
    "meeting_cancel": {},
}


@pytest.mark.parametrize("page", FORMS)
def test_says_why_something_is_not_possible(ana, ana_client, page):
    trait = {"meeting_edit": "cancelled", "meeting_cancel": "held"}.get(page, "held")
    meeting = MeetingFactory(student=ana, proposed_times=[ahead(days=1)], **{trait: True})
    before = Meeting.objects.filter(pk=meeting.pk).values().get()
    shown = ana_client.get(reverse(page, args=[meeting.pk])).text
    said = ask(ana_client, page, meeting, **FORMS[page])
    words = {
        "meeting_accept": "There is no proposal left to accept.",
        "meeting_propose": "A time is agreed or the conversation is over; move it instead.",
        "meeting_move": "Only what is agreed, or did not take place, can be moved to another time.",
        "meeting_edit": "What was called off stays as it was.",
        "meeting_cancel": "Only what lies ahead can be called off.",
    }[page]
    assert words in shown
    assert words in said
    assert Meeting.objects.filter(pk=meeting.pk).values().get() == before


@pytest.mark.parametrize(
    "page", ["meeting_accept", "meeting_propose", "meeting_move", "meeting_edit"]
)
def test_arranges_nothing_with_somebody_who_was_erased(ana, ana_client, page):
    meeting = MeetingFactory(student=ana, contact=ContactFactory(student=ana, erased=True))
    assert ana_client.get(reverse(page, args=[meeting.pk])).status_code == 404
    assert ana_client.post(reverse(page, args=[meeting.pk]), FORMS[page]).status_code == 404
    new = reverse("meeting_new", args=[meeting.contact_id])
    assert ana_client.get(new).status_code == 404
    shown = ana_client.get(reverse("meeting", args=[meeting.pk])).text
    assert "/move/" not in shown
    assert "/prepare/" not in shown
    assert "/cancel/" in shown


def test_keeps_to_the_clock_of_the_student_who_is_away(ana, ana_client, rosa):
    ana.user.time_zone = "Asia/Tokyo"
    ana.user.save()
    meet(ana_client, rosa, **AGREED)
    assert Meeting.objects.get().starts_at == datetime(2025, 10, 20, 6, 0, tzinfo=UTC)
    assert Meeting.objects.get().starts_at > NOW
