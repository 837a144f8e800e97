"""The most mails that a person gets in any seven days, whichever app they come from.

It is judged when a sender takes mails, under a lock on each person: what has arrived counts, and
so does what another sender has in its hands, or this one has just taken. So it holds in whatever
order the mails were queued and however many senders there are. Some kinds always come; they count
all the same. Mail by which people sign in neither counts nor waits.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce, Now

from apps.accounts.models import User
from apps.mail.kinds import all_kinds, is_essential, is_held_to_cap
from apps.mail.models import OutgoingEmail, State

WINDOW = timedelta(days=7)
ARRIVED = Q(state__in=[State.SENT, State.BOUNCED, State.UNKNOWN]) | Q(ambiguous_count__gt=0)
"""What a person got, or may have got."""
NOT_RECEIVED = (State.CANCELLED, State.EXPIRED, State.SUPPRESSED, State.FAILED)

Most = Callable[[Collection[int]], Mapping[int, int]]
"""Takes keys of people and gives for each how many mails a week they want at most."""

_most: list[Most] = []


class Room(Enum):
    """Whether there is room for one more.

    UNCLEAR while another sender holds what may fill it. BEHIND while what may fill it is about to
    be taken by the same sender: then the mail is better left until that is settled.
    """

    FREE = auto()
    UNCLEAR = auto()
    BEHIND = auto()
    NONE = auto()


def most_a_week(function: Most) -> Most:
    """Register the function that says how many mails a week people get at most.

    This app knows no preferences. The module that holds it is imported in the `ready` of its app.
    """
    if _most and _most != [function]:
        raise ValueError("Two functions say how many mails a person gets.")
    _most[:] = [function]
    return function


def rooms_for(emails: Sequence[OutgoingEmail]) -> list[Room]:
    """Return for each mail whether it may leave now; call it in the transaction that takes them.

    The same people's other mails wait until that transaction ends, and then find these taken. Of
    these, each that leaves counts for those that stand after it.
    """
    people = sorted({key for email in emails if (key := _held_to_cap(email))})
    if not people or not _most:
        return [Room.FREE] * len(emails)
    _lock(people)
    week = _Week(people, emails)
    return [week.room_for(email) for email in emails]


def _held_to_cap(email: OutgoingEmail) -> int | None:
    """Return the key of the person whose cap holds for this mail."""
    return email.recipient_id if is_held_to_cap(email.kind) else None


def _lock(people: Sequence[int]) -> None:
    """Keep others from taking mails to these people. In one order, so that none blocks another."""
    keys = [f"mail to {key}" for key in people]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(%s::text[]) AS key",
            [keys],
        )


class _Week:
    """What people have had in seven days, and what goes to them now."""

    def __init__(self, people: Collection[int], emails: Sequence[OutgoingEmail]) -> None:
        self.most = _most[0](people)
        moment = Coalesce("sent_at", "data_started_at", "next_try_at")
        rows = (
            _counting(OutgoingEmail.objects.filter(recipient__in=people))
            .exclude(pk__in=[email.pk for email in emails])
            .alias(moment=moment)
            .order_by()
            .values_list("recipient")
            .annotate(
                arrived=Count("pk", filter=ARRIVED & Q(moment__gt=Now() - WINDOW)),
                in_hand=Count("pk", filter=~ARRIVED & Q(state=State.SENDING)),
            )
        )
        counts = list(rows)
        self.arrived = Counter({key: arrived for key, arrived, _ in counts})
        self.in_hand = Counter({key: in_hand for key, _, in_hand in counts})
        self.ahead: Counter[int] = Counter()
        for email in emails:
            if email.recipient_id and _may_have_arrived(email):
                self.arrived[email.recipient_id] += 1

    def room_for(self, email: OutgoingEmail) -> Room:
        """Return the room for this mail, and count it if it takes some."""
        room = self._room_for(email)
        counts = not is_essential(email.kind) and not _may_have_arrived(email)
        if room is Room.FREE and email.recipient_id and counts:
            self.ahead[email.recipient_id] += 1
        return room

    def _room_for(self, email: OutgoingEmail) -> Room:
        person = _held_to_cap(email)
        if person is None:
            return Room.FREE
        left = self.most[person] - self.arrived[person] + _may_have_arrived(email)
        if left <= 0:
            return Room.NONE
        if self.in_hand[person] + self.ahead[person] < left:
            return Room.FREE
        return Room.BEHIND if self.ahead[person] else Room.UNCLEAR


def _may_have_arrived(email: OutgoingEmail) -> bool:
    """Return whether a mail that is to be tried came, perhaps, by a try before."""
    return email.ambiguous_count > 0 and not is_essential(email.kind)


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
