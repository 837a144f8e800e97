from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.mail.message import ascii_address, compose, sender_address
from apps.mail.models import OutgoingEmail

DUE_AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def an_email(**changes: Any) -> OutgoingEmail:
    return OutgoingEmail(
        **{
            "to_address": "reader@campus.example",
            "subject": "Hello",
            "text_body": "Hello",
            "html_body": "<p>Hello</p>",
            "message_id": "<0123456789abcdef0123456789abcdef@careerhub.example>",
            "created_at": DUE_AT,
            "due_at": DUE_AT,
            **changes,
        }
    )


def parsed(email: OutgoingEmail) -> EmailMessage:
    message = message_from_bytes(compose(email), policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def test_gives_the_same_bytes_every_time() -> None:
    assert compose(an_email()) == compose(an_email())


def test_is_plain_ascii_with_network_line_ends() -> None:
    content = compose(an_email(subject="Grüße", text_body="Grüße\nund mehr\n" + "x" * 3000))
    assert content.isascii()
    lines = content.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 998


def test_is_dated_when_it_is_due_and_not_before_it_existed() -> None:
    earlier, later = DUE_AT.replace(hour=1), DUE_AT.replace(hour=20)
    assert parsed(an_email(created_at=earlier))["Date"].datetime == DUE_AT
    assert parsed(an_email(created_at=later))["Date"].datetime == later


def test_offers_text_and_html_or_text_alone() -> None:
    both = parsed(an_email())
    assert both.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in both.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    assert parsed(an_email(html_body="")).get_content_type() == "text/plain"


def test_keeps_a_long_message_id_in_one_piece() -> None:
    message_id = f"<{'a' * 32}@{'career-center.' * 5}a-very-long-university-name.example>"
    assert f"Message-ID: {message_id}\r\n".encode() in compose(an_email(message_id=message_id))


@pytest.mark.parametrize("field", ["subject", "to_address", "reply_to", "message_id"])
def test_refuses_a_header_that_would_start_another(field: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        compose(an_email(**{field: "reader@campus.example\r\nBcc: everybody@campus.example"}))


def test_lets_people_answer_whoever_wrote() -> None:
    assert (
        parsed(an_email(reply_to="bea@bücher.example"))["Reply-To"] == "bea@xn--bcher-kva.example"
    )
    assert "Reply-To" not in parsed(an_email())


def test_writes_a_domain_as_the_dns_knows_it() -> None:
    assert ascii_address("a@bücher.example") == "a@xn--bcher-kva.example"
    assert parsed(an_email(to_address="a@bücher.example"))["To"] == "a@xn--bcher-kva.example"


@pytest.mark.parametrize("address", ["", "somebody", "@campus.example", "a@", "rändy@x.example"])
def test_refuses_what_is_no_address(address: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        ascii_address(address)


def test_names_the_bare_sender_to_the_server(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = '"Career Center, Main Campus" <careers@campus.example>'
    assert sender_address() == "careers@campus.example"
    assert parsed(an_email())["From"] == settings.DEFAULT_FROM_EMAIL


def put_together_by_the_library(email: OutgoingEmail) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = email.subject
    message["To"] = email.to_address
    message.set_content(email.text_body, cte="quoted-printable")
    message.add_alternative(email.html_body, subtype="html", cte="quoted-printable")
    return message


# What a subject and a body can hold: the database takes no NUL, and a subject is one line.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
ONE_LINE = WORDS.map(lambda words: " ".join(words.split())).filter(str.isprintable)


@given(
    ONE_LINE, WORDS, WORDS, st.from_regex(r"[a-z'.+-]{1,80}@[a-z]{1,60}\.example", fullmatch=True)
)
def test_says_what_the_library_would_say(subject: str, text: str, html: str, address: str) -> None:
    email = an_email(subject=subject, text_body=text, html_body=html, to_address=address)
    content = compose(email)
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    ours = message_from_bytes(content, policy=default)
    theirs = message_from_bytes(put_together_by_the_library(email).as_bytes(), policy=default)
    assert isinstance(ours, EmailMessage)
    assert isinstance(theirs, EmailMessage)
    assert (ours["Subject"], ours["To"]) == (theirs["Subject"], theirs["To"])
    bodies = [[part.get_content() for part in mail.iter_parts()] for mail in (ours, theirs)]
    assert bodies[0] == bodies[1]
