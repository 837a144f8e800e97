import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.outreach.tone import Kind, check, check_question
from tests.outreach.tone import samples
from tests.outreach.tone.said import FOUND, NOTHING_FOUND

SENTENCES = [text for texts in FOUND.values() for text in texts] + list(NOTHING_FOUND)
# Real sentences among the odd things that mail programs leave behind.
DRAFTS = st.lists(
    st.one_of(
        st.sampled_from(SENTENCES),
        st.sampled_from(
            [
                "\r\n",
                "\n\n",
                "\ufeff",
                "> ",
                "🙂",
                "e\u0301",
                "İ",
                "ﬁ",
                '"',
                "’",
                "—",
                "\x00",
                "\x85",
            ]
        ),
        st.text(max_size=20),
    ),
    max_size=12,
).map("".join)


def places_are_true(text):
    report = check(text)
    for one in (*report.findings, *report.strengths):
        assert 0 <= one.start <= one.end <= len(text)
        assert one.text == text[one.start : one.end]
    assert list(report.findings) == sorted(report.findings, key=lambda one: one.start)


@given(DRAFTS)
def test_gives_places_in_the_text_as_it_was_read(text):
    places_are_true(text)


@given(st.text())
def test_bears_any_text(text):
    places_are_true(text)
    check_question(text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_points_at_the_same_words_however_they_are_written(form, newline, mark):
    text = mark + unicodedata.normalize(form, samples.DESPERATE).replace("\n", newline)
    report = check(text)
    assert report.verdict == "desperate"
    attached = next(one for one in report.findings if one.rule == "attaches_resume")
    assert unicodedata.normalize("NFC", attached.text).split() == ["attached", "my", "résumé"]


def test_points_past_an_emoji():
    text = "👋🏽 Hi! I’d do anything 🙂 to get in."
    found = [one for one in check(text).findings if one.rule == "would_do_anything"]
    assert [one.text for one in found] == ["I’d do anything"]


@pytest.mark.parametrize(
    ("sample", "kind"),
    [
        (samples.RECONNECT, Kind.FIRST_NOTE),
        (samples.SHORT, Kind.FIRST_NOTE),
        (samples.TO_RUTH, Kind.REFERRAL_INTRO),
        (samples.FOREIGN, Kind.FIRST_NOTE),
        (samples.NEWS, Kind.KEEP_IN_TOUCH),
        (samples.THANKS, Kind.THANK_YOU),
    ],
)
def test_calls_a_good_draft_smooth_and_tells_its_kind(sample, kind):
    report = check(sample)
    assert report.findings == ()
    assert report.verdict == "smooth"
    assert report.kind is kind
    assert check(sample, kind).verdict == "smooth"


def test_has_a_sample_with_the_measure_of_the_reconnecting_mail():
    assert len(samples.RECONNECT.split()) == 197
    assert samples.RECONNECT.count("?") == 2


def test_says_what_is_good():
    said = {one.id for one in check(samples.RECONNECT).strengths}
    assert said >= {
        "is_curious",
        "wants_inside_view",
        "hedges_fit",
        "frees_from_pressure",
        "is_flexible",
        "gives_back",
        "disclaims_job",
        "is_short",
        "names_length",
    }


@pytest.mark.parametrize("text", ["", " \r\n\t", "\ufeff", "> only what they wrote\n"])
def test_says_that_nothing_is_written_yet(text):
    report = check(text)
    assert report.verdict == "needs_look"
    assert [one.rule for one in report.findings] == ["is_empty"]
    assert "Nothing written yet" in report.findings[0].advice


def test_puts_what_is_missing_where_it_belongs():
    text = "Hi Sam,\n\nI am curious about your work.\n\nBest,\nAnna\n\n> Older mail\n"
    missing = [one for one in check(text, Kind.FIRST_NOTE).findings if not one.text]
    assert {one.rule for one in missing} == {
        "has_no_ask",
        "has_no_duration",
        "has_no_closing_question",
    }
    assert {text[: one.start].splitlines()[-1] for one in missing} == {
        "I am curious about your work."
    }


@pytest.mark.parametrize("kind", [Kind.THANK_YOU, Kind.KEEP_IN_TOUCH])
def test_needs_no_ask_in_a_note_of_thanks_or_news(kind):
    assert check("I tried the tea. It was good.", kind).verdict == "smooth"
    assert check("I tried the tea. Are you hiring?", kind).verdict == "needs_look"
    assert check("I tried the tea. Please hire me.", kind).verdict == "desperate"


def test_counts_words_and_is_stricter_with_a_follow_up():
    words = "Could we talk for 15 minutes this week? " + "I like tea. " * 50
    assert "is_long" not in {one.rule for one in check(words, Kind.FIRST_NOTE).findings}
    assert "is_long" in {one.rule for one in check(words, Kind.FOLLOW_UP).findings}
    assert "is_long" in {one.rule for one in check(words * 2, Kind.FIRST_NOTE).findings}


OLD = "It is my dream to work for you, and I would do anything."
GOOD = "Hi Sam, my note from last week may be buried. Could we talk for 15 minutes on Friday?"


@pytest.mark.parametrize(
    "quoted",
    [
        f"> {OLD}",
        f"On Tue, Mar 3, 2026 at 10:04 AM Sam Lee <sam@tern.example> wrote:\n> {OLD}",
        f"On Tue, Mar 3, 2026 at 10:04 AM Sam Lee\n<sam@tern.example> wrote:\n\n{OLD}",
        f"Am 03.03.2026 um 10:04 schrieb Sam Lee <sam@tern.example>:\n{OLD}",
        f"Sam Lee <sam@tern.example> schrieb am Di., 3. März 2026, 10:04:\n\n{OLD}",
        f"Le mar. 3 mars 2026 à 10:04, Sam Lee <sam@tern.example> a écrit\u00a0:\n{OLD}",
        f"El mar, 3 mar 2026 a las 10:04, Sam Lee (<sam@tern.example>) escribió:\n{OLD}",
        f"-----Original Message-----\nFrom: Anna\nTo: Sam\nSubject: Hello\n\n{OLD}",
        f"-----Ursprüngliche Nachricht-----\nVon: Anna\n\n{OLD}",
        f"-----Message d'origine-----\nDe : Anna\n\n{OLD}",
        f"-----Mensaje original-----\nDe: Anna\n\n{OLD}",
        f"From: Anna Bell\nSent: Tuesday, March 3, 2026 10:04 AM\nTo: Sam\nSubject: Hi\n\n{OLD}",
        f"Von: Anna Bell\nGesendet: Dienstag, 3. März 2026\nAn: Sam\nBetreff: Hallo\n\n{OLD}",
        f"De : Anna Bell\nEnvoyé : mardi 3 mars 2026\nÀ : Sam\nObjet : Bonjour\n\n{OLD}",
        f"De: Anna Bell\nEnviado el: martes, 3 de marzo\nPara: Sam\nAsunto: Hola\n\n{OLD}",
        f"---------- Forwarded message ---------\nFrom: Anna\n\n{OLD}",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_does_not_judge_earlier_mail(quoted, newline):
    text = f"{GOOD}\n\nAnna\n\n{quoted}\n".replace("\n", newline)
    report = check(text)
    assert report.findings == ()
    assert report.verdict == "smooth"


def test_judges_answers_between_quoted_lines():
    text = f"On Mar 3, 2026, Sam wrote:\n> What do you want?\nPlease hire me.\n> {OLD}\n"
    assert [one.text for one in check(text).findings if one.rule == "asks_for_job"] == ["hire me"]


def test_judges_a_draft_below_its_own_addresses():
    text = f"From: Anna\nTo: Sam\nSubject: Hello\n\n{OLD}"
    assert check(text).verdict == "desperate"


def test_takes_five_exclamation_marks_and_no_more():
    news = "I passed the test! " * 5
    assert check(news, Kind.KEEP_IN_TOUCH).verdict == "smooth"
    assert check(news + "Wow!", Kind.KEEP_IN_TOUCH).verdict == "needs_look"
