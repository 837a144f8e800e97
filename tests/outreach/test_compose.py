"""The page for writing a note: what it begins with, what it keeps, what it asks for."""

import re
from html import unescape

import pytest
from django.test import Client

from apps.contacts.models import Closeness, Contact
from apps.outreach.models import Attempt, Draft, NoteKind, NoteTemplate, TemplateVersion
from apps.students.models import Student
from tests.clock import NOW, ago
from tests.contacts.factories import ContactFactory, WishFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import (
    AttemptFactory,
    DraftFactory,
    NoteTemplateFactory,
    TemplateVersionFactory,
)
from tests.students.factories import AccomplishmentFactory

pytestmark = pytest.mark.django_db

PARTS = {
    "greeting": "Hi Ruth,",
    "why_you": "I read your book on labels, and wonder how Northfield does it.",
    "small_ask": "Could we talk for 20 minutes this week? Any time works.",
    "sign_off": "Ana",
}


@pytest.fixture
def ruth(ana: Student) -> Contact:
    return ContactFactory(
        student=ana,
        name="Ruth Adeyemi",
        given_name="Ruth",
        organization="Northfield",
        closeness=Closeness.STRANGER,
    )


@pytest.fixture
def version(db: None) -> TemplateVersion:
    """The only template that there is."""
    NoteTemplate.objects.update(is_retired=True)
    return TemplateVersionFactory()


def page(client: Client, contact: Contact, kind: str = "first_note", **query: object) -> str:
    more = {"kind": kind, **query} if kind else query
    response = client.get(f"/contacts/{contact.pk}/write/", more)
    assert response.status_code == 200
    return " ".join(unescape(response.text).split())


def write(client: Client, contact: Contact, *, kind: str = "first_note", **data: object):
    """Post the form: parts by their key, the rest by name."""
    parts = {f"part-{key}": text for key, text in data.pop("parts", PARTS).items()}
    headers = data.pop("headers", None)
    url = f"/contacts/{contact.pk}/write/?kind={kind}"
    return client.post(
        url, {"subject": "Labels", "revision": 0, "do": "save", **parts, **data}, headers=headers
    )


def parts_in(html: str) -> dict[str, str]:
    found = re.findall(r'<textarea name="part-(\w+)"[^>]*> ?(.*?)</textarea>', html)
    return {key: text.strip() for key, text in found}


def test_begins_with_the_template_and_what_is_known(
    ana_client: Client, ana: Student, ruth: Contact, version: TemplateVersion
) -> None:
    html = page(ana_client, ruth)
    assert parts_in(html) == {
        "greeting": "Hi Ruth,",
        "why_you": "I read [what they made], and wonder how Northfield does it.",
        "small_ask": "Could we talk for 20 minutes this week? Any time works.",
        "sign_off": ana.name,
    }
    assert 'value="A question about Northfield"' in html
    assert "3 of 4 parts are required." in html
    assert "1 blank is still open." in html
    assert not Draft.objects.exists()


def test_a_name_with_braces_fills_in_nothing(
    ana_client: Client, ruth: Contact, version: TemplateVersion
) -> None:
    ruth.given_name, ruth.organization = "{my_name}", "[their secret] {first_name}"
    ruth.save()
    parts = parts_in(page(ana_client, ruth))
    assert parts["greeting"] == "Hi {my_name},"
    assert parts["why_you"].endswith("wonder how [their secret] {first_name} does it.")
    done = {**parts, "why_you": parts["why_you"].replace("[what they made]", "your book")}
    response = write(ana_client, ruth, parts=done, version=version.pk, do="review")
    assert response.status_code == 302
    assert "/write/send/" in response.url


