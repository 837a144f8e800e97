"""Whether mail flows, read from the rows; the doctor and the administrators' page say the same.

All ages are by the database's clock.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Now

from apps.mail.models import OutgoingEmail, SendingPause, State, Suppression, Tick, TickSource

LATE = timedelta(minutes=15)
SILENT = timedelta(minutes=2)
DAY = timedelta(days=1)
# Below so many mails a rate says nothing; above so much of them something is wrong.
FEW, TOO_MUCH = 20, 0.1


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `value` is a number of seconds or rows, a share, or None for never."""

    name: str
    is_well: bool
    value: float | None
    words: str


def is_late() -> bool:
    """Return whether a mail should have left more than LATE ago and nobody has tried it since.

    One query over partial indexes: cheap enough for every page of an administrator.
    """
    return _overdue().exists()


def findings() -> list[Finding]:
    return [_pause(), *_ticks(), _oldest(), _queue(), *_last_day(), _suppressed(), _unknown()]


def _overdue() -> QuerySet[OutgoingEmail]:
    """Return what waits for somebody to try it, not for a mail server that asked for patience."""
    long_ago = Now() - LATE
    # A run that finds no mail server moves next_try_at and leaves attempts as they are.
    return OutgoingEmail.objects.filter(
        Q(state=State.PENDING, attempts=0, due_at__lt=long_ago)
        | Q(state=State.PENDING, next_try_at__lt=long_ago)
        | Q(state=State.SENDING, lease_until__lt=long_ago)
    )


def _now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        (now,) = cursor.fetchone()
    return now  # type: ignore[no-any-return]


def _ticks() -> Iterator[Finding]:
    """One of the two has to be alive; the other may be switched off on purpose."""
    now, seen = _now(), dict(Tick.objects.values_list("source", "at"))
    ages = {source: (now - seen[source]) if source in seen else None for source in TickSource}
    alive = [source for source, age in ages.items() if age is not None and age <= SILENT]
    for source, age in ages.items():
        said = f"last seen {_span(age)} ago" if age is not None else "never seen"
        yield Finding(
            f"tick_{source.value}",
            bool(alive),
            age.total_seconds() if age is not None else None,
            f"{source.label}: {said}",
        )


def _pause() -> Finding:
    pause = SendingPause.objects.first()
    if pause is None:
        return Finding("paused", True, 0, "mail may leave")
    age = _now() - pause.since
    words = f"no mail leaves since {_span(age)}, until manage.py resume_mail"
    return Finding("paused", False, age.total_seconds(), words)


def _oldest() -> Finding:
    oldest = _overdue().aggregate(oldest=Min("due_at"))["oldest"]
    waiting = OutgoingEmail.objects.to_try().aggregate(oldest=Min("due_at"))["oldest"]
    since = oldest or waiting
    age = _now() - since if since else timedelta()
    words = f"the oldest mail that is due waits for {_span(age)}" if since else "nothing waits"
    return Finding("oldest_due", oldest is None, age.total_seconds(), words)


def _queue() -> Finding:
    count = OutgoingEmail.objects.filter(
        Q(state=State.PENDING, due_at__lte=Now()) | Q(state=State.SENDING)
    ).count()
    return Finding("queue", True, count, f"due and not sent yet: {count}")


def _last_day() -> Iterator[Finding]:
    of_day = OutgoingEmail.objects.filter(due_at__gt=Now() - DAY, due_at__lte=Now()).aggregate(
        sent=Count("pk", filter=Q(state__in=[State.SENT, State.BOUNCED])),
        bad=Count("pk", filter=Q(state__in=[State.FAILED, State.BOUNCED, State.EXPIRED])),
        tried=Count("pk", filter=~Q(state__in=[State.PENDING, State.CANCELLED, State.SUPPRESSED])),
    )
    share = of_day["bad"] / of_day["tried"] if of_day["tried"] else 0
    yield Finding("sent_last_day", True, of_day["sent"], f"sent within a day: {of_day['sent']}")
    yield Finding(
        "failure_rate",
        of_day["tried"] < FEW or share <= TOO_MUCH,
        round(share, 4),
        f"failed, came back or too late within a day: {of_day['bad']} of {of_day['tried']}",
    )


def _suppressed() -> Finding:
    count = Suppression.objects.in_force().count()
    return Finding("suppressed", True, count, f"addresses that take no mail: {count}")


def _unknown() -> Finding:
    count = OutgoingEmail.objects.unknown().count()
    return Finding("unknown", True, count, f"mails that may or may not have arrived: {count}")


def _span(age: timedelta) -> str:
    seconds = int(age.total_seconds())
    for size, unit in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} seconds"
