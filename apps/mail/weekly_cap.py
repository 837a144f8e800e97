"""The most mails that a person gets in any seven days, whichever app they come from.

It is judged when a sender takes a mail, under a lock on the person: what has arrived counts, and
so does what another sender has in its hands. So it holds in whatever order the mails were queued
and however many senders there are. Some kinds always come; they count all the same. Mail by which
people sign in neither counts nor waits.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from enum import Enum, auto

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce, Now

from apps.accounts.models import User
from apps.mail.kinds import all_kinds, is_held_to_cap
from apps.mail.models import OutgoingEmail, State

WINDOW = timedelta(days=7)
ARRIVED = Q(state__in=[State.SENT, State.BOUNCED, State.UNKNOWN]) | Q(ambiguous_count__gt=0)
"""What a person got, or may have got."""
NOT_RECEIVED = (State.CANCELLED, State.EXPIRED, State.SUPPRESSED, State.FAILED)

Most = Callable[[Collection[int]], Mapping[int, int]]
"""Takes keys of people and gives for each how many mails a week they want at most."""

_most: list[Most] = []


class Room(Enum):
    """Whether there is room for one more. UNCLEAR while another sender holds what may fill it."""

    FREE = auto()
    UNCLEAR = auto()
    NONE = auto()


def most_a_week(function: Most) -> Most:
    """Register the function that says how many mails a week people get at most.

    This app knows no preferences. The module that holds it is imported in the `ready` of its app.
    """
    if _most and _most != [function]:
        raise ValueError("Two functions say how many mails a person gets.")
    _most[:] = [function]
    return function


def room_for(email: OutgoingEmail) -> Room:
    """Return whether the mail may leave now; call it in the transaction that takes the mail.

    The person's other mails wait until that transaction ends, and then find this one taken.
    """
    if not _most or email.recipient is None or not is_held_to_cap(email.kind):
        return Room.FREE
    with connection.cursor() as cursor:
        key = f"mail to {email.recipient.pk}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    moment = Coalesce("sent_at", "data_started_at", "next_try_at")
    others = _counting(OutgoingEmail.objects.filter(recipient=email.recipient).exclude(pk=email.pk))
    counts = others.alias(moment=moment).aggregate(
        arrived=Count("pk", filter=ARRIVED & Q(moment__gt=Now() - WINDOW)),
        in_hand=Count("pk", filter=~ARRIVED & Q(state=State.SENDING)),
    )
    most = _most[0]([email.recipient.pk])[email.recipient.pk]
    left = most - counts["arrived"]
    if left <= 0:
        return Room.NONE
    return Room.FREE if counts["in_hand"] < left else Room.UNCLEAR


def received(users: Iterable[int], now: datetime) -> Counter[int]:
    """Return how many mails each person has got in seven days, or will get."""
    rows = (
        _counting(OutgoingEmail.objects.filter(recipient__in=users, due_at__gt=now - WINDOW))
        .exclude(state__in=NOT_RECEIVED)
        .order_by()
        .values_list("recipient")
        .annotate(count=Count("pk"))
    )
    return Counter(dict(rows))


def without_room(users: Iterable[User], now: datetime) -> set[int]:
    """Return who would get none of the mails that are held to the cap, by what is queued so far."""
    keys = [user.pk for user in users]
    most = _most[0](keys) if _most else {}
    got = received(keys, now)
    return {key for key in keys if key in most and got[key] >= most[key]}


def _counting(emails: QuerySet[OutgoingEmail]) -> QuerySet[OutgoingEmail]:
    return emails.exclude(kind__in=[kind.name for kind in all_kinds() if kind.is_essential])