@pytest.mark.parametrize(
    ("closeness", "name"),
    [
        ("stranger", "Somebody I have never met"),
        ("", "Somebody I have never met"),
        ("knows", "Somebody I have not talked with for a while"),
        ("knows_well", "Somebody I have not talked with for a while"),
    ],
)
def test_suggests_a_template_by_how_well_they_know_each_other(
    ana_client: Client, ruth: Contact, closeness: str, name: str
) -> None:
    ruth.closeness = closeness
    ruth.save()
    assert re.search(rf"<option[^>]* selected>{name}</option>", page(ana_client, ruth))


class TestWhatComesNext:
    def kind(self, client: Client, contact: Contact) -> str:
        found = re.search(r'<h2 id="parts">(.*?)</h2>', page(client, contact, kind=""))
        assert found
        return found[1]

    def test_a_first_note(self, ana_client: Client, ruth: Contact) -> None:
        assert self.kind(ana_client, ruth) == "First note"

    def test_a_note_that_names_who_introduced_them(self, ana_client, ruth) -> None:
        ruth.introduced_by = ContactFactory(student=ruth.student, name="Dana Whitfield")
        ruth.save()
        assert self.kind(ana_client, ruth) == "Introduced by somebody"
        html = page(ana_client, ruth, kind="")
        assert 'value="Dana Whitfield suggested that I write"' in html

    def test_a_follow_up_while_nothing_came_back(self, ana_client, ruth) -> None:
        AttemptFactory(contact=ruth)
        assert self.kind(ana_client, ruth) == "Follow-up"

    def test_a_time_after_a_yes(self, ana_client, ruth) -> None:
        AttemptFactory(contact=ruth, answered=True)
        assert self.kind(ana_client, ruth) == "Request for a time"
        MeetingFactory(contact=ruth)
        assert self.kind(ana_client, ruth) == "Confirmation of a time"

    def test_thanks_after_a_conversation_and_news_after_thanks(self, ana_client, ruth) -> None:
        meeting = MeetingFactory(contact=ruth, held=True)
        assert self.kind(ana_client, ruth) == "Thank-you"
        meeting.thank_you_sent_at = NOW
        meeting.save()
        assert self.kind(ana_client, ruth) == "News to keep in touch"

    def test_what_was_begun_last(self, ana_client, ruth) -> None:
        AttemptFactory(contact=ruth)
        DraftFactory(contact=ruth, kind=NoteKind.FIRST_NOTE, saved_at=ago(days=2))
        DraftFactory(contact=ruth, kind=NoteKind.LANDED)
        assert self.kind(ana_client, ruth) == "I have landed"

    def test_nobody_who_was_erased_is_named(self, ana_client, ruth) -> None:
        ruth.introduced_by = ContactFactory(student=ruth.student, erased=True)
        ruth.save()
        assert self.kind(ana_client, ruth) == "First note"
        html = page(ana_client, ruth, kind="referral_intro")
        assert "[who introduced you] suggested that I write" in html


