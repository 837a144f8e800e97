"""What staff see of a person who is asked: the person's wishes, and whom of theirs it concerns.

A counselor learns of their own students only. That somebody wrote recently they learn as students
do, without a name.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.contacts.models import Contact
from apps.contacts.wishes import Wishes
from apps.outreach.models import Attempt
from apps.outreach.protection import (
    Advice,
    Days,
    advice_for,
    asks_to,
    cooldown_ends,
    known_by,
    wishes_by_key,
)


@dataclass(frozen=True)
class Care:
    """One person, by the key that was looked up.

    `cooldown_until` is the first day after the cooldown, None if none runs; `concerned` are the
    contacts of the students whom the one who looks accompanies, with what they are told.
    """

    key: str
    wishes: Wishes
    cooldown_until: date | None
    concerned: list[tuple[Contact, Advice]]


@dataclass(frozen=True)
class Listing:
    """On how many lists a person stands, since when, under which names and from which sources.

    `other_keys` are the further addresses and links on these lists, with their number.
    """

    lists: int
    since: date | None
    names: list[str]
    sources: list[str]
    other_keys: Counter[str]


def look_up(key: str, *, user: User, now: datetime) -> Care:
    days = Days.of(now)
    contacts = list(
        Contact.objects.visible_to(user)
        .known_as([key])
        .exclude(student__user=user)
        .select_related("student")
        .order_by("student__family_name", "student__given_name", "pk")
    )
    told = advice_for(contacts, now=now)
    return Care(
        key,
        Wishes.of(wishes_by_key([key]).values()),
        cooldown_ends(asks_to([key], since=days.since, now=now), days),
        [(contact, told[contact.pk]) for contact in contacts],
    )


def listing_of(key: str) -> Listing:
    """Return where a person stands on all lists: for those who answer for the data."""
    contacts = list(Contact.objects.known_as([key]).order_by("pk"))
    return Listing(
        lists=len({contact.student_id for contact in contacts}),
        since=min((contact.listed_on for contact in contacts), default=None),
        names=sorted({contact.name for contact in contacts}),
        sources=sorted({contact.data_source for contact in contacts} - {""}),
        other_keys=Counter(
            other for contact in contacts for other in known_by(contact) if other != key
        ),
    )


def written_all_the_same(*, user: User, now: datetime) -> QuerySet[Attempt]:
    """Return what was sent, as long as it is recent, for a reason that a counselor is told."""
    return (
        Attempt.objects.visible_to(user)
        .exclude(reason="")
        .exclude(student__user=user)
        .filter(sent_at__gte=Days.of(now).since)
        .select_related("student", "contact")
        .order_by("-sent_at", "-pk")
    )
