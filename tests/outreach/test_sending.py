"""Sending a note from one's own mailbox, and one tap to say so."""

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import unquote

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from apps.contacts.models import Contact
from apps.outreach.actions import drafts as actions
from apps.outreach.actions.attempts import erase_from_all_lists
from apps.outreach.models import (
    Attempt,
    Channel,
    ContactLink,
    Draft,
    NoteKind,
    Touch,
    TouchKind,
)
from apps.outreach.notes import note_to
from apps.students.models import Student
from tests.accounts.factories import UserFactory
from tests.clock import NOW, ago
from tests.contacts.factories import ContactFactory, WishFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import (
    AttemptFactory,
    DraftFactory,
    TemplateVersionFactory,
    TouchFactory,
)

pytestmark = pytest.mark.django_db

ADDRESS = "ruth@northfield.example"
TEXT = "Hi Ruth, could we talk for 20 minutes this week? Any time works. Ana"


@pytest.fixture
def ruth(ana: Student) -> Contact:
    return ContactFactory(student=ana, name="Ruth Adeyemi", email=ADDRESS)


@pytest.fixture
def draft(ruth: Contact) -> Draft:
    return DraftFactory(contact=ruth, subject="Labels", parts={"body": TEXT})


def url(contact: Contact, kind: str = "first_note") -> str:
    return f"/contacts/{contact.pk}/write/send/?kind={kind}"


def page(client: Client, contact: Contact, kind: str = "first_note") -> str:
    response = client.get(url(contact, kind))
    assert response.status_code == 200
    return unescape(response.text)


def say_sent(client: Client, contact: Contact, kind: str = "first_note", **said: object):
    data = {"do": "sent", "revision": 1, "channel": "email", **said}
    return client.post(url(contact, kind), data)


def word_of(response) -> str:
    *_, message = get_messages(response.wsgi_request)
    return str(message)


class TestPage:
    def test_shows_the_whole_text_and_the_ways_to_send_it(self, ana_client, ruth, draft) -> None:
        html = page(ana_client, ruth)
        assert f'id="whole-text">{TEXT}</div>' in html
        assert "Calm and professional." in html
        links = re.findall(r'href="((?:mailto|https:)[^"]+)"([^>]*)', html)
        assert [link.partition("?")[0] for link, _ in links] == [
            f"mailto:{ADDRESS}",
            "https://mail.google.com/mail/",
            "https://outlook.office.com/mail/deeplink/compose",
        ]
        assert all(TEXT in unquote(link) for link, _ in links)
        for _, attributes in links[1:]:
            assert 'target="_blank" rel="noopener noreferrer"' in attributes

    def test_a_note_too_long_for_a_link_is_to_be_copied(self, ana_client, ruth) -> None:
        DraftFactory(contact=ruth, parts={"body": "A word. " * 400})
        html = page(ana_client, ruth)
        assert "mailto:" not in html
        assert "Copy the text instead." in html

    def test_without_an_address_there_is_the_text(self, ana_client, ruth, draft) -> None:
        Contact.objects.update(email="", phones=["555 0100"])
        html = page(ana_client, ruth)
        assert "mailto:" not in html
        assert "You have no e-mail for Ruth Adeyemi." in html
        assert "If you call" in html

    def test_there_is_nothing_to_send_without_a_draft(self, ana_client, ruth) -> None:
        assert ana_client.get(url(ruth)).url == f"/contacts/{ruth.pk}/"
        assert ana_client.get(url(ruth, "pigeon")).status_code == 404

    def test_a_call_reminds_of_the_first_note(self, ana_client, ruth) -> None:
        AttemptFactory(contact=ruth, sent_at=ago(days=9), text="May I ask?")
        DraftFactory(contact=ruth, kind=NoteKind.FOLLOW_UP)
        Contact.objects.update(phones=["555 0100"])
        assert "“I wrote to you on October 6.”" in page(ana_client, ruth, "follow_up")


