from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.contacts.models import Introduction, Source
from apps.journal.stages import Stage
from apps.journal.story import Kind, Story
from apps.meetings.models import Mode, Status
from apps.outreach.models import Channel, Reply
from tests.clock import NOW, TODAY, ago, ahead
from tests.contacts.factories import ContactFactory, WishFactory
from tests.meetings.factories import MeetingFactory
from tests.outcomes.factories import OfferFactory
from tests.outreach.factories import AttemptFactory, CooldownLiftFactory


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def page_of(client, contact):
    return text_of(client.get(f"/contacts/{contact.pk}/"))


def day(days_ago):
    return TODAY - timedelta(days=days_ago)


@pytest.fixture
def dana(ana):
    return ContactFactory(student=ana, name="Dana Whitfield", listed_on=day(60))


@pytest.fixture
def ruth(ana, dana):
    """Somebody with an event of each kind."""
    ruth = ContactFactory(
        student=ana,
        name="Ruth Adeyemi",
        listed_on=day(40),
        introduced_by=dana,
        introduction=Introduction.EMAIL,
        introduced_on=day(38),
        source=Source.REFERRAL,
    )
    MeetingFactory(contact=dana, held=True, starts_at=ago(days=39))
    AttemptFactory(contact=ruth, sent_at=ago(days=30), channel=Channel.LINKEDIN)
    AttemptFactory(contact=ruth, sent_at=ago(days=22), answered=True)
    MeetingFactory(contact=ruth, starts_at=ago(days=12), status=Status.CANCELLED)
    MeetingFactory(contact=ruth, thanked=True, starts_at=ago(days=10), has_asked_referral=True)
    ContactFactory(
        student=ana,
        name="Priya Raman",
        introduced_by=ruth,
        introduction=Introduction.CALL,
        introduced_on=day(9),
    )
    OfferFactory(contact=ruth, received_on=day(4), organization="Northfield Foods")
    MeetingFactory(contact=ruth, starts_at=ahead(days=6), mode=Mode.VIDEO)
    return ruth


def test_tells_everything_in_order_newest_first(ruth):
    events = Story.of(ruth, now=NOW).events
    assert [(event.kind, event.is_planned) for event in events] == [
        (Kind.MEETING, True),
        (Kind.OFFER, False),
        (Kind.LED_ON, False),
        (Kind.THANKED, False),
        (Kind.MEETING, False),
        (Kind.MEETING, False),
        (Kind.REPLIED, False),
        (Kind.ASKED, False),
        (Kind.ASKED, False),
        (Kind.INTRODUCED, False),
        (Kind.LISTED, False),
    ]


def test_shows_each_kind_of_event_in_words(ana_client, ruth):
    page = page_of(ana_client, ruth)
    for words in [
        "Put on your list",
        "<strong>Introduced by <a",
        "Wrote an e-mail, the day after you met.",
        "LinkedIn, 11:00 am. <a",
        "They answered: yes",
        "Cancelled",
        "<strong>You talked</strong></a> <p>In person, 11:00 am, 30 min. "
        "You asked who else to speak with.",
        "You sent a thank-you",
        "<strong>Introduced you to <a",
        "Called, the day after you met.",
        "Internship offered: Northfield Foods",
        "Through Ruth Adeyemi. Open.",
        "Planned: meet</span></a> <p>Video",
    ]:
        assert words in page
    assert page.count('class="pin next"') == 1
    assert page.count('class="pin talk"') == 1


def test_shows_proposed_times_as_a_plan_and_not_as_agreed(ana, ana_client):
    contact = ContactFactory(student=ana, time_zone="Europe/Madrid")
    meeting = MeetingFactory(contact=contact, proposed=True)
    page = page_of(ana_client, contact)
    assert f'href="/meetings/{meeting.pk}/"><span class="ch-2nd">Times proposed</span>' in page
    assert "In person, first 11:00 am (5:00 pm in Madrid), 30 min." in page
    assert page.count('class="pin next"') == 1
    assert "Your talk on" not in page


def test_leads_from_a_contact_to_a_conversation(ana, ana_client):
    contact = ContactFactory(student=ana)
    assert f'href="/contacts/{contact.pk}/meet/"' in page_of(ana_client, contact)


def test_shows_an_agreed_talk_on_both_clocks(ana, ana_client):
    contact = ContactFactory(student=ana, time_zone="Asia/Tokyo")
    MeetingFactory(contact=contact)
    page = page_of(ana_client, contact)
    assert "Your talk on Friday, October 17, 11:00 am (Saturday, October 18, 12:00 am in" in page


