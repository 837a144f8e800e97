import pytest
from django.core.checks import run_checks


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("REMINDER_DIGEST", "hourly", "reminders.E001"),
        ("REMINDER_WEEKLY_CAP", 0, "reminders.E002"),
        ("REMINDER_HOUR", 24, "reminders.E002"),
        ("REMINDER_HOUR", 22, "reminders.E003"),
        ("REMINDER_QUIET_UNTIL", 9, "reminders.E003"),
    ],
)
def test_refuses_defaults_that_nobody_could_choose(settings, name, value, problem):
    setattr(settings, name, value)
    assert problem in [message.id for message in run_checks()]


def test_finds_nothing_wrong_with_ours():
    assert not [m for m in run_checks() if str(m.id).startswith("reminders.")]
