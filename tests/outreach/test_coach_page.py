"""How a note reads while it is typed: the fragment, and the marks in the text."""

import re
from html import unescape

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from apps.contacts.models import Contact
from apps.outreach.models import Attempt, Draft, NoteKind, TemplateVersion
from apps.outreach.notes import Note, note_to, versions_in_use
from apps.outreach.reading import KINDS, ReadBack
from apps.outreach.writing import Joined, join, open_blanks
from apps.students.models import Student
from tests.clock import NOW
from tests.contacts.factories import ContactFactory
from tests.outreach.factories import SLOTS, AttemptFactory, TemplateVersionFactory

PARTS = {
    "greeting": "Hi Ruth,",
    "why_you": "I read your book. It would be my dream to work at Northfield. So far.",
    "small_ask": "Could we talk for 20 minutes this week? Any time works.",
    "sign_off": "Ana",
}


def read(parts: dict[str, str], kind: NoteKind = NoteKind.FIRST_NOTE) -> ReadBack:
    joined = join(SLOTS, parts)
    return ReadBack.of(joined, kind, blanks=open_blanks(joined.text))


class TestMarks:
    def test_the_pieces_are_the_text(self) -> None:
        back = read(PARTS)
        assert "".join(piece.text for piece in back.pieces) == join(SLOTS, PARTS).text

    def test_what_to_change_has_a_letter_and_what_is_good_a_number(self) -> None:
        back = read(PARTS)
        (fix,) = [piece for piece in back.pieces if piece.look == "fix"]
        assert "my dream to work" in fix.text
        assert fix.refers_to == [("fix", "A")]
        (advice,) = back.advice
        assert (advice.label, advice.finding.rule) == ("A", "longs_to_be_hired")
        good = [piece for piece in back.pieces if piece.look == "good"]
        labels = [
            label for piece in back.pieces for look, label in piece.refers_to if look == "good"
        ]
        assert good
        assert sorted(labels, key=int) == [number for number, _ in back.strengths if number]
        assert "" in dict(back.strengths)  # what the whole note does has no place in it

    def test_knows_the_sentence_to_replace_and_the_part_it_is_in(self) -> None:
        (advice,) = read(PARTS).advice
        assert advice.part == "why_you"
        assert advice.sentence == "It would be my dream to work at Northfield."

    def test_what_is_missing_is_added_to_a_part(self) -> None:
        back = read({"greeting": "Hi Ruth,", "why_you": "I read your book on labels."})
        assert {one.finding.rule for one in back.advice} >= {"has_no_ask", "has_no_duration"}
        assert {(one.part, one.sentence) for one in back.advice} == {("why_you", "")}
        assert back.pieces[-1].refers_to or back.pieces[-2].refers_to

    def test_a_blank_is_marked_and_counted(self) -> None:
        back = read({**PARTS, "why_you": "I read [what they made]."})
        assert [piece.text for piece in back.pieces if piece.look == "blank"] == [
            "[what they made]"
        ]
        assert back.blanks == 1

    def test_an_empty_note_says_so(self) -> None:
        back = read({})
        assert (back.words, back.questions) == (0, 0)
        assert [one.finding.rule for one in back.advice] == ["is_empty"]
        assert back.advice[0].part == ""

    def test_a_long_note_has_nothing_to_put_in_its_place(self) -> None:
        back = read({**PARTS, "why_you": "I read one more page of your book. " * 40})
        (long,) = [one for one in back.advice if one.finding.rule == "is_long"]
        assert (long.part, long.sentence) == ("", "")

    def test_counts_words_as_their_writer_does(self) -> None:
        back = read({"greeting": "Hi Ruth, I’d write to a-b@c.example. 20 minutes?"})
        assert (back.words, back.questions, back.about_as_long) == (8, 1, 200)
        assert read({}, NoteKind.FOLLOW_UP).about_as_long == 100

    def test_more_findings_than_letters_have_two(self) -> None:
        begging = "Please, please hire me, I would do anything. " * 30
        labels = [one.label for one in read({"why_you": begging}).advice]
        assert labels[:2] == ["A", "B"]
        assert labels[26:28] == ["AA", "AB"]

    @given(st.text(max_size=300), st.sampled_from(NoteKind))
    def test_bears_any_text(self, text: str, kind: NoteKind) -> None:
        joined = Joined(text, {"body": (0, len(text))} if text else {})
        back = ReadBack.of(joined, kind, blanks=open_blanks(text))
        assert "".join(piece.text for piece in back.pieces) == text
        referred = {label for piece in back.pieces for _, label in piece.refers_to}
        assert referred == {
            *(one.label for one in back.advice),
            *(number for number, _ in back.strengths if number),
        }


