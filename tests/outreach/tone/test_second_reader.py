"""What no wording foresaw, and what only looks like a wording."""

import sys

import pytest

from apps.outreach.tone import Kind, check
from apps.outreach.tone.second_reader import Impression, reader
from apps.outreach.tone.second_reader.signs import signs_of

ASK = "Could we talk for 15 minutes on Thursday?"


def read(sentence: str):
    return check(f"Hi Ruth,\n\n{sentence} {ASK}\n\nAna\n", Kind.FIRST_NOTE)


@pytest.mark.parametrize(
    "sentence",
    [
        "I picture my initials on the door of your studio every night.",
        "Mop, broom or mailroom, I would be there at dawn.",
        "My savings are gone and there is no door left to knock on.",
    ],
)
def test_hears_what_no_wording_says_and_names_the_sentence(sentence):
    report = read(sentence)
    assert report.verdict == "desperate"
    assert sentence in [one.text for one in report.findings]


@pytest.mark.parametrize(
    "sentence",
    [
        "I'm desperate for better coffee, but otherwise well.",
        "You certainly don't owe me an answer.",
        "I am not applying anywhere and I have nothing to sell.",
        "I'm not looking for a job, an introduction or a recommendation.",
        "You said that you hire for patience and teach the rest.",
        "Do any of these times work for you?",
    ],
)
def test_lets_pass_what_only_looks_like_a_wording(sentence):
    assert read(sentence).findings == ()


def test_does_not_judge_a_name():
    assert read("Harriet Lowe.").findings == ()


def test_adds_up_what_several_sentences_hint_at(monkeypatch):
    hint = Impression(wrong=0.5, desperate=0.5, strong_rule="begs", mild_rule="presses")
    fine = Impression(wrong=0, desperate=0, strong_rule="begs", mild_rule="presses")
    said = iter([hint, fine])
    monkeypatch.setattr(
        sys.modules["apps.outreach.tone.check"], "impression_of", lambda _: next(said)
    )
    assert check("The days are long. The nights are dark.", Kind.THANK_YOU).verdict == "smooth"
    said = iter([hint, hint])
    assert check("The days are long. The nights are dark.", Kind.THANK_YOU).verdict == "desperate"


def test_sees_ideas_neighbors_and_denials():
    assert {"<power>", "put me", "?"} <= signs_of("could you put me before your boss?")
    assert "!<job>" in signs_of("i am not asking for a job")


def test_ships_few_enough_weights():
    path = reader.Path(reader.__file__).parent / "weights.json"
    assert path.stat().st_size < 150_000