class TestSaving:
    def test_keeps_the_words_by_part(self, ana_client, ana, ruth, version) -> None:
        response = write(ana_client, ruth, version=version.pk)
        assert response.url == f"/contacts/{ruth.pk}/write/?kind=first_note"
        draft = Draft.objects.get()
        assert (draft.contact, draft.student, draft.kind) == (ruth, ana, NoteKind.FIRST_NOTE)
        assert (draft.subject, draft.parts, draft.template_version) == ("Labels", PARTS, version)
        assert (draft.revision, draft.saved_at) == (1, NOW)
        assert parts_in(page(ana_client, ruth)) == PARTS

    def test_tells_how_it_reads_without_a_script(self, ana_client, ruth, version) -> None:
        parts = {**PARTS, "why_you": "It would be my dream to work at Northfield."}
        write(ana_client, ruth, version=version.pk, parts=parts)
        html = page(ana_client, ruth)
        assert "This may sound desperate." in html
        assert re.search(
            r'<mark class="fix">[^<]*my dream[^<]*</mark><sup class="fix">A</sup>', html
        )
        assert "It turns a conversation into a request." in html
        assert re.search(r"<mark>20 minutes[^<]*</mark><sup>\d</sup>", html)

    def test_a_save_from_an_older_page_changes_nothing_and_shows_both(
        self, ana_client, ruth, version
    ) -> None:
        write(ana_client, ruth, version=version.pk)
        response = write(
            ana_client, ruth, version=version.pk, parts={**PARTS, "why_you": "I saw your talk."}
        )
        assert response.status_code == 409
        html = " ".join(unescape(response.text).split())
        assert "This draft was changed in another tab." in html
        assert f"<dt>Why them</dt><dd>{PARTS['why_you']}</dd>" in html
        assert parts_in(html)["why_you"] == "I saw your talk."
        assert Draft.objects.get().parts == PARTS
        # “Keep mine” begins from the newer one.
        assert '<input type="hidden" name="revision" value="1">' in html
        assert "data-autosave=" not in html

    def test_a_save_that_changes_nothing_is_never_refused(self, ana_client, ruth, version) -> None:
        for _ in range(2):  # the first answer was lost
            assert write(ana_client, ruth, version=version.pk).status_code == 302
        assert Draft.objects.get().revision == 1

    def test_saves_by_itself(self, ana_client, ruth, version) -> None:
        headers = {"X-Autosave": "1"}
        first = write(ana_client, ruth, version=version.pk, headers=headers)
        assert first.json() == {"revision": 1, "saved": "11:00 am"}
        other = {**PARTS, "sign_off": "A."}
        stale = write(ana_client, ruth, version=version.pk, parts=other, headers=headers)
        assert (stale.status_code, Draft.objects.get().parts) == (409, PARTS)
        long = write(
            ana_client, ruth, version=version.pk, parts={"why_you": "x" * 5000}, headers=headers
        )
        assert long.status_code == 422
        assert long.json()["words"].startswith("Not saved. Ensure this value has at most 4000")

    def test_lets_a_draft_go(self, ana_client, ruth) -> None:
        DraftFactory(contact=ruth)
        kept = DraftFactory(contact=ruth, kind=NoteKind.LANDED)
        for _ in range(2):
            assert write(ana_client, ruth, do="discard").url == f"/contacts/{ruth.pk}/"
        assert Draft.objects.get() == kept

    def test_does_not_bring_back_what_was_sent_or_let_go(self, ana_client, ruth, version) -> None:
        response = write(ana_client, ruth, version=version.pk, revision=3)
        assert response.status_code == 409
        assert "This note was sent, or let go, in another tab." in response.text
        assert not Draft.objects.exists()


class TestFinishing:
    @pytest.mark.parametrize(
        ("parts", "words"),
        [
            (
                {"why_you": "I read [what they made]."},
                "Why them</a>: Still open: [what they made].",
            ),
            ({"why_you": "I read {title}, [when]."}, "Still open: {title}, [when]."),
            ({"small_ask": " "}, "One small ask</a>: This part is missing."),
        ],
    )
    def test_names_the_blanks_and_the_part(self, ana_client, ruth, version, parts, words) -> None:
        response = write(
            ana_client, ruth, version=version.pk, parts={**PARTS, **parts}, do="review"
        )
        assert response.status_code == 200
        assert words in unescape(response.text)
        assert Draft.objects.get().revision == 1  # what was written is kept all the same
        assert '<input type="hidden" name="revision" value="1">' in response.text

    def test_no_address_leads_around_a_blank(self, ana_client, ruth, version) -> None:
        parts = {**PARTS, "why_you": "I read [what they made]."}
        write(ana_client, ruth, version=version.pk, parts=parts)
        back = f"/contacts/{ruth.pk}/write/?kind=first_note"
        sending = f"/contacts/{ruth.pk}/write/send/?kind=first_note"
        assert ana_client.get(sending).url == back
        assert ana_client.post(sending, {"do": "sent", "revision": 1}).url == back
        assert not Attempt.objects.exists()

    def test_a_blank_in_the_subject_counts_as_well(self, ana_client, ruth, version) -> None:
        response = write(ana_client, ruth, version=version.pk, subject="On [day]", do="review")
        assert "Subject</a>: Still open: [day]." in response.text

    def test_what_may_stay_empty_may(self, ana_client, ruth, version) -> None:
        parts = {**PARTS, "sign_off": ""}
        response = write(ana_client, ruth, version=version.pk, parts=parts, do="review")
        assert response.url == f"/contacts/{ruth.pk}/write/send/?kind=first_note"