class TestSent:
    def test_one_tap_keeps_text_time_and_channel(self, ana_client, ana, ruth) -> None:
        version = TemplateVersionFactory()
        parts = {"greeting": "Hi Ruth,", "why_you": "I read your book.", "small_ask": "Talk?"}
        parts["sign_off"] = ""
        DraftFactory(contact=ruth, template_version=version, subject="Labels", parts=parts)
        response = say_sent(ana_client, ruth)
        assert response.url == f"/contacts/{ruth.pk}/"
        assert word_of(response) == (
            "Noted: you wrote to Ruth Adeyemi. "
            "If nothing comes back, Today reminds you on Wednesday, October 22."
        )
        attempt = Attempt.objects.get()
        assert (attempt.contact, attempt.student) == (ruth, ana)
        assert (attempt.sent_at, attempt.channel) == (NOW, Channel.EMAIL)
        assert (attempt.kind, attempt.subject) == (NoteKind.FIRST_NOTE, "Labels")
        assert attempt.text == "Hi Ruth,\n\nI read your book. Talk?"
        assert attempt.template_version == version
        assert not Draft.objects.exists()

    def test_a_second_tap_changes_nothing(self, ana_client, ruth, draft) -> None:
        for _ in range(2):
            assert say_sent(ana_client, ruth).url == f"/contacts/{ruth.pk}/"
        assert Attempt.objects.count() == 1

    def test_two_taps_at_once_write_one_note(self, ruth, draft) -> None:
        note = note_to(ruth, NoteKind.FIRST_NOTE, now=NOW)  # both requests have read the draft
        said = {"note": note, "revision": 1, "channel": Channel.EMAIL, "now": NOW}
        assert actions.record_sent(sent_at=ago(seconds=1), **said)
        assert not actions.record_sent(sent_at=NOW, **said)
        assert Attempt.objects.count() == 1

    def test_it_may_have_been_earlier_on_the_students_clock(
        self, ana_client, ana, ruth, draft
    ) -> None:
        ana.user.time_zone = "Asia/Tokyo"
        ana.user.save()
        say_sent(ana_client, ruth, channel="linkedin", sent_on="2025-10-14", sent_time="09:30")
        attempt = Attempt.objects.get()
        assert attempt.sent_at == datetime(2025, 10, 14, 0, 30, tzinfo=UTC)
        assert attempt.channel == Channel.LINKEDIN

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"sent_on": "2025-10-15", "sent_time": "11:01"}, "This is still to come."),
            ({"sent_on": "0001-01-01", "sent_time": "11:01"}, "Please look at the day again"),
            ({"sent_on": "2025-10-14"}, "Give both, or neither for just now."),
            ({"sent_time": "11:00"}, "Give both, or neither for just now."),
            ({"channel": "pigeon"}, "Select a valid choice"),
            ({"revision": 7}, "Something has changed since you opened this."),
        ],
    )
    def test_asks_again_where_something_cannot_be(
        self, ana_client, ruth, draft, said, words
    ) -> None:
        response = say_sent(ana_client, ruth, **said)
        assert response.status_code == 200
        assert words in response.text
        assert (Attempt.objects.count(), Draft.objects.count()) == (0, 1)

    def test_after_the_last_note_nothing_is_promised(self, ana_client, cohort, ruth) -> None:
        cohort.most_attempts = 1
        cohort.save()
        DraftFactory(contact=ruth)
        assert word_of(say_sent(ana_client, ruth)).endswith("Now it is their turn.")


