"""Mail held back, and the word that lets it go: what a restored database needs."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.accounts.models import User
from apps.mail.actions import pause_sending, resume_sending
from apps.mail.delivery import send_due
from apps.mail.health import findings
from apps.mail.models import OutgoingEmail, SendingPause, State
from tests.constraints import refused_by
from tests.mail.due import due_mail
from tests.mail.sink import Sink

pytestmark = pytest.mark.django_db


def test_lets_no_mail_leave_while_paused(reader: User, sink: Sink) -> None:
    due_mail(reader)
    due_mail(reader, expires_at=timezone.now() - timedelta(seconds=1))
    pause_sending()
    pause_sending()
    assert send_due() == 0
    assert not sink.ledger
    assert {email.state for email in OutgoingEmail.objects.all()} == {State.PENDING}
    assert not next(finding for finding in findings() if finding.name == "paused").is_well


def test_stops_between_two_mails(reader: User, sink: Sink) -> None:
    due_mail(reader)
    pause_sending()
    assert send_due(should_stop=lambda: False) == 0


def test_sends_what_waited_when_told_to(reader: User, sink: Sink) -> None:
    due_mail(reader)
    pause_sending()
    assert resume_sending(sends_waiting=True) == 1
    assert send_due() == 1
    assert len(sink.ledger) == 1


def test_leaves_what_waited_as_mail_that_may_have_arrived(reader: User, sink: Sink) -> None:
    waiting = due_mail(reader)
    pause = pause_sending()
    later = due_mail(reader, due_at=pause.since + timedelta(microseconds=1))
    call_command("resume_mail", "--leave-waiting", stdout=StringIO())
    send_due()
    waiting.refresh_from_db()
    later.refresh_from_db()
    assert (waiting.state, waiting.text_body) == (State.UNKNOWN, "")
    assert later.state == State.SENT
    assert len(sink.ledger) == 1


def test_asks_for_the_word() -> None:
    call_command("pause_mail", stdout=StringIO())
    with pytest.raises(CommandError, match="required"):
        call_command("resume_mail")
    assert SendingPause.objects.exists()


def test_resumes_once() -> None:
    pause_sending()
    resume_sending(sends_waiting=True)
    assert resume_sending(sends_waiting=False) == 0


def test_is_paused_once_or_not_at_all() -> None:
    with refused_by("mail_sendingpause_is_the_only_one"):
        SendingPause.objects.create(pk=2)
