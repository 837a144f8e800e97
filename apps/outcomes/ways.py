"""Through whom an offer may have come: people to choose from, each with the path to them.

Nobody is ever guessed: what is nearest stands first, and the student chooses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Min

from apps.common.localtime import local_date, start_of_day
from apps.contacts.models import Contact
from apps.meetings.models import Meeting
from apps.outcomes.models import Offer
from apps.students.models import Student, institution_zone

SHOWN = 30
FORMS = {"inc", "incorporated", "llc", "ltd", "limited", "corp", "corporation", "co", "company"}
FORMS |= {"gmbh", "plc", "the"}


class Person(NamedTuple):
    pk: int
    name: str
    organization: str
    introduced_by: int | None
    is_at_hand: bool  # neither laid aside nor erased


@dataclass(frozen=True)
class Way:
    """Somebody an offer may have come through.

    `path` runs from whom the student talked with, on `met_on`, down to the person; it holds the
    person alone, and no day, where no such conversation leads there.
    """

    person: Person
    path: list[str]
    met_on: date | None
    is_at_organization: bool

    @property
    def words(self) -> str:
        where = f", {self.person.organization}" if self.person.organization else ""
        return f"{self.person.name}{where}"

    @property
    def path_words(self) -> str:
        if self.met_on is None:
            return "No conversation on record leads here."
        day = f"{self.met_on:%B} {self.met_on.day}"
        if len(self.path) == 1:
            return f"You talked on {day}."
        return f"You talked with {self.path[0]} on {day}: {' → '.join(self.path)}."


def ways_to(offer: Offer, *, words: str = "") -> list[Way]:
    """Return whom to choose from: first at the organization, then by how near a conversation is.

    `words` find people by name or organization, who then stand first of all. Whom the offer names
    already is always among them. Three queries, whatever the number of contacts.
    """
    people = {person.pk: person for person in _people(offer.student)}
    met = _first_talks(offer.student, offer.received_on)
    ways = [
        _way(person, people, met, offer.organization)
        for person in people.values()
        if person.is_at_hand or person.pk == offer.contact_id
    ]
    found = _found(offer.student, words)
    ways.sort(key=lambda way: _turn(way, offer, found))
    near = [way for way in ways if _turn(way, offer, found)[0] < FAR or len(ways) <= SHOWN]
    return near[:SHOWN]


def is_same_organization(one: str, other: str) -> bool:
    """Return whether two names are of one organization, whatever its legal form."""
    first, second = _bare(one), _bare(other)
    return bool(first and second) and (first == second or _begins(first, second))


FAR = 4


def _turn(way: Way, offer: Offer, found: set[int]) -> tuple[int, int, int, str]:
    if way.person.pk in found:
        place = 0
    elif way.person.pk == offer.contact_id:
        place = 1
    elif way.is_at_organization:
        place = 2
    else:
        place = 3 if way.met_on else FAR
    latest = -way.met_on.toordinal() if way.met_on else 0
    return place, len(way.path) if way.met_on else SHOWN, latest, way.person.name.casefold()


def _people(student: Student) -> Iterator[Person]:
    rows = Contact.objects.filter(student=student).order_by("pk")
    for pk, name, organization, introduced_by, archived_at, erased_at in rows.values_list(
        "pk", "name", "organization", "introduced_by", "archived_at", "erased_at"
    ):
        yield Person(pk, name, organization, introduced_by, not (archived_at or erased_at))


def _first_talks(student: Student, until: date) -> dict[int, datetime]:
    """Return when the student first talked with each, up to the end of that day."""
    before = start_of_day(until + timedelta(days=1), institution_zone())
    held = Meeting.objects.held().filter(student=student, starts_at__lt=before)
    first = held.order_by().values("contact").annotate(at=Min("starts_at"))
    return {row["contact"]: row["at"] for row in first}


def _way(
    person: Person, people: dict[int, Person], met: dict[int, datetime], organization: str
) -> Way:
    path = [person]
    while path[0].pk not in met and path[0].introduced_by in people:
        path.insert(0, people[path[0].introduced_by])
    met_at = met.get(path[0].pk)
    is_there = is_same_organization(person.organization, organization)
    if met_at is None:
        return Way(person, [person.name], None, is_there)
    day = local_date(met_at, institution_zone())
    return Way(person, [step.name for step in path], day, is_there)


def _found(student: Student, words: str) -> set[int]:
    if not words.strip():
        return set()
    rows = Contact.objects.active().filter(student=student).matching(words.strip())
    return set(rows.order_by("pk").values_list("pk", flat=True)[:SHOWN])


def _bare(name: str) -> list[str]:
    return [word for word in re.findall(r"\w+", name.casefold()) if word not in FORMS]


def _begins(one: list[str], other: list[str]) -> bool:
    """Return whether the longer name goes on where the shorter one, of two words at least, ends."""
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and long[: len(short)] == short
