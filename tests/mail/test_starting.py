"""The ways to start sending, and the settings under which nobody may."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from apps.accounts.models import User
from apps.mail.limits import lease, slowest_try_seconds
from apps.mail.models import OutgoingEmail, State
from apps.mail.poke import SEND_DUE_MAIL
from apps.mail.tasks import send_due_mail
from tests.mail.due import due_mail
from tests.mail.sink import Sink


@pytest.mark.django_db
def test_the_task_sends_what_is_due(reader: User, sink: Sink) -> None:
    due_mail(reader)
    send_due_mail()
    assert OutgoingEmail.objects.get().state == State.SENT


@pytest.mark.django_db
def test_the_command_sends_what_is_due(reader: User, sink: Sink) -> None:
    due_mail(reader)
    call_command("send_due_mail")
    assert OutgoingEmail.objects.get().state == State.SENT


def test_a_poke_names_the_task() -> None:
    assert send_due_mail.name == SEND_DUE_MAIL


def ids_of_problems() -> list[str | None]:
    return [problem.id for problem in run_checks() if str(problem.id).startswith("mail.")]


@pytest.mark.usefixtures("sink")
def test_sound_settings_start() -> None:
    assert ids_of_problems() == []


@pytest.mark.usefixtures("sink")
def test_a_lease_that_the_slowest_try_outlives_does_not_start(settings: Any) -> None:
    assert lease() == timedelta(minutes=20)
    settings.MAIL_LEASE_SECONDS = int(slowest_try_seconds())
    assert ids_of_problems() == ["mail.E002"]


@pytest.mark.usefixtures("sink")
@pytest.mark.parametrize(
    ("setting", "value", "problem"),
    [
        ("EMAIL_TIMEOUT", None, "mail.E001"),
        ("EMAIL_HOST", None, "mail.E003"),
        ("DEFAULT_FROM_EMAIL", "Career Center", "mail.E004"),
        ("MAIL_BOUNCE_ADDRESS", "bounces", "mail.E005"),
        ("MAIL_BOUNCE_ADDRESS", "rändy@careers.example", "mail.E005"),
        ("MAIL_BOUNCE_ADDRESS", f"{'b' * 40}@careers.example", "mail.E005"),
    ],
)
def test_settings_that_cannot_send_do_not_start(
    settings: Any, setting: str, value: Any, problem: str
) -> None:
    setattr(settings, setting, value)
    assert ids_of_problems() == [problem]
