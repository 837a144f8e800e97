"""From facts to the figures of the report. Pure: no database, no clock.

Each figure is one short function named after its key. The definitions are on `docs/figures.md`;
a change to one is a new DEFINITIONS number, never a silent edit.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from apps.metrics import statistics
from apps.metrics.facts import ContactFact, Labels, OfferFact, StudentFact, TermFacts

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
Value = TypeVar("Value")


@dataclass(frozen=True)
class Group:
    """A set of students, and by student what their figures need, indexed once for all of them.

    `held` counts meetings in the window, and is without students who held none; `held_before`
    counts those up to the first qualifying offer, that day in.
    """

    starts_on: date
    closes_on: date
    students: list[StudentFact]
    held: Mapping[int, int]
    held_before: Mapping[int, int]
    offers: Mapping[int, list[OfferFact]]
    qualifying: Mapping[int, list[OfferFact]]

    def of(self, students: list[StudentFact]) -> "Group":
        """Return the group of some of the students."""

        def theirs(by_student: Mapping[int, Value]) -> dict[int, Value]:
            return {one.id: by_student[one.id] for one in students if one.id in by_student}

        return Group(
            self.starts_on,
            self.closes_on,
            students,
            theirs(self.held),
            theirs(self.held_before),
            theirs(self.offers),
            theirs(self.qualifying),
        )

    @cached_property
    def enrolled(self) -> set[int]:
        return {student.id for student in self.students}

    @cached_property
    def participants(self) -> set[int]:
        return set(self.held)

    @cached_property
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
        return first_day(self.qualifying.get(student, ()))

    def held_before_offer(self, student: int) -> int:
        """Return the number of meetings held up to the first qualifying offer, that day in."""
        return self.held_before.get(student, 0)

    @cached_property
    def watched(self) -> list[tuple[date, bool]]:
        """What `watched_until` says of each student."""
        return [self.watched_until(student) for student in self.students]

    def watched_until(self, student: StudentFact) -> tuple[date, bool]:
        """Return the day of the first offer, or the last one watched, and whether it is an offer.

        An offer after a withdrawal is no event.
        """
        last_day = min(student.withdrawn_on or self.closes_on, self.closes_on)
        offered_on = self.first_offer_on(student.id)
        if offered_on is not None and offered_on <= last_day:
            return offered_on, True
        return last_day, False


@dataclass(frozen=True)
class Tally:
    """How many contacts and meetings there are of each sort.

    `stages` has the stages of the funnel by name, `generations` all listed contacts.
    """

    stages: Mapping[str, int]
    generations: Mapping[int, int]
    meetings: int
    ready: int
    thanked_on_time: int


class Counts(NamedTuple):
    """All that the figures are made of. `offers` are in the order in which they are listed."""

    people: Group
    tally: Tally
    offers: list[OfferFact]


def counts_of(facts: TermFacts) -> Counts:
    """Return what the rows of a term add up to."""
    return Counts(group(facts), tally(facts), facts.offers)


def group(facts: TermFacts) -> Group:
    """Return the students with what is known of them."""
    offers, qualifying = offers_by_student(facts.offers)
    held: Counter[int] = Counter()
    held_before: Counter[int] = Counter()
    for meeting in facts.meetings:
        until = first_day(qualifying.get(meeting.student, ()))
        held[meeting.student] += 1
        held_before[meeting.student] += until is None or meeting.held_on <= until
    return Group(
        facts.starts_on, facts.closes_on, facts.students, held, held_before, offers, qualifying
    )


def offers_by_student(
    offers: Iterable[OfferFact],
) -> tuple[dict[int, list[OfferFact]], dict[int, list[OfferFact]]]:
    """Return the offers of each student: all of them, and those through a conversation."""
    every: dict[int, list[OfferFact]] = defaultdict(list)
    qualifying: dict[int, list[OfferFact]] = defaultdict(list)
    for offer in offers:
        every[offer.student].append(offer)
        if offer.path is not None:
            qualifying[offer.student].append(offer)
    return dict(every), dict(qualifying)


def first_day(offers: Iterable[OfferFact]) -> date | None:
    return min((offer.received_on for offer in offers), default=None)


def tally(facts: TermFacts) -> Tally:
    """Return how many contacts and meetings there are of each sort."""
    met = {meeting.contact for meeting in facts.meetings}
    thanked = {meeting.contact for meeting in facts.meetings if meeting.is_thanked}
    asked = [contact for contact in facts.contacts if contact.is_asked]
    replied = [contact for contact in asked if contact.is_replied]
    agreed = [contact for contact in replied if contact.is_agreed]
    held = [contact for contact in agreed if contact.id in met]
    return Tally(
        stages={
            "listed": len(facts.contacts),
            "asked": len(asked),
            "replied": len(replied),
            "agreed": len(agreed),
            "held": len(held),
            "thanked": sum(contact.id in thanked for contact in held),
            "referred": sum(contact.has_introduced for contact in held),
        },
        generations=Counter(generations(facts.contacts).values()),
        meetings=len(facts.meetings),
        ready=sum(meeting.is_ready for meeting in facts.meetings),
        thanked_on_time=sum(meeting.is_thanked_on_time for meeting in facts.meetings),
    )


def figures(counts: Counts, labels: Labels) -> Figures:
    """Return every figure of the internal report as JSON values."""
    everybody, tally, offers = counts
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
        "funnel": funnel(tally),
        "thank_you_on_time": _proportion(tally.thanked_on_time, tally.meetings),
        "readiness": _proportion(tally.ready, tally.meetings),
        "referrals": referrals(tally),
        "time_to_first_offer": time_to_first_offer(everybody),
        "offers_by_week": offers_by_week(everybody),
        "paths": paths(offers, labels),
    }


def by_cohort(people: Group, cohorts: Mapping[str, int]) -> Figures:
    """Return the offer rate of each cohort, by its name."""
    students: dict[int, list[StudentFact]] = defaultdict(list)
    for student in people.students:
        for enrolment in student.enrolments:
            students[enrolment.cohort].append(student)
    return {
        name: population_and_offer_rate(people.of(students[key])) for name, key in cohorts.items()
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


def funnel(tally: Tally) -> list[Figures]:
    """Return how many contacts reached each stage; a stage counts only those of the one before."""
    before = "listed"
    stages: list[Figures] = [{"stage": "listed", "contacts": tally.stages["listed"]}]
    for stage in ("asked", "replied", "agreed", "held", "thanked", "referred"):
        k, n = tally.stages[stage], tally.stages[before]
        stages.append({"stage": stage, "contacts": k, **_interval(k, n)})
        before = "held" if before in ("agreed", "held") else stage
    return stages


def referrals(tally: Tally) -> Figures:
    """Return introduced contacts, held meetings, and listed contacts by generation."""
    counts = sorted(tally.generations.items())
    return {
        "introduced_contacts": sum(count for generation, count in counts if generation),
        "held_meetings": tally.meetings,
        "contacts_by_generation": {str(generation): count for generation, count in counts},
    }


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
    curve = statistics.kaplan_meier(
        ((day - people.starts_on).days, is_offer) for day, is_offer in people.watched
    )
    return {
        "median_days": curve.median_days,
        "curve": [asdict(step) for step in curve.steps],
    }


def offers_by_week(people: Group) -> list[Figures]:
    """Return the share of students with a first offer by the end of some weeks of the term."""
    offered = [day for day, is_offer in people.watched if is_offer]
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
    """Return the difference of the enrolled offer rates of two reports; None if one is empty.

    It is hidden where one of the two is.
    """
    rates = [report["offer_rate"]["enrolled"] for report in (now, before)]
    if any(rate.get("hidden") for rate in rates):
        return {"difference": None, "low": None, "high": None, "hidden": True}
    found = statistics.difference(*(statistics.proportion(r["k"], r["n"]) for r in rates))
    return asdict(found) if found else None


def _share(students: set[int], members: set[int]) -> Figures:
    return _proportion(len(students & members), len(members))


def _proportion(k: int, n: int) -> Figures:
    return asdict(statistics.proportion(k, n))


def _interval(k: int, n: int) -> Figures:
    return {key: value for key, value in _proportion(k, n).items() if key not in ("k", "n")}