@pytest.mark.django_db
class TestFragment:
    @pytest.fixture
    def ruth(self, ana: Student) -> Contact:
        return ContactFactory(student=ana, name="Ruth Adeyemi", given_name="Ruth")

    @pytest.fixture
    def version(self) -> TemplateVersion:
        return TemplateVersionFactory()

    def ask(
        self, client: Client, contact: Contact, version: TemplateVersion | None, **parts: str
    ) -> str:
        data = {f"part-{key}": text for key, text in parts.items()}
        data |= {"revision": "0", "subject": "", "version": str(version.pk if version else "")}
        url = f"/contacts/{contact.pk}/write/coach/?kind=first_note"
        response = client.post(url, data, headers={"HX-Request": "true"})
        assert response.status_code == 200
        return " ".join(unescape(response.text).split())

    def test_says_how_it_reads_and_keeps_nothing(self, ana_client, ruth, version) -> None:
        html = self.ask(ana_client, ruth, version, **PARTS)
        assert "This may sound desperate." in html
        assert re.search(
            r'<mark class="fix">[^<]*my dream[^<]*</mark><sup class="fix">A</sup>', html
        )
        assert 'data-in="id_part-why_you"' in html
        assert 'data-instead-of="It would be my dream to work at Northfield."' in html
        assert "<html" not in html
        assert not Draft.objects.exists()

    def test_changes_what_stands_beside_it_as_well(self, ana_client, ruth, version) -> None:
        html = self.ask(ana_client, ruth, version, **{**PARTS, "why_you": "[what]"})
        assert '<p id="verdict" hx-swap-oob="innerHTML">' in html
        assert '<span id="length" hx-swap-oob="true">15 of about 200 words. One question.' in html
        assert '<span class="mk done" id="mark-small_ask" hx-swap-oob="true">' in html
        assert '<span class="mk" id="mark-why_you" hx-swap-oob="true">' in html

    def test_what_was_typed_is_text(self, ana_client, ruth) -> None:
        html = ana_client.post(
            f"/contacts/{ruth.pk}/write/coach/?kind=first_note",
            {"part-body": "<script>alert('I would do anything')</script>", "version": ""},
        ).text
        assert "<script" not in html
        assert "&lt;script&gt;" in html

    def test_bears_what_cannot_be_saved(self, ana_client, ruth) -> None:
        html = self.ask(ana_client, ruth, None, body="I read your book. " * 1000)
        assert "Nothing written yet." in html

    def test_points_out_the_same_words_to_two_people(self, ana_client, ruth, version) -> None:
        other = AttemptFactory(student=ruth.student, text=" ".join(PARTS.values()))
        html = self.ask(ana_client, ruth, version, **PARTS)
        assert f"Nearly the same as your note to {other.contact.name}" in html
        assert Attempt.objects.count() == 1

    @pytest.mark.parametrize("kind", ["", "pigeon"])
    def test_knows_its_kinds(self, ana_client, ruth, kind) -> None:
        url = f"/contacts/{ruth.pk}/write/coach/?kind={kind}"
        assert ana_client.post(url, {}).status_code == 404

    def test_is_about_own_contacts_only(self, ben_client, ruth) -> None:
        url = f"/contacts/{ruth.pk}/write/coach/?kind=first_note"
        assert ben_client.post(url, {}).status_code == 404


def test_the_coach_knows_every_kind() -> None:
    assert set(KINDS) == set(NoteKind)


SENSIBLE = {
    "[months or years]": "two years",
    "[you and yours are well]": "the new label is selling",
    "[the kind of work]": "how people read labels",
    "[one day]": "Tuesday",
    "[another day]": "Thursday",
    "[what they wrote, said or made]": "your article on oat milk labels",
    "[what stayed with you]": "the part about the word natural stayed with me",
    "[Something you did, with a number.]": "This spring I asked 214 guests about a menu.",
    "[Something else that fits their work.]": "Last summer I rewrote a print shop’s order form.",
    "[a date]": "October 20",
    "[a day]": "next Wednesday",
    "[what they do at Northfield Foods]": "testing labels at Northfield Foods",
    "[One or two facts that fit their work.]": "This spring I asked 214 guests about a menu.",
    "[two or three times, in their time zone]": "Tuesday at 10 or Thursday at 2, Central Time",
    "[day]": "Tuesday",
    "[day and hour, on their clock]": "Tuesday at 10, Central Time",
    "[by phone, video or at which place]": "by phone",
    "[two or three things]": "how you came to the work and what a week looks like",
    "[on which day]": "on Tuesday",
    "[one thing they said]": "that a label is a promise",
    "[what you do next because of it]": "read the two studies you named",
    "[what you did]": "taken a course on survey design",
    "[what you are good at and enjoy]": "finding the question behind a question",
    "[the field or question]": "consumer research",
    "[their advice]": "asking what people did, not what they think",
    "[date]": "June 1",
    "[what and where]": "a research assistant at Tern",
    "[how it helped]": "I asked better questions ever after",
}


@pytest.mark.django_db
@pytest.mark.parametrize("closeness", ["knows", "stranger"])
def test_every_first_template_reads_well_once_its_blanks_are_filled(
    ana: Student, closeness: str
) -> None:
    dana = ContactFactory(student=ana, name="Dana Whitfield")
    ruth = ContactFactory(
        student=ana,
        name="Ruth Adeyemi",
        given_name="Ruth",
        organization="Northfield Foods",
        introduced_by=dana,
        closeness=closeness,
    )
    versions = versions_in_use()
    assert {version.template.kind for version in versions} == set(NoteKind)
    for version in versions:
        note = filled(
            note_to(ruth, NoteKind(version.template.kind), version=str(version.pk), now=NOW)
        )
        assert note.problems() == {}, version.template.name
        back = ReadBack.of(note.joined, note.kind)
        assert (version.template.name, back.report.verdict, back.report.findings) == (
            version.template.name,
            "smooth",
            (),
        )
        assert back.words <= back.about_as_long


def filled(note: Note) -> Note:
    """Put something sensible into every blank."""

    def fill(text: str) -> str:
        for blank, words in SENSIBLE.items():
            text = text.replace(blank, words)
        return text

    return note.saying(
        subject=fill(note.subject), parts={key: fill(text) for key, text in note.parts.items()}
    )
