"""From facts to the figures of the report. Pure: no database, no clock.

Each figure is one short function named after its key. The definitions are on `docs/figures.md`;
a change to one is a new DEFINITIONS number, never a silent edit.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from apps.metrics import statistics
from apps.metrics.facts import ContactFact, Labels, MeetingFact, OfferFact, StudentFact, TermFacts

DEFINITIONS = 1

BINS: list[tuple[str, int, int | None]] = [
    ("0", 0, 0),
    ("1-2", 1, 2),
    ("3-5", 3, 5),
    ("6-9", 6, 9),
    ("10+", 10, None),
]

WEEKS = (4, 8, 12, 16, 20, 24)
"""Weeks of the term at whose ends first offers are counted; the same always, so that the choice of
them tells nothing."""

Figures = dict[str, Any]


@dataclass(frozen=True)
class Group:
    """A set of students with their facts, indexed once for all figures."""

    starts_on: date
    closes_on: date
    students: list[StudentFact]
    contacts: list[ContactFact]
    meetings: list[MeetingFact]
    held_days: dict[int, list[date]]
    offers: dict[int, list[OfferFact]]
    qualifying: dict[int, list[OfferFact]]

    @property
    def enrolled(self) -> set[int]:
        return {student.id for student in self.students}

    @property
    def participants(self) -> set[int]:
        return set(self.held_days)

    @property
    def known_outcome(self) -> set[int]:
        confirmed = {student.id for student in self.students if student.has_confirmed_no_offer}
        return confirmed | set(self.offers)

    def with_offer(self, **wanted: str) -> set[int]:
        """Return students with a qualifying offer of the wanted kind or status."""
        return {
            student
            for student, offers in self.qualifying.items()
            if any(all(getattr(o, key) == value for key, value in wanted.items()) for o in offers)
        }

    def first_offer_on(self, student: int) -> date | None:
        """Return the day of the student's first qualifying offer."""
        return min((o.received_on for o in self.qualifying.get(student, ())), default=None)

    def held_before_offer(self, student: int) -> int:
        """Return the number of meetings held up to the first qualifying offer, that day in."""
        until = self.first_offer_on(student)
        days = self.held_days.get(student, [])
        return len(days) if until is None else sum(day <= until for day in days)

    def watched_until(self, student: StudentFact) -> tuple[date, bool]:
        """Return the day of the first offer, or the last one watched, and whether it is an offer.

        An offer after a withdrawal is no event.
        """
        last_day = min(student.withdrawn_on or self.closes_on, self.closes_on)
        offered_on = self.first_offer_on(student.id)
        if offered_on is not None and offered_on <= last_day:
            return offered_on, True
        return last_day, False


def group(facts: TermFacts) -> Group:
    """Return the students with their facts, by student."""
    held_days: dict[int, list[date]] = defaultdict(list)
    for meeting in facts.meetings:
        held_days[meeting.student].append(meeting.held_on)
    offers: dict[int, list[OfferFact]] = defaultdict(list)
    qualifying: dict[int, list[OfferFact]] = defaultdict(list)
    for offer in facts.offers:
        offers[offer.student].append(offer)
        if offer.path is not None:
            qualifying[offer.student].append(offer)
    return Group(
        facts.starts_on,
        facts.closes_on,
        facts.students,
        facts.contacts,
        facts.meetings,
        dict(held_days),
        dict(offers),
        dict(qualifying),
    )


def figures(facts: TermFacts, labels: Labels) -> Figures:
    """Return every figure of the internal report as JSON values."""
    everybody = group(facts)
    return {
        **population_and_offer_rate(everybody),
        "offer_rate_by_kind": {
            kind: _share(everybody.with_offer(kind=kind), everybody.enrolled)
            for kind in ("job", "internship")
        },
        "any_offer_rate": _share(set(everybody.offers), everybody.enrolled),
        "accepted_rate": _share(everybody.with_offer(status="accepted"), everybody.enrolled),
        "rescinded_only": sum(
            all(offer.status == "rescinded" for offer in offers)
            for offers in everybody.qualifying.values()
        ),
        "by_conversations": by_conversations(everybody),
        "funnel": funnel(everybody),
        "thank_you_on_time": _of_meetings(everybody, "is_thanked_on_time"),
        "readiness": _of_meetings(everybody, "is_ready"),
        "referrals": referrals(everybody),
        "time_to_first_offer": time_to_first_offer(everybody),
        "offers_by_week": offers_by_week(everybody),
        "paths": paths(facts.offers, labels),
    }


def population_and_offer_rate(people: Group) -> Figures:
    """Return the three counts of students, and the offer rate with each as its denominator."""
    groups = {
        "enrolled": people.enrolled,
        "participants": people.participants,
        "known_outcome": people.known_outcome,
    }
    return {
        "population": {name: len(members) for name, members in groups.items()},
        "offer_rate": {
            name: _share(set(people.qualifying), members) for name, members in groups.items()
        },
    }


