"""One click stops a kind of mail: without cookies, by POST alone, and telling strangers nothing."""

from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from apps.accounts.models import User
from apps.mail.message import compose
from apps.mail.models import SIGN_IN, OutgoingEmail, Refusal
from apps.mail.unsubscribe import read_token, stop_url, token_for
from tests.mail.due import due_mail
from tests.mail.factories import OutgoingEmailFactory

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def mail_program() -> Client:
    """Somebody without cookies, whom nobody excuses from CSRF checks."""
    return Client(enforce_csrf_checks=True)


def path_of(email: OutgoingEmail, site_url: str) -> str:
    message = message_from_bytes(compose(email), policy=default)
    link = message["List-Unsubscribe"]
    assert link.startswith(f"<{site_url}/unsubscribe/")
    assert link.endswith("/>")
    return link[1 + len(site_url) : -1]


def post(client: Client, path: str, body: dict[str, str] | None = None) -> HttpResponse:
    return client.post(path, ONE_CLICK if body is None else body)


def test_the_link_in_the_header_stops_the_kind_without_cookies(
    reader: User, mail_program: Client, settings: Any
) -> None:
    path = path_of(due_mail(reader), settings.SITE_URL)
    answer = mail_program.post(
        path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert not answer.cookies
    refusal = Refusal.objects.get()
    assert (refusal.user, refusal.kind) == (reader, "trial")


def test_opening_the_link_changes_nothing(reader: User, mail_program: Client) -> None:
    path = f"/unsubscribe/{token_for(reader.pk, 'trial')}/"
    assert mail_program.get(path).status_code == 200
    assert mail_program.head(path).status_code == 405
    assert not Refusal.objects.exists()


def test_stopping_twice_is_stopping_once(reader: User, mail_program: Client) -> None:
    path = f"/unsubscribe/{token_for(reader.pk, 'trial')}/"
    first, second = post(mail_program, path), post(mail_program, path)
    assert first.content == second.content
    assert Refusal.objects.count() == 1


def test_the_page_offers_to_take_it_back(reader: User, mail_program: Client) -> None:
    path = f"/unsubscribe/{token_for(reader.pk, 'trial')}/"
    assert b'name="again"' in post(mail_program, path).content
    assert b"They come again" in post(mail_program, path, {"again": "yes"}).content
    assert not Refusal.objects.exists()


def bad_tokens(reader: User) -> list[str]:
    good = token_for(reader.pk, "trial")
    return [
        "nonsense",
        good[:-1],
        good.replace(":", ""),
        good[:-2] + ("AA" if good[-2:] != "AA" else "BB"),
        token_for(reader.pk + 1000, "trial"),
        token_for(reader.pk, SIGN_IN),
        token_for(reader.pk, "needed"),
        "%00%F0",
    ]


@pytest.mark.parametrize("body", [None, ONE_CLICK, {"again": "yes"}])
def test_says_the_same_to_the_byte_whatever_the_token(
    reader: User, mail_program: Client, body: dict[str, str] | None
) -> None:
    pages = set()
    for token in [token_for(reader.pk, "trial"), *bad_tokens(reader)]:
        path = f"/unsubscribe/{token}/"
        answer = mail_program.get(path) if body is None else mail_program.post(path, body)
        pages.add((answer.status_code, answer.content))
        assert answer.headers["Cache-Control"].startswith("max-age=0")
    assert len(pages) == 1


def test_no_bad_token_and_none_of_an_essential_kind_stops_anything(
    reader: User, mail_program: Client
) -> None:
    for token in bad_tokens(reader):
        post(mail_program, f"/unsubscribe/{token}/")
    assert not Refusal.objects.exists()


def test_a_token_is_the_same_each_time_and_signed_for_this_purpose_alone(reader: User) -> None:
    token = token_for(reader.pk, "trial")
    assert token == token_for(reader.pk, "trial")
    assert read_token(token) == (reader.pk, "trial")
    assert read_token(token[:-1]) is None


def test_essential_mail_carries_no_way_to_stop_it(reader: User) -> None:
    for kind in (SIGN_IN, "needed"):
        message = message_from_bytes(compose(due_mail(reader, kind=kind)), policy=default)
        assert "List-Unsubscribe" not in message
        assert "List-Unsubscribe-Post" not in message


def test_other_mail_carries_both_headers_in_the_form_of_the_standards(reader: User) -> None:
    content = compose(OutgoingEmailFactory(recipient=reader, kind="trial"))
    headers = content.partition(b"\r\n\r\n")[0].split(b"\r\n")
    url = stop_url(reader.pk, "trial")
    assert f"List-Unsubscribe: <{url}>".encode() in headers  # RFC 2369: in one piece, in brackets
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in headers  # RFC 8058
    assert max(map(len, headers)) <= 998


def test_the_link_stays_whole_however_long_the_site_is_called(reader: User, settings: Any) -> None:
    settings.SITE_URL = "https://careers.a-university-with-a-really-very-long-name.example"
    message = message_from_bytes(compose(due_mail(reader)), policy=default)
    assert message["List-Unsubscribe"] == f"<{stop_url(reader.pk, 'trial')}>"
    assert not message.defects