class TestWhatAsksForNothing:
    @pytest.mark.parametrize(
        ("kind", "touch"),
        [
            ("keep_in_touch", TouchKind.UPDATE),
            ("landed", TouchKind.LANDED),
            ("confirmation", TouchKind.MESSAGE),
            ("thank_you", TouchKind.MESSAGE),
        ],
    )
    def test_is_kept_as_a_touch(self, ana_client, ana, ruth, kind, touch) -> None:
        version = TemplateVersionFactory(template__kind=kind, slots=[])
        draft = DraftFactory(contact=ruth, kind=kind, template_version=version)
        say_sent(ana_client, ruth, kind)
        kept = Touch.objects.get()
        assert (kept.contact, kept.student, kept.kind) == (ruth, ana, touch)
        assert (kept.happened_at, kept.subject) == (NOW, draft.subject)
        assert kept.template_version == version
        assert not Attempt.objects.exists()
        assert not Draft.objects.exists()

    def test_thanks_are_noted_at_the_conversation(self, ana_client, ruth) -> None:
        older = MeetingFactory(contact=ruth, thanked=True)
        meeting = MeetingFactory(contact=ruth, held=True, starts_at=ago(hours=3))
        DraftFactory(contact=ruth, kind=NoteKind.THANK_YOU)
        before = older.thank_you_sent_at
        say_sent(ana_client, ruth, "thank_you")
        for row in (older, meeting):
            row.refresh_from_db()
        assert (older.thank_you_sent_at, meeting.thank_you_sent_at) == (before, NOW)
        assert not Touch.objects.exists()

    def test_thanks_before_the_conversation_are_asked_about(self, ana_client, ruth) -> None:
        MeetingFactory(contact=ruth, held=True, starts_at=ago(hours=3))
        DraftFactory(contact=ruth, kind=NoteKind.THANK_YOU)
        response = say_sent(ana_client, ruth, "thank_you", sent_on="2025-10-14", sent_time="09:30")
        assert "A thank-you goes out after the conversation began" in response.text
        assert Draft.objects.exists()

    def test_nobody_else_counts_against_it(self, ana_client, ruth, ben) -> None:
        AttemptFactory(contact=ContactFactory(student=ben, email=ADDRESS))
        DraftFactory(contact=ruth, kind=NoteKind.KEEP_IN_TOUCH)
        assert "wrote to them recently" not in page(ana_client, ruth, "keep_in_touch")
        assert say_sent(ana_client, ruth, "keep_in_touch").status_code == 302

    def test_a_pause_is_told_and_wants_no_reason(self, ana_client, ruth) -> None:
        WishFactory(key=ADDRESS, paused=True)
        DraftFactory(contact=ruth, kind=NoteKind.KEEP_IN_TOUCH)
        assert "They have asked for a pause." in page(ana_client, ruth, "keep_in_touch")
        assert say_sent(ana_client, ruth, "keep_in_touch").status_code == 302


class TestProtection:
    def test_a_warning_asks_for_a_reason_and_blocks_nothing(
        self, ana_client, ruth, draft, ben
    ) -> None:
        AttemptFactory(contact=ContactFactory(student=ben, email=ADDRESS))
        assert "Somebody from the programme wrote to them recently." in page(ana_client, ruth)
        assert say_sent(ana_client, ruth).status_code == 200
        assert not ruth.attempts.exists()
        assert say_sent(ana_client, ruth, reason="She is my neighbor.").status_code == 302
        assert ruth.attempts.get().reason == "She is my neighbor."

    @pytest.mark.parametrize("kind", ["first_note", "keep_in_touch"])
    def test_whoever_wants_to_be_left_alone_is(self, ana_client, ruth, kind) -> None:
        DraftFactory(contact=ruth, kind=kind)
        note = note_to(ruth, NoteKind(kind), now=NOW)
        WishFactory(key=ADDRESS, never=True)
        assert ana_client.get(url(ruth, kind)).url == f"/contacts/{ruth.pk}/"
        say_sent(ana_client, ruth, kind, reason="please")
        with pytest.raises(actions.BetterToWait):
            actions.record_sent(
                note=note, revision=1, channel=Channel.EMAIL, sent_at=NOW, reason="please", now=NOW
            )
        assert (Attempt.objects.count(), Touch.objects.count()) == (0, 0)


