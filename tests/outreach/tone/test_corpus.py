"""Drafts and sentences with the verdict that a reader gave them, in the words of many writers."""

import json
from pathlib import Path

import pytest

from apps.outreach.tone import Kind, Weight, check
from tests.outreach.tone.learn import agreement

HERE = Path(__file__).parent
DRAFTS = json.loads((HERE / "drafts.json").read_text())
SENTENCES = json.loads((HERE / "sentences.json").read_text())
VERDICTS = ("smooth", "needs_look", "desperate")
MISSING = {"has_no_ask", "has_no_duration", "has_no_closing_question"}


def said_of(sentence: str) -> str:
    """The verdict over one sentence, which need not be a whole draft."""
    findings = check(sentence, Kind.FIRST_NOTE).findings
    weights = {one.weight for one in findings if one.rule not in MISSING}
    if Weight.STRONG in weights:
        return "desperate"
    return "needs_look" if weights else "smooth"


@pytest.mark.parametrize("verdict", VERDICTS)
def test_agrees_with_a_reader_about_whole_drafts(verdict):
    pairs = [(one["verdict"], check(one["text"], Kind(one["kind"])).verdict) for one in DRAFTS]
    assert min(agreement(pairs)[verdict]) >= 0.95


@pytest.mark.parametrize("verdict", VERDICTS)
def test_agrees_with_a_reader_when_the_kind_is_left_out(verdict):
    pairs = [(one["verdict"], check(one["text"]).verdict) for one in DRAFTS]
    assert min(agreement(pairs)[verdict]) >= 0.9


@pytest.mark.parametrize("verdict", VERDICTS)
def test_agrees_with_a_reader_about_sentences(verdict):
    pairs = [(given, said_of(text)) for given, texts in SENTENCES.items() for text in texts]
    assert min(agreement(pairs)[verdict]) >= 0.9


@pytest.mark.timeout(30)
@pytest.mark.parametrize("part", ["please ", "'a b ", ". ", "my résumé ", "> ", "\n", "From: a\n"])
def test_bears_a_text_without_end(part):
    assert check(part * 4000).verdict in VERDICTS