def test_puts_the_events_of_one_day_in_the_order_they_can_only_have_had(ana, dana):
    contact = ContactFactory(
        student=ana, listed_on=TODAY, introduced_by=dana, introduced_on=TODAY, name="Imani Brooks"
    )
    AttemptFactory(contact=contact, sent_at=ago(hours=2), replied_at=ago(hours=2), reply=Reply.YES)
    kinds = [event.kind for event in Story.of(contact, now=NOW).events]
    assert kinds == [Kind.REPLIED, Kind.ASKED, Kind.INTRODUCED, Kind.LISTED]


def test_says_a_day_on_the_students_own_clock(ana, ana_client):
    attempt = AttemptFactory(student=ana, sent_at=ago(days=3, hours=12))  # 3 am in London
    assert Story.of(attempt.contact, now=NOW).events[0].on == day(4)
    ana.user.time_zone = "Europe/London"
    ana.user.save()
    attempt.contact.student.refresh_from_db()
    assert Story.of(attempt.contact, now=NOW).events[0].on == day(3)
    assert "E-mail, 4:00 am." in page_of(ana_client, attempt.contact)


def test_says_that_no_reply_came_to_the_latest_note_only(ana, ana_client):
    contact = ContactFactory(student=ana)
    AttemptFactory(contact=contact, sent_at=ago(days=20))
    latest = AttemptFactory(contact=contact, sent_at=ago(days=3))
    assert page_of(ana_client, contact).count("No reply yet.") == 1
    assert Story.of(contact, now=NOW).unanswered == latest
    MeetingFactory(contact=contact, held=True, starts_at=ago(days=1))
    assert Story.of(contact, now=NOW).unanswered is None


def test_asks_how_it_went_once_an_agreed_talk_has_passed(ana, ana_client):
    meeting = MeetingFactory(student=ana, begun=True)
    page = page_of(ana_client, meeting.contact)
    assert "<strong>Agreed</strong>" in page
    assert "Say on Today how it went." in page
    assert "Planned" not in page


def test_admits_that_the_day_of_an_introduction_was_not_noted(ana, ana_client, dana):
    contact = ContactFactory(student=ana, introduced_by=dana)
    event = Story.of(contact, now=NOW).events[0]
    assert (event.kind, event.on, event.days_after) == (Kind.INTRODUCED, contact.listed_on, None)
    assert "The day was not noted" in page_of(ana_client, contact)


def test_counts_the_days_from_the_last_talk_before_an_introduction(ana, dana):
    contact = ContactFactory(student=ana, introduced_by=dana, introduced_on=day(5))
    for days_ago in (30, 9, 2):
        MeetingFactory(contact=dana, held=True, starts_at=ago(days=days_ago))
    MeetingFactory(contact=dana, starts_at=ago(days=6), status=Status.NO_SHOW)
    assert Story.of(contact, now=NOW).introduced_days_after == 4


def test_traces_an_offer_back_along_the_introductions(ana, ana_client, dana, ruth):
    offer = OfferFactory(
        contact=ContactFactory(student=ana, name="Gabriel Moreno", introduced_by=ruth)
    )
    OfferFactory(student=ana, through_contact=True)
    story = Story.of(dana, now=NOW)
    assert offer in story.offers
    assert len(story.offers) == 2
    page = page_of(ana_client, dana)
    assert "Gabriel Moreno</a>, to whom Dana Whitfield led you. Open." in page


def test_names_who_introduced_whom_up_the_chain(ana, ana_client, ruth):
    page = page_of(ana_client, ruth)
    chain = page[page.index('<ol class="ch-chain">') : page.index("</ol>")]
    assert chain.index("Dana Whitfield</a>") < chain.index("<strong>Ruth Adeyemi</strong>")
    assert "Wrote an e-mail, September 7, 2025, the day after you met" in page


def test_cuts_a_very_long_chain_and_says_so(ana, ana_client):
    contact = ContactFactory(student=ana, name="First of all")
    for _ in range(9):
        contact = ContactFactory(student=ana, introduced_by=contact)
    story = Story.of(contact, now=NOW)
    assert len(story.chain) == 8
    assert story.is_chain_longer
    page = page_of(ana_client, contact)
    assert "First of all" not in page
    assert "Others</span>" in page


def test_reminds_of_the_last_talk_and_word_and_of_what_waits(ana_client, ruth):
    MeetingFactory(contact=ruth, practice=True, starts_at=ago(days=3))
    page = page_of(ana_client, ruth)
    card = page[page.index('id="recall"') : page.index('id="note"')]
    assert "<dt>Last talk</dt><dd>October 12, 2025, in person, for practice</dd>" in card
    assert "<dt>Last word from them</dt><dd>Yes, September 25, 2025</dd>" in card
    assert "Priya Raman</a>" in card
    assert "<dd>Send a thank-you" in card
    assert "Your talk on Tuesday, October 21, 11:00 am" in card


