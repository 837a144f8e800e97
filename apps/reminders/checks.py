"""Settings about reminders under which nobody would get any."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.reminders.models import Digest, Preference


@register
def check_programme_defaults(**_: Any) -> list[CheckMessage]:
    """Hold what people get who choose nothing to the rules for what people choose."""
    if settings.REMINDER_DIGEST not in Digest.values:
        words = f"REMINDER_DIGEST has to be one of {', '.join(Digest.values)}."
        return [Error(words, id="reminders.E001")]
    defaults = Preference.of(User())
    try:
        defaults.clean_fields(exclude=["user"])
    except ValidationError as error:
        return [Error(f"A REMINDER_ setting is out of bounds: {error}", id="reminders.E002")]
    if defaults.rhythm.is_quiet_hour(defaults.hour):
        return [Error("REMINDER_HOUR lies in the programme's quiet hours.", id="reminders.E003")]
    return []
