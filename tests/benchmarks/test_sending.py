"""How fast one sender sends, beside a bare loop over one connection to the same mail server.

The server is the chaos run's: a process of its own that has each mail on the disk before it
answers. The mails are lists of next steps as the planner writes them, each judged again before it
leaves. SENDING_MAILS says how many.
"""

import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.template import Template
from django.test.utils import _TestState
from django.utils import timezone

from apps.contacts.models import Contact
from apps.mail.delivery import send_due
from apps.mail.message import compose
from apps.mail.models import OutgoingEmail, State
from apps.outreach.models import Attempt
from apps.reminders.models import Preference
from apps.reminders.planner import look_around
from tests.accounts.factories import UserFactory
from tests.chaos.stage import zone_where_it_is_noon
from tests.contacts.factories import ContactFactory
from tests.students.factories import StudentFactory

MAILS = int(os.environ.get("SENDING_MAILS", 400))
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def mail_server(tmp_path: Path, settings: Any) -> Iterator[int]:
    """The port of a mail server, to which the settings lead."""
    command = [sys.executable, "-m", "tests.chaos.mail_server", str(tmp_path / "ledger")]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        assert server.stdin
        assert server.stdout
        port = int(server.stdout.readline())
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = None
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield port
        server.stdin.close()


@pytest.fixture
def lists(transactional_db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists of next steps that are due, one for each of many students."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)
    settings.INSTITUTION_TIME_ZONE = zone_where_it_is_noon()
    now = timezone.now()
    users = [UserFactory.create(student=True) for _ in range(MAILS)]
    Preference.objects.bulk_create(
        Preference(
            user=user,
            hour=0,
            days=[*range(1, 8)],
            digest="daily",
            quiet_from=0,
            quiet_until=0,
            weekly_cap=5,
        )
        for user in users
    )
    contacts = Contact.objects.bulk_create(
        ContactFactory.build(student=StudentFactory.create(user=user)) for user in users
    )
    Attempt.objects.bulk_create(
        Attempt(
            student=contact.student,
            contact=contact,
            sent_at=now - timedelta(days=20),
            channel="email",
        )
        for contact in contacts
    )
    assert look_around(now=timezone.now()) == MAILS


def test_sends_nearly_as_fast_as_a_bare_loop(
    lists: None, mail_server: int, record_property: Callable[[str, object], None]
) -> None:
    contents = [compose(email) for email in OutgoingEmail.objects.order_by("pk")]
    bare = bare_rate(contents, mail_server)
    begun = time.perf_counter()
    assert send_due() == MAILS
    ours = MAILS / (time.perf_counter() - begun)
    bare = max(bare, bare_rate(contents, mail_server))  # before and after, on a busy machine
    assert OutgoingEmail.objects.filter(state=State.SENT).count() == MAILS
    record_property("mails sent a second", round(ours))
    print(f"{MAILS} lists: {ours:.0f} a second, bare {bare:.0f}: {ours / bare:.2f}")
    assert ours >= 0.8 * bare


def bare_rate(contents: list[bytes], port: int) -> float:
    """Return how many mails a second smtplib hands over."""
    begun = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for content in contents:
            server.sendmail("careerhub@localhost", ["reader@campus.example"], content)
    return len(contents) / (time.perf_counter() - begun)
