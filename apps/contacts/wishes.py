"""What the people who are asked want, whichever students have them on their lists."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from apps.contacts.models import Wish

# An erasure waits until running imports are saved, and later ones until it is over: otherwise one
# could bring in, from a file it has read before, a person who has just been erased.
ERASURES = "erasures of contacts"


@dataclass(frozen=True)
class Wishes:
    """The wishes of one person taken together, the strictest of each kind."""

    is_never: bool = False
    paused_until: date | None = None
    most_per_term: int | None = None
    erased_at: datetime | None = None

    @classmethod
    def of(cls, rows: Iterable[Wish]) -> "Wishes":
        wishes = list(rows)
        return cls(
            is_never=any(wish.is_never for wish in wishes),
            paused_until=max((w.paused_until for w in wishes if w.paused_until), default=None),
            most_per_term=min((w.most_per_term for w in wishes if w.most_per_term), default=None),
            erased_at=max((w.erased_at for w in wishes if w.erased_at), default=None),
        )

    @property
    def has_any(self) -> bool:
        return self != Wishes()


def erased_among(fingerprints: Collection[str]) -> set[str]:
    """Return those of the fingerprints whose owners asked to be erased.

    To be called inside the transaction that saves the others: no erasure comes in between.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext(%s))", [ERASURES])
    erased = Wish.objects.filter(erased_at__isnull=False)
    return set(fingerprints).intersection(erased.values_list("fingerprint", flat=True))
