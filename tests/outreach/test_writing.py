"""How a template becomes a note: fields, blanks, and parts that are joined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.outreach.writing import (
    FIELDS,
    fill,
    join,
    open_blanks,
    tidied,
    unknown_fields,
    with_one_more,
)
from tests.outreach.factories import SLOTS

VALUES = {
    "first_name": "Ruth",
    "organization": "Northfield Foods",
    "introducer": "Dana Whitfield",
    "last_talk": "",
    "minutes": "20",
    "my_name": "Amara Okafor",
}


def blanks_in(text: str, *known: str) -> list[str]:
    return [text[start:end] for start, end in open_blanks(text, known=known)]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("Hi {first_name},", "Hi Ruth,"),
        ("{minutes} minutes, {minutes}.", "20 minutes, 20."),
        ("We talked on {last_talk}.", "We talked on [the day of your last talk]."),
        ("How [what {organization} does] works", "How [what Northfield Foods does] works"),
        ("[what you said on {last_talk}]", "[what you said on the day of your last talk]"),
        ("No {such_field}, no { first_name }", "No {such_field}, no { first_name }"),
        ("", ""),
    ],
)
def test_fills_in_what_is_known_and_leaves_a_blank_for_the_rest(template: str, text: str) -> None:
    assert fill(template, VALUES) == text


@pytest.mark.parametrize(
    "name", ["{my_name}", "{first_name}", "Ann {introducer} Lee", r"\g<0>", "[their organization]"]
)
def test_a_name_that_looks_like_a_field_stays_a_name(name: str) -> None:
    values = {**VALUES, "first_name": name}
    text = fill("Hi {first_name}, this is {my_name}.", values)
    assert text == f"Hi {name}, this is Amara Okafor."
    assert blanks_in(text, *values.values()) == []


def test_a_name_that_ends_with_a_full_stop_ends_the_sentence_once() -> None:
    values = {**VALUES, "organization": "Harbor & Sons Inc."}
    assert fill("You work at {organization}.", values) == "You work at Harbor & Sons Inc."
    assert fill("You work at {organization}?", values) == "You work at Harbor & Sons Inc.?"


@pytest.mark.parametrize(
    ("text", "blanks"),
    [
        ("It has been [months or years] since [when].", ["[months or years]", "[when]"]),
        ("It has been [two years since we met.", ["["]),
        ("It has been two years] since we met.", ["]"]),
        ("Hi {first_name}, and {}.", ["{first_name}", "{}"]),
        ("Twenty (or so) minutes: 5 < 6, a|b, 100 %.", []),
    ],
)
def test_finds_what_is_still_open(text: str, blanks: list[str]) -> None:
    assert blanks_in(text) == blanks


def test_a_known_name_with_brackets_is_no_blank_but_others_beside_it_are() -> None:
    text = "You work at Acme [Europe], on [what]."
    assert blanks_in(text, "Acme [Europe]", "") == ["[what]"]
    assert blanks_in(text) == ["[Europe]", "[what]"]


def test_tells_whoever_writes_a_template_which_field_nobody_knows() -> None:
    assert unknown_fields("Hi {first_name}, {surname} at {}") == ["surname", ""]
    assert unknown_fields(" ".join(f"{{{name}}}" for name in FIELDS)) == []


def test_joins_the_parts_to_paragraphs_and_leaves_empty_ones_out() -> None:
    parts = {
        "greeting": "Hi Ruth,",
        "why_you": "I read your book. ",
        "small_ask": "\r\nCould we talk?",
        "sign_off": "  ",
        "of another template": "Never mind.",
    }
    joined = join(SLOTS, parts)
    assert joined.text == "Hi Ruth,\n\nI read your book. Could we talk?"
    assert {key: joined.text[slice(*place)] for key, place in joined.places.items()} == {
        "greeting": "Hi Ruth,",
        "why_you": "I read your book.",
        "small_ask": "Could we talk?",
    }


def test_a_part_that_continues_nothing_begins_the_text() -> None:
    assert join(SLOTS, {"small_ask": "Could we talk?"}).text == "Could we talk?"
    assert join(SLOTS, {}).text == ""


def test_knows_the_part_at_a_place() -> None:
    joined = join(SLOTS, {"greeting": "Hi,", "why_you": "I read.", "small_ask": "Talk?"})
    assert joined.part_at(0) == "greeting"
    assert joined.part_at(joined.text.index("read")) == "why_you"
    assert joined.part_at(len(joined.text)) == "small_ask"
    assert join(SLOTS, {}).part_at(0) == ""


@given(st.dictionaries(st.sampled_from([slot["key"] for slot in SLOTS]), st.text(max_size=40)))
def test_whatever_stands_in_the_parts_is_found_at_its_place(parts: dict[str, str]) -> None:
    joined = join(SLOTS, parts)
    for key, (start, end) in joined.places.items():
        assert joined.text[start:end] == tidied(parts[key])
    assert set(joined.places) == {key for key, text in parts.items() if tidied(text)}


@given(st.text(max_size=60), st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=20)))
def test_no_text_and_no_name_stops_it(text: str, values: dict[str, str]) -> None:
    for start, end in open_blanks(fill(text, values), known=[v for v in values.values() if v]):
        assert start < end


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("[Something you did.] [Something else.]", "I won a race. [Something else.]"),
        ("[Something you did].", "I won a race."),
        ("I sail.", "I sail. I won a race."),
        ("", "I won a race."),
    ],
)
def test_puts_a_sentence_into_the_first_blank_or_at_the_end(text: str, filled: str) -> None:
    assert with_one_more(text, "I won a race") == filled
