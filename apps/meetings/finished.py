"""What else happens when a finished debrief is saved: apps to the right say so when loaded."""

from datetime import datetime
from typing import Protocol

from apps.meetings.models import Meeting


class Follower(Protocol):
    def __call__(self, *, meeting: Meeting, now: datetime) -> None: ...


_followers: list[Follower] = []


def after_debrief(follower: Follower) -> Follower:
    """Register what to do after each save of a finished debrief, in the same transaction."""
    _followers.append(follower)
    return follower


def debrief_was_saved(meeting: Meeting, now: datetime) -> None:
    for follower in _followers:
        follower(meeting=meeting, now=now)
