"""Guard: a log leads to rows and never to people.

Every page is asked for by people of each role, forms are sent, somebody cannot sign in, mail does
not leave. Then all that was logged is searched for every name and address in any table.
"""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.db.models.functions import Now
from django.test import Client

from apps.accounts.models import User
from apps.mail.delivery import send_due
from apps.mail.models import OutgoingEmail
from tests.careerhub.test_logs import formatter
from tests.guards.pages import World
from tests.guards.personal_data import PERSONAL_DATA
from tests.mail.due import due_mail

TELLS_WHO = ("identifies", "contact")
# Words in them say nothing: a table's name, a fingerprint, a kind of place.
NO_NAMES = {"students.RosterImport.table", "contacts.Wish.fingerprint"}
ASKING = ("ana", "counselor", "admin")
SHORTEST = 5  # shorter ones stand in other words
OUR_OWN_WORDS = {"careerhub", "localhost", "example", "admin", "student", "counselor"}


@pytest.fixture
def written() -> Iterator[StringIO]:
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(formatter(debug=False))
    root = logging.getLogger()
    root.addHandler(handler)
    before = root.level
    root.setLevel(logging.INFO)
    yield handler.stream
    root.setLevel(before)
    root.removeHandler(handler)


def texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from texts(part)
        case list() | tuple():
            for part in value:
                yield from texts(part)


def names_in_all_tables() -> set[str]:
    """Return every word of a short text that says who somebody is, or how to reach them."""
    found: set[str] = set()
    for label, kinds in PERSONAL_DATA.items():
        fields = [field for kind in TELLS_WHO for field in kinds.get(kind, "").split()]
        kept = [field for field in fields if f"{label}.{field}" not in NO_NAMES]
        if not kept:
            continue
        model: Any = apps.get_model(label)
        for row in model.objects.values_list(*kept):
            for text in texts(row):
                if len(text) <= 120:
                    found |= {text, *re.split(r"[\s,;<>()]+", text)}
    # A word in lower letters, out of somebody's sentence, is nobody's name.
    telling = {
        word for word in found if len(word) >= SHORTEST and (word != word.lower() or "@" in word)
    }
    return telling - OUR_OWN_WORDS


def named(logged: str, names: set[str]) -> list[str]:
    lines = logged.splitlines()
    wanted = {name for name in names if name in logged}
    return [
        f"{name!r} in: {line[:300]}"
        for name in sorted(wanted)
        for line in lines
        if re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", line)
    ]


def test_no_log_names_anybody(world: World, written: StringIO, settings: Any, ana: Any) -> None:
    for label in world.pages:
        for who in ASKING:
            for method in ("GET", "POST"):
                world.ask(method, label, who)
    _sign_in_in_vain(User.objects.exclude(email="").first())
    email = due_mail(ana.user)
    mine = OutgoingEmail.objects.filter(pk=email.pk)
    mine.update(due_at=Now(), next_try_at=Now(), expires_at=Now() + timedelta(days=1))
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    send_due()
    names = names_in_all_tables()
    assert len(names) > 100, len(names)
    assert ana.user.email in names
    logged = written.getvalue()
    assert logged.count('"answered"') > 400
    assert "mail.server_unavailable" in logged
    assert named(logged, names) == []


def _sign_in_in_vain(person: User | None) -> None:
    assert person
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": "wrong"})
    client.post("/accounts/password/reset/", {"email": person.email})
    client.get(f"/contacts/?q={person.full_name}", headers={"user-agent": person.email})
    client.get(f"/{person.email}/")


def test_finds_a_name_that_was_logged() -> None:
    assert named('{"event": "saved Ana Whitfield"}', {"Whitfield"})
    assert not named('{"event": "Whitfieldian"}', {"Whitfield"})
