from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apps.accounts.models import User
from apps.mail import conditions, kinds, weekly_cap
from apps.mail.kinds import Kind
from tests.accounts.factories import UserFactory
from tests.mail.sink import Sink

TEMPLATES = {
    "hello_subject.txt": "News & more\nfor {{ recipient.given_name }}",
    "hello_body.txt": '{% extends "mail/layout.txt" %}{% block content %}{{ words }}{% endblock %}',
    "hello_body.html": (
        '{% extends "mail/layout.html" %}{% block content %}<p>{{ words }}</p>{% endblock %}'
    ),
}


@pytest.fixture(autouse=True)
def _trial_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kinds of mail that no app registers: one that people can stop, one that is always sent."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(Kind(name="hello", label="Hello", why="You get this to be greeted."))
    kinds.register(Kind(name="trial", label="Trial", why="You get this on trial."))
    kinds.register(
        Kind(name="needed", label="Needed", why="You get this in any case.", is_essential=True)
    )


@pytest.fixture(autouse=True)
def _no_weekly_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    """One reader may get all the mails that a test sends."""
    monkeypatch.setattr(weekly_cap, "_most", [])


@pytest.fixture
def hello(settings: Any, tmp_path: Path) -> str:
    """The name of a mail's three templates."""
    folder = tmp_path / "trial" / "emails"
    folder.mkdir(parents=True)
    for name, text in TEMPLATES.items():
        (folder / name).write_text(text)
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], tmp_path]}]
    return "trial/emails/hello"


@pytest.fixture
def reader(db: None) -> User:
    return UserFactory.create(email="reader@campus.example", given_name="Ana")


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A mail server, with the settings that lead to it."""
    server = Sink()
    server.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = None
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 5
    yield server
    server.stop()


@pytest.fixture
def no_conditions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conditions, "_conditions", {})
