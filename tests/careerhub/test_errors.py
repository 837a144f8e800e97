"""What leaves the house when an error is reported: a place in the code and ids."""

import json
from typing import Any

import pytest
import sentry_sdk
from django.test import Client
from sentry_sdk.transport import Transport

from careerhub import errors
from careerhub.errors import scrubbed

SECRETS = ("Whitfield", "ana@campus.example", "203.0.113.9", "a-cookie", "/c/secret")


class Kept(Transport):
    def __init__(self) -> None:
        super().__init__({"dsn": "https://key@errors.example/1"})
        self.sent: list[str] = []

    def capture_envelope(self, envelope: Any) -> None:
        self.sent.append(envelope.serialize().decode())


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    transport = Kept()
    original = sentry_sdk.init
    monkeypatch.setattr(
        errors.sentry_sdk, "init", lambda **options: original(transport=transport, **options)
    )
    errors.report_to("https://key@errors.example/1")
    return transport


def test_reports_where_it_broke_and_nothing_that_was_said(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "Ana Whitfield"

    def break_down() -> None:
        raise ValueError(f"{name} <ana@campus.example>")

    try:
        with sentry_sdk.isolation_scope() as scope:
            scope.set_user({"email": "ana@campus.example", "ip_address": "203.0.113.9"})
            scope.set_tag("request", "a-request-id")
            scope.set_tag("page", "/c/secret")
            scope.set_extra("note", "Whitfield")
            sentry_sdk.add_breadcrumb(message="Whitfield")
            break_down()
    except ValueError as error:
        with sentry_sdk.isolation_scope() as scope:
            scope.set_tag("request", "a-request-id")
            sentry_sdk.capture_exception(error)
    finally:
        sentry_sdk.flush()
        sentry_sdk.get_client().close()
        sentry_sdk.Scope.get_global_scope().set_client(None)
    (said,) = kept.sent
    assert "ValueError" in said
    assert "break_down" in said
    assert "a-request-id" in said
    for secret in SECRETS:
        assert secret not in said


def test_keeps_of_an_event_only_what_it_knows(client: Client) -> None:
    event: Any = {
        "event_id": "1",
        "request": {"cookies": "a-cookie", "url": "/c/secret", "data": "Whitfield"},
        "user": {"ip_address": "203.0.113.9"},
        "message": "Whitfield",
        "logentry": {"message": "ana@campus.example"},
        "extra": {"a": "Whitfield"},
        "breadcrumbs": {"values": [{"message": "Whitfield"}]},
        "tags": {"page": "/c/secret", "task": "mail.tasks.note_beat"},
        "exception": {
            "values": [
                {
                    "type": "IntegrityError",
                    "value": "Whitfield",
                    "stacktrace": {"frames": [{"lineno": 7, "vars": {"name": "Whitfield"}}]},
                }
            ]
        },
    }
    said = json.dumps(scrubbed(event, {}))
    assert "IntegrityError" in said
    assert "note_beat" in said
    for secret in SECRETS:
        assert secret not in said
