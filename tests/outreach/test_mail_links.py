"""Links that open a note in the student's own mail: read back as a mail program would."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.meetings.thank_you import Letter
from apps.outreach.mail_links import LONGEST_LINK, LONGEST_WEB_LINK, MailLinks

TRICKY = "Grüße, Zoë!\n\n50 % off? A&B=c #1 + “quotes” <b>\\n 👋🏽 日本語\n> quoted"


def asked_of(link: str) -> dict[str, str]:
    """Read a query as servers do, a plus being a space."""
    return {name: value for name, (value,) in parse_qs(urlsplit(link).query).items()}


def test_opens_the_mail_program_with_line_ends_as_mail_has_them() -> None:
    link = MailLinks.of(Letter("ruth+harbor@example.org", "Ä & B?", TRICKY)).program
    address, _, query = link.partition("?")
    subject, body = (part.partition("=")[2] for part in query.split("&"))
    assert unquote(address) == "mailto:ruth+harbor@example.org"
    assert unquote(subject) == "Ä & B?"
    assert unquote(body) == TRICKY.replace("\n", "\r\n")
    assert "%0D%0A%0D%0A" in body
    assert not set(link) & set(' \n"<>“')


def test_opens_web_mail_with_the_same() -> None:
    links = MailLinks.of(Letter("ruth+harbor@example.org", "Ä & B?", TRICKY))
    text = TRICKY.replace("\n", "\r\n")
    assert links.gmail.startswith("https://mail.google.com/mail/?view=cm&fs=1&to=ruth%2Bharbor%40")
    assert asked_of(links.gmail) == {
        "view": "cm",
        "fs": "1",
        "to": "ruth+harbor@example.org",
        "su": "Ä & B?",
        "body": text,
    }
    assert links.outlook.startswith("https://outlook.office.com/mail/deeplink/compose?to=ruth%2B")
    assert asked_of(links.outlook) == {
        "to": "ruth+harbor@example.org",
        "subject": "Ä & B?",
        "body": text,
    }


@given(st.text(st.characters(codec="utf-8"), max_size=80), st.text(max_size=80))
def test_no_subject_adds_a_recipient_or_a_line(subject: str, body: str) -> None:
    body = body.encode("utf-8", "ignore").decode()
    links = MailLinks.of(Letter("ruth@example.org", subject, body))
    assert links.program.count("&") == 1
    assert links.program.count("?") == 1
    assert "\n" not in unquote(links.program.partition("&body=")[0])
    assert set(asked_of(links.outlook)) <= {"to", "subject", "body"}


@pytest.mark.parametrize(
    ("letters", "program", "web"), [(1500, True, True), (2500, False, True), (5000, False, False)]
)
def test_leaves_out_a_link_that_would_be_cut_off(letters: int, program: bool, web: bool) -> None:
    links = MailLinks.of(Letter("ruth@example.org", "A note", "x" * letters))
    assert (bool(links.program), bool(links.gmail), bool(links.outlook)) == (program, web, web)
    assert links.is_any_left_out == (not (program and web))
    assert len(links.program) <= LONGEST_LINK
    assert len(links.outlook) <= LONGEST_WEB_LINK


def test_a_note_of_two_hundred_words_fits_everywhere() -> None:
    links = MailLinks.of(Letter("ruth@example.org", "A question", "A word as usual. " * 50))
    assert not links.is_any_left_out


def test_without_an_address_there_is_nothing_to_open() -> None:
    assert MailLinks.of(Letter("", "A question", "Hi")) == MailLinks()
