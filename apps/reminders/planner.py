"""The sweep that finds whose hour has come and queues what their day wants.

It asks what should exist by now and never what happens at this minute: a tick that comes twice,
late or not at all changes nothing but the delay. A person's day is looked at once, from their
hour until their quiet hours, under a lock on their bookmark; the keys of the mails hold even if
that were lost.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.db import transaction

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.common.localtime import local_date
from apps.mail.actions import Draft, queue_many
from apps.mail.models import Refusal
from apps.mail.weekly_cap import received
from apps.reminders.kinds import CLASS_DIGEST, STUDENT_DIGEST, URGENT_TODAY
from apps.reminders.lists import class_list, identity, steps_of, urgent
from apps.reminders.messages import Turn, list_of_the_day
from apps.reminders.models import Look, Preference
from apps.reminders.rhythm import Rhythm
from apps.students.class_defaults import class_mail_caps
from apps.students.next_steps import NextStep

log = structlog.get_logger(__name__)

BATCH = 200
TRY_AGAIN = timedelta(minutes=15)


@dataclass
class Visit:
    """One person whose hour has come. `looked_on` is the day of the last look before this one."""

    look: Look
    preference: Preference
    rhythm: Rhythm
    day: date
    looked_on: date | None

    @property
    def user(self) -> User:
        return self.look.user


@dataclass
class Found:
    """What is known of all people of a batch, each asked in one query."""

    steps: dict[int, list[NextStep]]
    refused: set[tuple[int, str]]
    received: Counter[int]


def look_around(*, now: datetime, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Look at everybody whose hour has come; return how many mails were queued."""
    queued = 0
    while not should_stop():
        found = look_at_some(now)
        if found is None:
            break
        queued += found
    return queued


@transaction.atomic
def look_at_some(now: datetime) -> int | None:
    """Look at the next people in turn; return how many mails were queued, None if nobody waits."""
    looks = list(
        Look.objects.due(now)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("user__reminder_preference")
        .order_by("next_at")[:BATCH]
    )
    if not looks:
        return None
    caps = class_mail_caps([look.user.pk for look in looks])
    visits = [visit for look in looks if (visit := _move_on(look, caps, now))]
    found = _found(visits, now)
    written = [(visit, draft) for visit in visits for draft in _visit(visit, found, now)]
    queued = _queue(written, now)
    _keep(looks)
    return queued


def _move_on(look: Look, caps: Mapping[int, int], now: datetime) -> Visit | None:
    """Put the bookmark where it belongs next; return the visit if it is time for one."""
    user = look.user
    if not (user.is_active and (user.has_role(Role.STUDENT) or user.has_role(Role.COUNSELOR))):
        look.next_at = None
        return None
    preference = Preference.of(user, caps)
    rhythm = preference.rhythm
    if rhythm.is_quiet(now):
        look.next_at = rhythm.quiet_ends(now)
        return None
    day, looked_on = local_date(now, rhythm.zone), look.looked_on
    due_at = rhythm.look_on(look.next_day(rhythm, now))
    if due_at > now:
        look.next_at = due_at
        return None
    look.looked_on = day
    look.next_at = rhythm.look_on(rhythm.next_day(day))
    return Visit(look, preference, rhythm, day, looked_on)


def _keep(looks: list[Look]) -> None:
    """Write the bookmarks. People of one zone and one choice have the same, so these are few."""
    alike = defaultdict(list)
    for look in looks:
        alike[look.looked_on, look.next_at].append(look.pk)
    for (looked_on, next_at), keys in alike.items():
        Look.objects.filter(pk__in=keys).update(looked_on=looked_on, next_at=next_at)


def _found(visits: list[Visit], now: datetime) -> Found:
    users = [visit.user.pk for visit in visits]
    refused = Refusal.objects.filter(user__in=users).order_by().values_list("user_id", "kind")
    return Found(steps_of(users, now), set(refused), received(users, now))


def _visit(visit: Visit, found: Found, now: datetime) -> list[Draft]:
    """Write what the day wants. Trouble with one person's mail is not the others'."""
    try:
        return [*_to_student(visit, found, now), *_to_counselor(visit, found, now)]
    except Exception:
        _break_off(visit, now)
        return []


def _queue(written: Sequence[tuple[Visit, Draft]], now: datetime) -> int:
    """Queue the mails at one stroke; where that is not possible, each that can be."""
    if not written:
        return 0
    try:
        with transaction.atomic():
            return len(queue_many(drafts=[draft for _, draft in written]))
    except Exception:
        if len(written) > 1:
            return sum(_queue([one], now) for one in written)
        _break_off(written[0][0], now)
        return 0


def _break_off(visit: Visit, now: datetime) -> None:
    """Look at the person again before long; called where something was raised."""
    log.exception("reminders.visit_broke_off", user=visit.user.pk)
    visit.look.looked_on, visit.look.next_at = visit.looked_on, now + TRY_AGAIN


def _to_student(visit: Visit, found: Found, now: datetime) -> list[Draft]:
    user = visit.user
    steps = found.steps.get(user.pk, [])
    if not (steps and user.has_role(Role.STUDENT)):
        return []
    is_digest_day = visit.preference.is_digest_day(visit.day, visit.looked_on)
    if is_digest_day and (user.pk, STUDENT_DIGEST) not in found.refused:
        return _write(STUDENT_DIGEST, steps, visit, found, now)
    return _write(URGENT_TODAY, urgent(steps, visit.rhythm, visit.day), visit, found, now)


def _to_counselor(visit: Visit, found: Found, now: datetime) -> list[Draft]:
    if not visit.user.has_role(Role.COUNSELOR):
        return []
    if not visit.rhythm.is_weekly_day(visit.day, visit.looked_on):
        return []
    return _write(CLASS_DIGEST, class_list(visit.user, now), visit, found, now)


def _write(
    kind: str, items: Sequence[Any], visit: Visit, found: Found, now: datetime
) -> list[Draft]:
    user = visit.user
    if not items or found.received[user.pk] >= visit.preference.weekly_cap:
        return []
    turn = Turn(kind, user.pk, visit.day)
    draft = list_of_the_day(turn, user, items, identity(kind, items), visit.rhythm, now=now)
    found.received[user.pk] += draft is not None
    return [draft] if draft else []
