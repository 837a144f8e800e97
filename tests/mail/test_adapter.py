import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.mail.adapter import AccountAdapter
from apps.mail.delivery import send_due
from apps.mail.models import SIGN_IN, OutgoingEmail, State
from tests.accounts.factories import UserFactory
from tests.mail.sink import Sink

pytestmark = pytest.mark.django_db

EVENTS = sorted(
    path.name.removesuffix("_subject.txt")
    for path in (settings.BASE_DIR / "templates/account/email").glob("*_subject.txt")
)
LINK = {"password_reset_url": "http://127.0.0.1:8000/accounts/password/reset/key/1-a/"}


@pytest.fixture(autouse=True)
def _nobody_has_asked_before() -> None:
    cache.clear()  # where allauth counts how often an address asks


def ask_for_reset(client: Client, address: str, **headers: str) -> Any:
    return client.post(reverse("account_reset_password"), {"email": address}, headers=headers)


def test_a_forgotten_password_becomes_a_mail_due_now(client: Client, reader: User) -> None:
    assert ask_for_reset(client, "Reader@Campus.example").status_code == 302
    email = OutgoingEmail.objects.get()
    assert (email.kind, email.recipient, email.to_address) == (SIGN_IN, reader, reader.email)
    assert email.expires_at - email.due_at == timedelta(hours=1)
    assert email.subject
    assert "http://127.0.0.1:8000/accounts/password/reset/key/" in email.text_body


def test_the_link_in_the_mail_sets_a_new_password(client: Client, reader: User, sink: Sink) -> None:
    ask_for_reset(client, reader.email)
    send_due()
    text = sink.ledger[0].message.get_body(("plain",)).get_content()
    link = re.search(r"http://127\.0\.0\.1:8000(/\S+)", text)
    assert link
    form = client.get(link[1], follow=True)
    words = "a new walk by the river"
    client.post(form.redirect_chain[-1][0], {"password1": words, "password2": words})
    reader.refresh_from_db()
    assert reader.check_password(words)


def test_the_link_does_not_outlive_its_sending(client: Client, reader: User, sink: Sink) -> None:
    ask_for_reset(client, reader.email)
    send_due()
    email = OutgoingEmail.objects.get()
    assert (email.state, email.text_body) == (State.SENT, "")


def test_an_unknown_address_gets_the_same_answer_and_a_mail_too(
    client: Client, reader: User, sink: Sink
) -> None:
    known = ask_for_reset(client, reader.email)
    unknown = ask_for_reset(client, "stranger@elsewhere.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])

    email = OutgoingEmail.objects.get(to_address="stranger@elsewhere.example")
    assert (email.kind, email.recipient) == (SIGN_IN, None)
    assert "/reset/key/" not in email.text_body
    send_due()
    assert sorted(sink.recipients) == [reader.email, "stranger@elsewhere.example"]


def test_known_and_unknown_addresses_cost_the_same_writes(client: Client, reader: User) -> None:
    def writes(address: str) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            ask_for_reset(client, address)
        statements = [query["sql"].partition("(")[0] for query in queries]
        return [text for text in statements if text.startswith(("INSERT", "UPDATE", "DELETE"))]

    ask_for_reset(client, reader.email)  # allauth makes a note of an address, once for all
    known = writes(reader.email)
    assert known == writes("stranger@elsewhere.example")
    assert 'INSERT INTO "mail_outgoingemail" ' in known


def test_a_forged_host_does_not_reach_the_link(client: Client, reader: User, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    for address in (reader.email, "stranger@elsewhere.example"):
        ask_for_reset(client, address, host="evil.example")
    for email in OutgoingEmail.objects.all():
        assert "evil.example" not in email.text_body + email.html_body


def test_both_parts_stand_in_the_frame_of_all_our_mail(client: Client, settings: Any) -> None:
    settings.INSTITUTION_NAME = "Smith & Sons <College>"
    user = UserFactory(student=True, given_name="D'Arcy")
    ask_for_reset(client, user.email)
    email = OutgoingEmail.objects.get()
    assert email.text_body.startswith("Hello D'Arcy,\n")
    assert email.text_body.endswith("Smith & Sons <College>, http://127.0.0.1:8000")
    assert "Hello D&#x27;Arcy," in email.html_body
    assert "Smith &amp; Sons &lt;College&gt;" in email.html_body
    for body in (email.text_body, email.html_body):
        assert "You get this because somebody, most likely you, asked for it" in body
        assert "Stop these mails" not in body
    link = re.search(r"http://127.0.0.1:8000/accounts/password/reset/key/\S+/", email.text_body)
    assert link
    assert f'href="{link[0]}"' in email.html_body


@pytest.mark.parametrize("event", EVENTS)
def test_every_mail_about_signing_in_has_words_for_both_parts(event: str) -> None:
    """With a person and without: an address may be nobody's."""
    for user in (UserFactory(student=True), None):
        AccountAdapter().send_mail(
            f"account/email/{event}", "somebody@campus.example", {"user": user, **LINK}
        )
    for email in OutgoingEmail.objects.all():
        assert email.subject
        assert email.text_body.startswith("Hello")
        assert "<h1>" in email.html_body


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    words = "a long walk by the river"
    client.post(
        reverse("account_signup"),
        {"email": "new@campus.example", "password1": words, "password2": words},
    )
    assert not User.objects.exists()