class TestOtherTemplates:
    def test_keeps_own_words_where_both_have_the_part(self, ana_client, ruth, version) -> None:
        slots = [
            {**version.slots[0], "text": "Dear {first_name},"},
            {**version.slots[1], "text": "I saw [what you saw]."},
            {**version.slots[1], "key": "thanks", "label": "Thanks", "text": "Thank you."},
        ]
        other = TemplateVersionFactory(slots=slots, subject="Something else")
        begun = parts_in(page(ana_client, ruth))
        response = write(
            ana_client,
            ruth,
            version=version.pk,
            subject="A question about Northfield",
            parts={**begun, "why_you": "I read your book."},
            do="switch",
            template=f"first_note:{other.template_id}",
        )
        assert response.url.endswith(f"?kind=first_note&template={other.template_id}")
        html = page(ana_client, ruth, template=other.template_id)
        assert parts_in(html) == {
            "greeting": "Dear Ruth,",
            "why_you": "I read your book.",
            "thanks": "Thank you.",
        }
        assert 'value="Something else"' in html
        # And nothing of it is lost on the way back.
        write(ana_client, ruth, version=other.pk, revision=1, parts=parts_in(html))
        html = page(ana_client, ruth, template=version.template_id)
        assert parts_in(html)["why_you"] == "I read your book."
        assert parts_in(html)["small_ask"] == PARTS["small_ask"]

    def test_switching_leaves_no_draft_where_nothing_was_typed(self, ana_client, ruth) -> None:
        html = page(ana_client, ruth)
        version = re.search(r'name="version" value="(\d+)"', html)
        subject = re.search(r'name="subject" value="([^"]*)"', html)
        assert version
        assert subject
        response = write(
            ana_client,
            ruth,
            version=version[1],
            subject=subject[1],
            parts=parts_in(html),
            do="switch",
            template="landed:none",
        )
        assert response.url == f"/contacts/{ruth.pk}/write/?kind=landed&template=none"
        assert not Draft.objects.exists()

    def test_can_be_written_in_own_words(self, ana_client, ruth, version) -> None:
        html = page(ana_client, ruth, template="none")
        assert parts_in(html) == {"body": ""}
        write(ana_client, ruth, version="", parts={"body": "Hi Ruth!\r\nA line."})
        draft = Draft.objects.get()
        assert (draft.template_version, draft.parts) == (None, {"body": "Hi Ruth!\nA line."})

    def test_a_draft_stays_with_the_version_that_it_began_with(
        self, ana_client, ruth, version
    ) -> None:
        write(ana_client, ruth, version=version.pk)
        TemplateVersionFactory(template=version.template, number=2, slots=version.slots[:2])
        version.template.is_retired = True
        version.template.save()
        html = page(ana_client, ruth)
        assert parts_in(html) == PARTS
        assert re.search(rf"<option[^>]* selected>{version.template.name}</option>", html)

    def test_a_new_note_begins_with_the_latest_version_in_use(
        self, ana_client, ruth, version
    ) -> None:
        NoteTemplateFactory()  # without a version there is nothing to begin with
        for number in (3, 2):
            slots = [{**version.slots[0], "text": f"Version {number}"}]
            TemplateVersionFactory(template=version.template, number=number, slots=slots)
        assert parts_in(page(ana_client, ruth)) == {"greeting": "Version 3"}

    @pytest.mark.parametrize("template", ["999999", "x", "-1", "9" * 30, "²", "''"])
    def test_an_unknown_template_is_none(self, ana_client, ruth, version, template) -> None:
        assert "greeting" in parts_in(page(ana_client, ruth, template=template))
        response = write(ana_client, ruth, version=template, parts={"body": "Hi"})
        assert response.status_code == 302
        assert Draft.objects.get().template_version is None


