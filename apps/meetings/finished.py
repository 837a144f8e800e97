"""What else happens when a finished debrief is saved: apps to the right say so when loaded."""

from collections.abc import Callable
from datetime import datetime

from apps.meetings.models import Meeting

Follower = Callable[[Meeting, datetime], None]

_followers: list[Follower] = []


def after_debrief(follower: Follower) -> Follower:
    """Register what to do after each save of a finished debrief, in the same transaction."""
    _followers.append(follower)
    return follower


def debrief_was_saved(meeting: Meeting, now: datetime) -> None:
    for follower in _followers:
        follower(meeting, now)