class TestManyNewPeople:
    @pytest.fixture(autouse=True)
    def _two_a_week(self, cohort) -> None:
        cohort.most_asks_a_week = 2
        cohort.save()

    def ask(self, ana: Student, *days: float) -> None:
        for day in days:
            AttemptFactory(student=ana, sent_at=ago(days=day))

    def test_is_told_kindly_and_may_give_a_reason(self, ana_client, ana, ruth, draft) -> None:
        self.ask(ana, 2, 5)
        html = page(ana_client, ruth)
        assert "You have asked many new people in the last seven days." in html
        assert "From October 18 on there is room for the next." in html
        assert say_sent(ana_client, ruth).status_code == 200
        assert say_sent(ana_client, ruth, reason="A fair next week.").status_code == 302
        assert ruth.attempts.get().reason == "A fair next week."

    @pytest.mark.parametrize("days", [(), (2,), (2, 7), (2, 30)])
    def test_counts_seven_days(self, ana_client, ana, ruth, draft, days) -> None:
        self.ask(ana, *days)
        assert "many new people" not in page(ana_client, ruth)

    def test_counts_people_not_notes(self, ana_client, ana, ruth, draft) -> None:
        self.ask(ana, 2)
        first = Attempt.objects.get()
        AttemptFactory(contact=first.contact, sent_at=ago(days=1))
        AttemptFactory(contact=AttemptFactory(student=ana, sent_at=ago(days=20)).contact)
        assert "many new people" not in page(ana_client, ruth)

    def test_a_follow_up_asks_nobody_new(self, ana_client, ana, ruth) -> None:
        self.ask(ana, 1, 2, 3)
        AttemptFactory(contact=ruth, sent_at=ago(days=9))
        DraftFactory(contact=ruth, kind=NoteKind.FOLLOW_UP)
        assert "many new people" not in page(ana_client, ruth, "follow_up")

    def test_other_students_do_not_count(self, ana_client, ruth, draft) -> None:
        AttemptFactory.create_batch(3, sent_at=ago(days=1))
        assert "many new people" not in page(ana_client, ruth)


class TestOwnLink:
    def test_stands_in_the_text_once_and_nowhere_else(self, ana_client, ruth) -> None:
        version = TemplateVersionFactory()
        parts = {"greeting": "Hi Ruth,", "why_you": "I read.", "small_ask": "Talk?"}
        DraftFactory(contact=ruth, template_version=version, parts={**parts, "sign_off": "Ana O."})
        response = ana_client.post(url(ruth), {"do": "link"})
        html = unescape(response.text)
        assert ContactLink.objects.get().contact == ruth
        (address,) = set(re.findall(r"https?://[^\s/]+/c/[\w-]{43}/", unquote(html)))
        text = re.search(r'id="whole-text">(.*?)</div>', html, re.DOTALL)
        assert text
        assert text[1] == (
            "Hi Ruth,\n\nI read. Talk?\n\n"
            f"If it is easier, you can answer here, without an account: {address}\n\nAna O."
        )
        assert "/c/" not in page(ana_client, ruth)
        say_sent(ana_client, ruth)
        assert "/c/" not in Attempt.objects.get().text

    def test_the_one_before_opens_nothing_any_more(self, ana_client, ruth, draft) -> None:
        for _ in range(2):
            ana_client.post(url(ruth), {"do": "link"})
        assert ContactLink.objects.usable(NOW).count() == 1

    def test_an_address_that_was_pasted_is_not_kept(self, ana_client, ruth) -> None:
        secret = "https://careerhub.example/c/Qm9-rV_kT3xL8sWz1yNcUe5HdJ2pGa7Fb4iOoXtRq6E/"
        DraftFactory(contact=ruth, parts={"body": f"{TEXT}\n{secret}"})
        say_sent(ana_client, ruth)
        assert Attempt.objects.get().text == f"{TEXT}\n(link)"


def test_an_erasure_leaves_none_of_the_words(ruth: Contact, draft: Draft) -> None:
    attempt = AttemptFactory(contact=ruth, subject="Labels", text=TEXT)
    touch = TouchFactory(contact=ruth, subject="News", text="I moved.")
    other = AttemptFactory(student=ruth.student, text=TEXT)
    kept = DraftFactory(contact=other.contact)
    erase_from_all_lists(keys=[ADDRESS], by=UserFactory(administrator=True), now=NOW)
    for row in (attempt, touch, other):
        row.refresh_from_db()
    assert (attempt.subject, attempt.text, touch.subject, touch.text) == ("", "", "", "")
    assert other.text == TEXT
    assert Draft.objects.get() == kept


def test_nothing_is_saved_about_somebody_who_was_erased_meanwhile(ruth: Contact) -> None:
    note = note_to(ruth, NoteKind.FIRST_NOTE, now=NOW)
    erase_from_all_lists(keys=[ADDRESS], by=UserFactory(administrator=True), now=NOW)
    with pytest.raises(actions.StaleText):
        actions.save_draft(note=note, subject="", parts={"body": TEXT}, revision=0, now=NOW)
    assert not Draft.objects.exists()
