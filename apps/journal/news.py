"""A round of news once a student has landed: to the people on the way there, one by one.

Nothing of it is ever due. Whoever opens the page has decided to tell.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from apps.common.localtime import local_date, start_of_day
from apps.contacts.models import Contact
from apps.journal.story import ABOVE
from apps.meetings.models import Meeting
from apps.outcomes.models import Offer, Status
from apps.outreach.models import Touch, TouchKind
from apps.outreach.protection import silenced
from apps.students.models import Student, institution_zone

LONGEST_WAY = 100


class Part(StrEnum):
    """What somebody had to do with it."""

    SOURCE = "source"  # the offer came through them
    WAY = "way"  # an introduction of theirs led on
    TALK = "talk"


@dataclass(frozen=True)
class Told:
    contact: Contact
    part: Part
    met_at: datetime | None
    told_at: datetime | None


@dataclass(frozen=True)
class NewsRound:
    """`people` are those nearest to the offer first, then the others by the latest talk."""

    offer: Offer
    people: list[Told]

    @property
    def number_told(self) -> int:
        return sum(person.told_at is not None for person in self.people)


def news_round(student: Student, now: datetime) -> NewsRound | None:
    """Return whom to tell of the offer accepted last; None if none is accepted.

    Left out are people who were erased or do not want to be written to now.
    """
    offers = Offer.objects.filter(student=student, status=Status.ACCEPTED)
    offer = offers.order_by("-accepted_on", "-pk").first()
    if offer is None or offer.accepted_on is None:
        return None
    way = _way_to(offer)
    rows = list(_people(student, way, since=start_of_day(offer.accepted_on, student.zone)))
    quiet = silenced([row.pk for row in rows], local_date(now, institution_zone()))
    told = [
        Told(row, _part(row.pk, way), row.met_at, row.told_at)
        for row in rows
        if row.pk not in quiet
    ]
    return NewsRound(offer, sorted(told, key=lambda person: _turn(person, way)))


def _way_to(offer: Offer) -> list[int]:
    """Return the people through whom the offer came, from its own contact upwards."""
    if offer.contact_id is None:
        return []
    above = Contact.objects.raw(ABOVE, [offer.contact_id, LONGEST_WAY])
    return [contact.pk for contact in above][::-1]


def _people(student: Student, way: list[int], *, since: datetime) -> QuerySet[Any, Any]:
    talks = Meeting.objects.held().filter(contact=OuterRef("pk")).order_by()
    news = Touch.objects.filter(
        contact=OuterRef("pk"), kind=TouchKind.LANDED, happened_at__gte=since
    ).order_by()
    return (
        Contact.objects.filter(student=student)
        .annotate(
            met_at=Subquery(talks.values("contact").annotate(at=Max("starts_at")).values("at")),
            told_at=Subquery(news.values("contact").annotate(at=Max("happened_at")).values("at")),
        )
        .filter(Q(pk__in=way) | Q(met_at__isnull=False))
        .order_by("pk")
    )


def _part(pk: int, way: list[int]) -> Part:
    if pk not in way:
        return Part.TALK
    return Part.SOURCE if pk == way[0] else Part.WAY


def _turn(person: Told, way: list[int]) -> tuple[int, float]:
    pk = person.contact.pk
    if pk in way:
        return way.index(pk), 0
    return len(way), -person.met_at.timestamp() if person.met_at else 0
