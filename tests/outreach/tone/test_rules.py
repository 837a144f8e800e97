import pytest

from apps.outreach.tone import Kind, check, check_question
from apps.outreach.tone.rules import RULE, RULES
from apps.outreach.tone.wordings import MARKERS
from tests.outreach.tone.said import ASKED_WELL, FOUND, NOTHING_FOUND

MISSING = {"has_no_ask", "has_no_duration", "has_no_closing_question"}
SAID = [(rule, text) for rule, texts in FOUND.items() for text in texts]


def rules_found(text: str, kind: Kind = Kind.FIRST_NOTE) -> set[str]:
    return {one.rule for one in check(text, kind).findings} - MISSING


@pytest.mark.parametrize(("rule", "text"), SAID)
def test_finds(rule, text):
    assert rule in rules_found(text)


@pytest.mark.parametrize("text", NOTHING_FOUND)
def test_leaves_alone(text):
    assert rules_found(text) == set()


@pytest.mark.parametrize("rule", [one for one in RULES if one.example], ids=lambda one: one.id)
def test_finds_its_own_example(rule):
    if rule.kinds:
        assert rule.id in rules_found(rule.example)
    else:
        assert rule.id in {one.rule for one in check_question(rule.example)}


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.id)
def test_advises_a_sentence_that_it_would_not_find_again(rule):
    assert {one.rule for one in check(rule.advice).findings} <= MISSING
    assert rule.why
    assert rule.source


def test_has_a_row_for_every_marker_and_a_test_for_every_row():
    marked = {one.rule for one in MARKERS}
    assert marked <= set(RULE)
    assert set(FOUND) | {"asks_for_agreement"} == {one.id for one in RULES if one.example}
    assert len(RULE) == len(RULES)


@pytest.mark.parametrize(
    "text",
    [
        "I'm not looking for a job, I just need you to hire me.",
        "I can't wait to work for you — I'd do anything.",
        "I do not want to be pushy, but please hire me.",
        "I'm not asking for much; just get me an interview.",
        "I won't lie: I want to work for your company.",
        "Not only do I want to work for your firm, I would do anything.",
    ],
)
def test_ends_a_denial_with_its_clause(text):
    assert check(text, Kind.FIRST_NOTE).verdict == "desperate"


def test_sees_a_question_in_a_denial_turned_round():
    assert "asks_whether_hiring" in rules_found("Don't you have any openings?")


@pytest.mark.parametrize(
    "text",
    [
        "Your post “Please hire me, I’ll do anything” made me laugh.",
        "My roommate always writes 'hire me' and never hears back.",
        "“Never beg for a job,” my coach said.",
        "The line 'I'd do anything to work there' is what you warned about.",
    ],
)
def test_does_not_judge_the_words_of_others(text):
    assert rules_found(text) == set()


def test_judges_quotation_marks_that_quote_nobody():
    assert "wants_to_be_hooked_up" in rules_found('Could you "hook me up" with the right person?')


def test_lets_a_keep_in_touch_note_say_that_its_writer_still_looks():
    text = "I am still looking for an internship."
    assert "says_looking_for_job" in rules_found(text)
    assert rules_found(text, Kind.KEEP_IN_TOUCH) == set()


@pytest.mark.parametrize("text", ASKED_WELL)
def test_leaves_a_good_question_alone(text):
    assert check_question(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Are you hiring?", "asks_whether_hiring"),
        ("Do you have any openings for interns?", "asks_whether_hiring"),
        ("Could you look at my résumé and hand it to your manager?", "wants_resume_forwarded"),
        ("How much do you earn?", "asks_about_pay"),
        ("Would you put in a good word for me?", "wants_strings_pulled"),
        ("Do you like your job?", "asks_for_agreement"),
        ("Isn't it amazing to work here?", "asks_for_agreement"),
    ],
)
def test_finds_in_a_question(text, rule):
    found = {one.rule: one for one in check_question(text)}
    assert rule in found
    assert found[rule].advice


def test_takes_a_question_about_hiring_in_general_as_mild_at_most():
    assert all(
        one.weight == "needs_look" for one in check_question("What do you look for when hiring?")
    )
