import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test.html import parse_html

from apps.common.forms import ListField, LongSelect

LINES = ListField(forms.CharField(max_length=10), required=False, most=3)
COMMAS = ListField(forms.CharField(max_length=10), required=False, separator=",")
EMAILS = ListField(forms.EmailField(), required=False)


def test_reads_one_text_a_line_without_blanks_and_repetitions():
    assert LINES.clean("  one \r\n\r\ntwo  too\nONE\n") == ["one", "two too"]
    assert LINES.clean("") == LINES.clean(None) == []


def test_reads_texts_between_commas():
    assert COMMAS.clean("alumni, , Oslo ,alumni") == ["alumni", "Oslo"]


def test_shows_a_list_as_it_is_typed():
    assert LINES.prepare_value(["one", "two"]) == "one\ntwo"
    assert COMMAS.prepare_value(["one", "two"]) == "one, two"
    assert LINES.prepare_value("half ty") == "half ty"


def test_quotes_each_text_that_is_wrong():
    with pytest.raises(ValidationError) as refusal:
        EMAILS.clean("ada@harbor.example\nada@\nnobody")
    assert [words.split(":")[0] for words in refusal.value.messages] == ["“ada@”", "“nobody”"]


def test_refuses_more_texts_than_there_is_room_for():
    with pytest.raises(ValidationError, match="These are 4; there is room for 3."):
        LINES.clean("a\nb\nc\nd")


def test_refuses_a_text_that_is_too_long_and_what_no_text_may_hold():
    for text in ("x" * 11, "a\x00b"):
        with pytest.raises(ValidationError):
            LINES.clean(text)


def test_may_be_required():
    with pytest.raises(ValidationError):
        ListField(forms.CharField()).clean(" \n ")


class Choice(forms.Form):
    choices = [("", "None"), (1, "<One>"), ("2", "Two")]
    usual = forms.ChoiceField(choices=choices, required=False)
    long = forms.ChoiceField(choices=choices, required=False, widget=LongSelect)


@pytest.mark.parametrize("value", [None, "", 1, "1", "2", "3"])
def test_a_long_list_is_drawn_like_any_other(value):
    form = Choice(initial={"usual": value, "long": value})
    long, usual = str(form["long"]), str(form["usual"])
    assert parse_html(long.replace("long", "usual")) == parse_html(usual)
