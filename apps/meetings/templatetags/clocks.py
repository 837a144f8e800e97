"""A meeting's times on the student's clock and on the contact's, side by side."""

from datetime import datetime
from typing import Any

from django import template

from apps.meetings.clocks import Clocks
from apps.meetings.models import Meeting

register = template.Library()


@register.inclusion_tag("meetings/_when.html")
def when(
    meeting: Meeting, moment: datetime | None = None, *, with_year: bool = False
) -> dict[str, Any]:
    """Draw a moment, by default the start, on both clocks; the meeting comes with its people."""
    moment = moment or meeting.starts_at
    clocks = Clocks.of(meeting.student, meeting.contact)
    own = clocks.own.words(moment, with_year=with_year)
    return {"moment": moment, "own": own, "there": clocks.there(moment)}


@register.filter
def there(meeting: Meeting, moment: datetime | None = None) -> str:
    """Say what the contact's clock shows then, "5:00 pm in Madrid"; "" if it is the student's."""
    clocks = Clocks.of(meeting.student, meeting.contact)
    return clocks.there(moment or meeting.starts_at)


@register.filter
def shown_there(moment: datetime, clocks: Clocks) -> str:
    """Say what the contact's clock shows at a moment, where the meeting is still to be made."""
    return clocks.there(moment)