def by_conversations(people: Group) -> list[Figures]:
    """Return the offer rate by number of meetings held up to the first qualifying offer."""
    n: Counter[str] = Counter()
    k: Counter[str] = Counter()
    for student in people.enrolled:
        label = bin_of(people.held_before_offer(student))
        n[label] += 1
        k[label] += student in people.qualifying
    return [{"bin": label, **_proportion(k[label], n[label])} for label, _, _ in BINS]


def bin_of(count: int) -> str:
    return next(label for label, _, most in BINS if most is None or count <= most)


def funnel(people: Group) -> list[Figures]:
    """Return how many contacts reached each stage; a stage counts only those of the one before."""
    met = {meeting.contact for meeting in people.meetings}
    thanked = {meeting.contact for meeting in people.meetings if meeting.is_thanked}
    listed = people.contacts
    asked = [contact for contact in listed if contact.is_asked]
    replied = [contact for contact in asked if contact.is_replied]
    agreed = [contact for contact in replied if contact.is_agreed]
    held = [contact for contact in agreed if contact.id in met]
    counts = [
        ("asked", len(asked), len(listed)),
        ("replied", len(replied), len(asked)),
        ("agreed", len(agreed), len(replied)),
        ("held", len(held), len(agreed)),
        ("thanked", sum(contact.id in thanked for contact in held), len(held)),
        ("referred", sum(contact.has_introduced for contact in held), len(held)),
    ]
    return [
        {"stage": "listed", "contacts": len(listed)},
        *({"stage": stage, "contacts": k, **_interval(k, n)} for stage, k, n in counts),
    ]


def referrals(people: Group) -> Figures:
    """Return introduced contacts, held meetings, and listed contacts by generation."""
    return {
        "introduced_contacts": sum(c.introduced_by is not None for c in people.contacts),
        "held_meetings": len(people.meetings),
        "contacts_by_generation": _by_generation(people.contacts),
    }


def _by_generation(contacts: list[ContactFact]) -> dict[str, int]:
    counts = Counter(generations(contacts).values())
    return {str(generation): counts[generation] for generation in sorted(counts)}


def generations(contacts: list[ContactFact]) -> dict[int, int]:
    """Return how many introductions away each contact is; 0 if nobody introduced them."""
    introducers = {contact.id: contact.introduced_by for contact in contacts}
    found = {}
    for contact in contacts:
        generation, above = 0, contact.introduced_by
        while above is not None:
            generation, above = generation + 1, introducers.get(above)
        found[contact.id] = generation
    return found


def time_to_first_offer(people: Group) -> Figures:
    """Return the Kaplan–Meier curve of days from the term's start to the first offer."""
    watched = [people.watched_until(student) for student in people.students]
    curve = statistics.kaplan_meier(
        ((day - people.starts_on).days, is_offer) for day, is_offer in watched
    )
    return {
        "median_days": curve.median_days,
        "curve": [asdict(step) for step in curve.steps],
    }


def offers_by_week(people: Group) -> list[Figures]:
    """Return the share of students with a first offer by the end of some weeks of the term."""
    offered = [day for day, is_offer in map(people.watched_until, people.students) if is_offer]
    return [
        {
            "week": week,
            **_proportion(sum(day <= end for day in offered), len(people.students)),
        }
        for week, end in week_ends(people.starts_on)
    ]


def week_ends(starts_on: date) -> list[tuple[int, date]]:
    """Return the weeks of a term at whose ends offers are counted, each with its last day."""
    return [(week, starts_on + timedelta(days=7 * week - 1)) for week in WEEKS]


def paths(offers: Iterable[OfferFact], labels: Labels) -> list[Figures]:
    """Return, for each offer that counts, the walk from a held meeting to it."""
    return [
        {
            "student_id": labels.students[offer.student],
            "offer_id": labels.offers[offer.id],
            "path": [labels.contacts[contact] for contact in offer.path],
        }
        for offer in offers
        if offer.path is not None
    ]


def change(now: Figures, before: Figures) -> Figures | None:
    """Return the difference of the enrolled offer rates of two reports; None if one is empty."""
    rates = [report["offer_rate"]["enrolled"] for report in (now, before)]
    found = statistics.difference(*(statistics.proportion(r["k"], r["n"]) for r in rates))
    return asdict(found) if found else None


def _of_meetings(people: Group, flag: str) -> Figures:
    return _proportion(
        sum(getattr(meeting, flag) for meeting in people.meetings), len(people.meetings)
    )


def _share(students: set[int], members: set[int]) -> Figures:
    return _proportion(len(students & members), len(members))


def _proportion(k: int, n: int) -> Figures:
    return asdict(statistics.proportion(k, n))


def _interval(k: int, n: int) -> Figures:
    return {key: value for key, value in _proportion(k, n).items() if key not in ("k", "n")}
