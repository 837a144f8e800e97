"""The list of meetings, and the page of each with what can be done now."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from apps.meetings.agenda import PER_PAGE, Agenda
from apps.meetings.models import Status
from tests.clock import NOW, ago, ahead
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import DebriefFactory, MeetingFactory

PAGES = ["accept", "propose", "prepare", "talk", "ics", "outcome", "debrief", "thank"]
PAGES += ["move", "edit", "cancel"]


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.text.split())


def page_of(client, meeting):
    return text_of(client.get(reverse("meeting", args=[meeting.pk])))


def links_in(page, meeting):
    """Return the names of the pages about a meeting to which its page leads."""
    urls = {name: reverse(f"meeting_{name}", args=[meeting.pk]) for name in PAGES}
    return {
        name for name, url in urls.items() if f'href="{url}"' in page or f'action="{url}"' in page
    }


def test_sorts_conversations_by_what_they_want_now(ana):
    def meet(**values):
        return MeetingFactory(student=ana, **values)

    agreed, proposed = meet(starts_at=ahead(days=4)), meet(proposed=True, starts_at=ahead(days=3))
    running, unanswered = (
        meet(starts_at=ago(minutes=29)),
        meet(proposed=True, starts_at=ago(days=9)),
    )
    ahead_of = [unanswered, running, proposed, agreed]
    just_over = meet(starts_at=ago(minutes=30))
    to_thank, begun = meet(held=True, starts_at=ago(days=5)), meet(begun=True)
    practice = meet(practice=True, starts_at=ago(days=6))
    thanked, draft = meet(thanked=True), meet(thanked=True, starts_at=ago(days=4))
    DebriefFactory(meeting=draft, draft=True)
    open_ones = [practice, to_thank, draft, begun, thanked, just_over]
    done = meet(thanked=True, starts_at=ago(days=2))
    DebriefFactory(meeting=done)
    old = [meet(held=True, starts_at=ago(days=40)), meet(starts_at=ago(days=41))]
    off = [meet(missed=True, starts_at=ago(days=42)), meet(cancelled=True, starts_at=ago(days=43))]
    MeetingFactory()  # somebody else's
    agenda = Agenda.of(ana, now=NOW)
    assert agenda.ahead == ahead_of
    assert sorted(agenda.open, key=lambda row: row.pk) == sorted(open_ones, key=lambda row: row.pk)
    assert [*agenda.past] == [done, *old, *off]


def test_a_conversation_called_off_lies_behind_whenever_it_was(ana):
    called_off = MeetingFactory(student=ana, cancelled=True)
    agenda = Agenda.of(ana, now=NOW)
    assert (agenda.ahead, agenda.open, [*agenda.past]) == ([], [], [called_off])


def test_asks_nothing_more_about_somebody_who_was_erased(ana):
    erased = ContactFactory(student=ana, erased=True)
    meeting = MeetingFactory(contact=erased, held=True)
    agenda = Agenda.of(ana, now=NOW)
    assert (agenda.open, [*agenda.past]) == ([], [meeting])


def test_shows_the_past_page_by_page(ana, ana_client):
    for days in range(PER_PAGE + 1):
        MeetingFactory(
            student=ana,
            missed=True,
            starts_at=ago(days=days + 1),
            contact__name=f"Person {days:02}",
        )
    first, last = (text_of(ana_client.get("/meetings/", {"page": page})) for page in ("", "99"))
    assert "Page 1 of 2" in first
    assert "Person 00" in first
    assert "Person 20" not in first
    assert "Person 20" in last


def test_says_how_each_conversation_stands(ana, ana_client):
    MeetingFactory(student=ana, proposed=True)
    MeetingFactory(student=ana, is_ready=True)
    MeetingFactory(student=ana, is_practice=True)
    MeetingFactory(student=ana, begun=True, contact__name="Dana Whitfield")
    MeetingFactory(student=ana, held=True, contact__name="Wen Li")
    MeetingFactory(student=ana, starts_at=ago(days=50))
    page = text_of(ana_client.get("/meetings/"))
    for words in (
        "First of 3 times proposed",
        "Ready</span>",
        "Not ready yet",
        "Practice</span>",
        'Say how it went<span class="visually-hidden"> with Dana Whitfield',
        'Thank<span class="visually-hidden"> Wen Li',
        'Debrief<span class="visually-hidden"> the conversation with Wen Li',
        "Not said how it went",
        'href="/meetings/" aria-current="page"',
    ):
        assert words in page


def test_teaches_how_to_begin_where_there_is_nothing_yet(ana_client):
    page = text_of(ana_client.get("/meetings/"))
    assert "The first one is the hardest" in page
    assert 'href="/contacts/">Choose somebody' in page


@pytest.mark.parametrize(
    ("state", "links"),
    [
        ({"proposed": True}, {"accept", "propose", "prepare", "edit", "cancel"}),
        ({}, {"prepare", "talk", "ics", "move", "edit", "cancel"}),
        ({"starts_at": NOW}, {"prepare", "talk", "outcome", "move", "edit", "cancel"}),
        ({"begun": True}, {"outcome", "move", "edit", "cancel"}),
        ({"held": True}, {"debrief", "thank", "edit", "outcome"}),
        ({"thanked": True}, {"debrief", "edit"}),
        ({"missed": True}, {"move", "edit", "outcome"}),
        ({"cancelled": True}, set()),
    ],
)
def test_offers_what_can_be_done_now(ana, ana_client, state, links):
    meeting = MeetingFactory(student=ana, **state)
    assert links_in(page_of(ana_client, meeting), meeting) == links


def test_leads_from_what_was_called_off_to_a_new_one(ana, ana_client):
    meeting = MeetingFactory(student=ana, cancelled=True)
    assert f'href="/contacts/{meeting.contact_id}/meet/"' in page_of(ana_client, meeting)


def test_shows_when_how_and_where(ana, ana_client):
    meeting = MeetingFactory(
        student=ana,
        contact__time_zone="Europe/Madrid",
        mode="video",
        mode_reason="She lives in Madrid",
        place="https://meet.example/rosa",
        is_practice=True,
    )
    page = page_of(ana_client, meeting)
    for words in (
        "Friday, October 17, 2025, 11:00 am</time>",
        "5:00 pm in Madrid",
        "Video, 30 minutes",
        "She lives in Madrid",
        'href="https://meet.example/rosa"',
        "Counts apart",
    ):
        assert words in page


def test_says_so_when_the_proposed_times_have_passed(ana, ana_client):
    meeting = MeetingFactory(student=ana, proposed=True, starts_at=ago(days=9))
    assert "These times have passed." in page_of(ana_client, meeting)
    meeting = MeetingFactory(student=ana, proposed=True, starts_at=ago(days=1))
    assert "You have proposed some times." in page_of(ana_client, meeting)


@pytest.mark.parametrize(
    ("was_held", "page", "status"),
    [("yes", "meeting_debrief", Status.HELD), ("no", "meeting", Status.NO_SHOW)],
)
def test_goes_on_with_the_conversation_one_looks_at(ana, ana_client, was_held, page, status):
    meeting = MeetingFactory(student=ana, begun=True)
    url = reverse("meeting_outcome", args=[meeting.pk])
    response = ana_client.post(url, {"was_held": was_held, "goes_on": "yes"})
    assert response.url == reverse(page, args=[meeting.pk])
    meeting.refresh_from_db()
    assert meeting.status == status


def test_stays_with_the_conversation_when_nothing_was_said_or_it_cannot_be(ana, ana_client):
    meeting = MeetingFactory(student=ana)
    url = reverse("meeting_outcome", args=[meeting.pk])
    for said, words in (
        ({}, "Say whether the conversation took place."),
        ({"was_held": "yes"}, "This conversation has not begun yet."),
    ):
        response = ana_client.post(url, {"goes_on": "yes", **said})
        assert response.url == reverse("meeting", args=[meeting.pk])
        *_, message = get_messages(response.wsgi_request)
        assert str(message) == words


def test_nobody_else_sees_a_conversation(ana, ben_client, counselor_client):
    meeting = MeetingFactory(student=ana)
    for page in ("meeting", "meeting_move", "meeting_edit", "meeting_cancel"):
        url = reverse(page, args=[meeting.pk])
        assert ben_client.get(url).status_code == 404
        assert counselor_client.get(url).status_code == 403