def test_keeps_the_steps_of_other_people_off_the_card(ana, dana):
    MeetingFactory(contact=dana, held=True)
    other = MeetingFactory(student=ana, held=True)
    assert {step.subject for step in Story.of(other.contact, now=NOW).steps} == {other.pk}


def test_says_how_to_reach_somebody_and_links_only_what_is_safe(ana, ana_client):
    contact = ContactFactory(
        student=ana,
        email="ruth+work@northfield.example",
        more_emails=["r@home.example"],
        phones=["+1 (555) 010-0199", "ask the desk"],
        links=["https://www.linkedin.example/in/ruth/", "javascript:alert(1)"],
        time_zone="America/Chicago",
        preferred_times="mornings",
    )
    assert [(way.words, way.url) for way in Story.of(contact, now=NOW).ways] == [
        ("ruth+work@northfield.example", "mailto:ruth+work@northfield.example"),
        ("r@home.example", "mailto:r@home.example"),
        ("+1 (555) 010-0199", "tel:+15550100199"),
        ("ask the desk", ""),
        ("linkedin.example/in/ruth", "https://www.linkedin.example/in/ruth/"),
        ("javascript:alert(1)", ""),
    ]
    page = page_of(ana_client, contact)
    assert "Best: mornings (America/Chicago)" in page
    assert "No way to reach them yet" not in page


def test_flags_somebody_whom_nothing_reaches(ana, ana_client):
    contact = ContactFactory(student=ana, email="", flagged_emails=["ruth at northfield"])
    page = page_of(ana_client, contact)
    assert "No way to reach them yet" in page
    assert "No address that works: ruth at northfield" in page


def test_teaches_how_to_begin_where_nothing_has_passed(ana, ana_client):
    page = page_of(ana_client, ContactFactory(student=ana))
    assert "It begins with a short note" in page
    assert "Nothing has passed between you yet." in page


def test_shows_the_private_note_with_a_way_to_edit_it(ana, ana_client):
    contact = ContactFactory(student=ana, note="Likes <b>sailing</b>")
    page = page_of(ana_client, contact)
    assert "Likes &lt;b&gt;sailing&lt;/b&gt;" in page
    assert f'href="/contacts/{contact.pk}/edit/#id_note"' in page


def test_offers_to_log_a_note_to_edit_and_to_let_rest(ana, ana_client):
    contact = ContactFactory(student=ana)
    page = page_of(ana_client, contact)
    assert f'href="/contacts/{contact.pk}/notes/new/"' in page
    assert f'href="/contacts/{contact.pk}/edit/"' in page
    assert f'action="/contacts/{contact.pk}/archive/"' in page
    contact.archived_at = NOW
    contact.save()
    page = page_of(ana_client, contact)
    assert f'action="/contacts/{contact.pk}/restore/"' in page
    assert Story.of(contact, now=NOW).stage == Stage.RESTING


def test_tells_before_the_student_writes_what_the_person_wishes(ana, ana_client):
    contact = ContactFactory(student=ana, email="ruth@northfield.example")
    WishFactory(key="ruth@northfield.example", never=True)
    page = page_of(ana_client, contact)
    assert "They have asked not to be contacted." in page
    assert "Log a note" not in page


def test_keeps_what_happened_with_somebody_who_was_erased(ana, ana_client):
    contact = ContactFactory(student=ana, erased=True)
    MeetingFactory(contact=contact, held=True)
    page = page_of(ana_client, contact)
    assert "<strong>You talked</strong>" in page
    assert "/edit/" not in page
    assert "/notes/new/" not in page
    assert "/archive/" not in page


def test_hides_a_contact_from_everybody_else(ben_client, counselor_client, dana):
    url = f"/contacts/{dana.pk}/"
    assert ben_client.get(url).status_code == 404
    assert counselor_client.get(url).status_code == 403


def test_asks_the_database_as_often_for_a_long_story(ana, ana_client, ruth):
    def queries():
        with CaptureQueriesContext(connection) as page:
            page_of(ana_client, ruth)
        with CaptureQueriesContext(connection) as story:
            Story.of(ruth, now=NOW)
        return len(page), len(story)

    queries()  # what is looked up once and kept
    few = queries()
    assert few[1] <= 12
    for number in range(1, 10):
        AttemptFactory(contact=ruth, sent_at=ago(days=30 + number), answered=True)
        MeetingFactory(contact=ruth, held=True)
        MeetingFactory(contact=ruth, starts_at=ahead(days=number))
        CooldownLiftFactory(contact=ruth)
        led_to = ContactFactory(student=ana, introduced_by=ruth)
        OfferFactory(contact=ContactFactory(student=ana, introduced_by=led_to))
    assert queries() == few