def test_picks_from_the_students_own_achievements(
    ana_client: Client, ana: Student, ruth: Contact
) -> None:
    own = AccomplishmentFactory(student=ana, text="I asked 214 guests, and a menu changed")
    strange = AccomplishmentFactory(text="I climbed Everest")
    html = page(ana_client, ruth)
    assert own.text in html
    assert strange.text not in html
    version = re.search(r'name="version" value="(\d+)"', html)
    assert version
    begun = parts_in(html)
    write(ana_client, ruth, version=version[1], parts=begun, do=f"pick-{own.pk}")
    text = Draft.objects.get().parts["achievements"]
    assert text == f"{own.text}. [Something else that fits their work.]"
    for do in (f"pick-{strange.pk}", "pick-x", "pick-"):
        begun["achievements"] = text
        write(ana_client, ruth, version=version[1], revision=1, parts=begun, do=do)
        assert Draft.objects.get().parts["achievements"] == text


class TestHowToReachThem:
    @pytest.mark.parametrize(
        ("closeness", "calls", "words"),
        [
            ("stranger", True, "You have not met yet, so write first and call second."),
            ("knows", True, "You know each other only a little, so write first and call second."),
            ("knows_well", False, "No hour is wrong for a note"),
            ("knows_well", True, "You know each other well, so a call is natural."),
        ],
    )
    def test_by_closeness_and_what_the_programme_says(
        self, ana_client, cohort, ruth, closeness, calls, words
    ) -> None:
        cohort.calls_people_known_well = calls
        cohort.save()
        ruth.closeness, ruth.phones = closeness, ["+1 312 555 0100"]
        ruth.save()
        assert words in page(ana_client, ruth)

    @pytest.mark.parametrize(
        ("reach", "words"),
        [
            ({"links": ["https://linkedin.example/in/ruth"]}, "a message on their profile will do"),
            ({"phones": ["555 0100"]}, "You have a number and no address, so call."),
            ({}, "write first"),
        ],
    )
    def test_by_what_is_known(self, ana_client, ruth, reach, words) -> None:
        Contact.objects.filter(pk=ruth.pk).update(email="", **reach)
        assert words in page(ana_client, ruth)


class TestFollowUp:
    def test_shows_what_was_written_and_when_beside_it(self, ana_client, ruth) -> None:
        AttemptFactory(
            contact=ruth, sent_at=ago(days=9), subject="Labels", text="Hi Ruth,\n\nMay I ask?"
        )
        html = page(ana_client, ruth, kind="follow_up")
        assert "Monday, October 6, 2025, 11:00 am" in html
        assert 'name="subject" value="Re: Labels"' in html
        margin = html[html.index('id="above"') :]
        assert "Hi Ruth, May I ask?" in margin

    def test_the_draft_keeps_the_new_lines_only(self, ana_client, ana, ruth) -> None:
        AttemptFactory(contact=ruth, sent_at=ago(days=9), text="May I ask?")
        html = page(ana_client, ruth, kind="follow_up")
        assert f"On Oct 6, 2025, at 11:00 AM, {ana.name} wrote: > May I ask?" in html
        assert "May I ask?" not in "".join(parts_in(html).values())


def test_leaves_those_alone_who_asked_for_it(ana_client: Client, ruth: Contact) -> None:
    WishFactory(key=ruth.email, never=True)
    response = ana_client.get(f"/contacts/{ruth.pk}/write/")
    assert response.url == f"/contacts/{ruth.pk}/"


def test_says_what_they_wish(ana_client: Client, ruth: Contact) -> None:
    WishFactory(key=ruth.email, paused=True)
    assert "They have asked for a pause." in page(ana_client, ruth)
