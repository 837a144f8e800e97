"""A next step in words: when it is due, on the clock that is active for the reader."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django import template
from django.utils import dateformat, timezone

from apps.common.templatetags.clock import clock
from apps.students.next_steps import NextStep, StepKind

register = template.Library()

END_OF_DAY = time(23, 59)


@dataclass(frozen=True)
class Due:
    """When a step is due in the reader's words: `late` has passed, `soon` is today.

    `hour` is empty where the day says enough.
    """

    state: str
    words: str
    hour: str


@register.filter
def due(step: NextStep, now: datetime) -> Due:
    moment, today = timezone.localtime(step.due_at), timezone.localdate(now)
    if step.is_overdue(now):
        days = (today - moment.date()).days
        since = ["since today", "since yesterday"][days] if days < 2 else f"for {days} days"
        return Due("late", "Overdue", since)
    is_talk = step.kind == StepKind.PREPARE  # due when the conversation begins
    hour = "" if moment.time() >= END_OF_DAY else f"{'at' if is_talk else 'by'} {clock(moment)}"
    if moment.date() == today:
        return Due("soon", "Today" if is_talk else "Due today", hour)
    if moment.date() == today + timedelta(days=1):
        return Due("later", "Tomorrow", hour)
    return Due("later", dateformat.format(moment, "D, M j"), "")


@register.filter
def label(step: NextStep) -> str:
    """Say what kind of step it is, without a name: "Send a thank-you"."""
    return StepKind(step.kind).label
