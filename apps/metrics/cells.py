"""The cells of a report as sets of atoms: what each figure counts, and whom it could give away.

A student's atom is everything that a report asks about them. Atoms are all that can exist by the
definitions, so that an empty set is a zero by definition; the few that exist only through an
earlier term (an offer by way of a meeting before this one) are taken in when somebody is in them.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, NamedTuple

from apps.metrics.disclosure import Cell, Table
from apps.metrics.facts import ContactFact, StudentFact, TermFacts
from apps.metrics.report import BINS, WEEKS, bin_of, generations, group, week_ends
from apps.metrics.report import Group as People
from apps.metrics.scope import WHOLE_TERM, Scope, Shown

Scopes = frozenset[Scope]
"""Those of the scopes in play that a person is in."""


class StudentAtom(NamedTuple):
    """`week` is the place in WEEKS by which the first offer came, len(WEEKS) if later or never."""

    scopes: Scopes
    is_participant: bool
    is_known: bool
    has_offer: bool
    kinds: frozenset[str]
    status: str
    bin: str
    week: int


class ContactAtom(NamedTuple):
    """`stage` is the number of stages of the funnel that the contact has reached."""

    scopes: Scopes
    stage: int
    is_thanked: bool
    has_introduced: bool
    generation: int


class MeetingAtom(NamedTuple):
    scopes: Scopes
    is_ready: bool
    is_thanked_on_time: bool


Has = Callable[[Any], bool]


@dataclass(frozen=True)
class Counted:
    """A figure of a report: people with `k` among those with `n`; with `k` None these alone.

    `section` is the cohort that it stands for in a report of more than one.
    """

    name: str
    n: Has
    k: Has | None = None
    shows_n: bool = True
    section: int | None = None

    def stands_in(self, scope: Scope) -> bool:
        """Return whether a report of this scope has the figure: of the sections, its own only."""
        return scope.cohort is None or self.section in (None, scope.cohort)

    def cell(self, scope: Scope, atoms: Iterable[Any]) -> Cell:
        """Return the figure over the atoms of a scope."""
        n = frozenset(atom for atom in atoms if scope in atom.scopes and self.n(atom))
        k = None if self.k is None else frozenset(filter(self.k, n))
        return Cell(self.name, n, k, self.shows_n)


def scopes_of(people: People, scopes: Iterable[Scope]) -> dict[int, Scopes]:
    """Return the scopes that each student is in, by id."""
    return {
        student.id: frozenset(scope for scope in scopes if student.within(scope))
        for student in people.students
    }


def everybody(atom: Any) -> bool:
    return True


POPULATIONS: dict[str, Has] = {
    "enrolled": everybody,
    "participants": lambda atom: atom.is_participant,
    "known_outcome": lambda atom: atom.is_known,
}


def qualifies(atom: StudentAtom) -> bool:
    return bool(atom.kinds)


def offer_rates(section: int | None = None) -> list[Counted]:
    """Return the offer rate three ways and the counts of students, of all or of one cohort."""

    of_section = Scope(cohort=section)

    def within(atom: StudentAtom) -> bool:
        return section is None or of_section in atom.scopes

    def both(has: Has) -> Has:
        return lambda atom: within(atom) and has(atom)

    prefix = "" if section is None else f"by_cohort/{section}/"
    shares = {name: has for name, has in POPULATIONS.items() if has is not everybody}
    counted = [
        Counted("offer_rate/enrolled", within, qualifies),
        Counted("population/enrolled", within),
        *(Counted(f"population/{name}", within, has) for name, has in shares.items()),
        *(Counted(f"offer_rate/{name}", both(has), qualifies) for name, has in shares.items()),
    ]
    return [replace(one, name=prefix + one.name, section=section) for one in counted]


def student_figures(cohorts: Iterable[int]) -> list[Counted]:
    """Return the figures about students, those a reader would miss most first."""

    def of_kind(kind: str) -> Has:
        return lambda atom: kind in atom.kinds

    def in_bin(label: str) -> Has:
        return lambda atom: atom.bin == label

    def by_week(number: int) -> Has:
        return lambda atom: atom.week <= number

    return [
        *offer_rates(),
        Counted("any_offer_rate", everybody, lambda atom: atom.has_offer),
        Counted("accepted_rate", everybody, lambda atom: atom.status == "accepted"),
        Counted("offer_rate_by_kind/job", everybody, of_kind("job")),
        Counted("offer_rate_by_kind/internship", everybody, of_kind("internship")),
        *(Counted(f"by_conversations/{name}", in_bin(name), qualifies) for name, _, _ in BINS),
        *(figure for cohort in cohorts for figure in offer_rates(cohort)),
        *(Counted(f"offers_by_week/{w}", everybody, by_week(n)) for n, w in enumerate(WEEKS)),
        Counted("rescinded_only", qualifies, lambda atom: atom.status == "rescinded", False),
    ]


def contact_figures(most: int) -> list[Counted]:
    """Return the funnel and the referrals, with generations up to `most`."""
    stages = ["asked", "replied", "agreed", "held"]

    def reached(number: int) -> Has:
        return lambda atom: atom.stage >= number

    def is_generation(number: int) -> Has:
        return lambda atom: atom.generation == number

    return [
        Counted("funnel/listed", everybody),
        *(
            Counted(f"funnel/{name}", reached(number), reached(number + 1))
            for number, name in enumerate(stages)
        ),
        Counted("funnel/thanked", reached(4), lambda atom: atom.is_thanked),
        Counted("funnel/referred", reached(4), lambda atom: atom.has_introduced),
        Counted("referrals/introduced_contacts", everybody, lambda a: a.generation > 0, False),
        *(
            Counted(f"referrals/contacts_by_generation/{n}", everybody, is_generation(n), False)
            for n in range(most + 1)
        ),
    ]


MEETING_FIGURES = [
    Counted("referrals/held_meetings", everybody),
    Counted("thank_you_on_time", everybody, lambda atom: atom.is_thanked_on_time),
    Counted("readiness", everybody, lambda atom: atom.is_ready),
]


def student_sizes(people: People, of: Mapping[int, Scopes]) -> Counter[StudentAtom]:
    """Return how many students are in each atom."""
    return Counter(
        StudentAtom(
            scopes=of[student.id],
            is_participant=student.id in people.held,
            is_known=student.has_confirmed_no_offer or student.id in people.offers,
            has_offer=student.id in people.offers,
            kinds=frozenset(offer.kind for offer in people.qualifying.get(student.id, ())),
            status=_status(people, student.id),
            bin=bin_of(people.held_before_offer(student.id)),
            week=_week(people, student),
        )
        for student in people.students
    )


def _status(people: People, student: int) -> str:
    statuses = {offer.status for offer in people.qualifying.get(student, ())}
    if "accepted" in statuses:
        return "accepted"
    if statuses == {"rescinded"}:
        return "rescinded"
    return "other" if statuses else ""


def _week(people: People, student: StudentFact) -> int:
    day, is_offer = people.watched_until(student)
    ends = week_ends(people.starts_on)
    found = (number for number, (_, end) in enumerate(ends) if day <= end)
    return next(found, len(WEEKS)) if is_offer else len(WEEKS)


def possible_students(scopes: Iterable[Scopes]) -> Iterator[StudentAtom]:
    """Return every atom that the definitions allow without a meeting before the term.

    An offer is a known outcome; without a held meeting there is none through a conversation.
    """
    none, late = frozenset[str](), len(WEEKS)
    without = [(False, False), (True, False), (True, True)]
    kinds = [frozenset(some) for some in (["job"], ["internship"], ["job", "internship"])]
    for one in scopes:
        for known, offered in without:
            yield StudentAtom(one, False, known, offered, none, "", "0", late)
        for label, _, _ in BINS[1:]:
            for known, offered in without:
                yield StudentAtom(one, True, known, offered, none, "", label, late)
            for kind, status, week in product(
                kinds, ("accepted", "rescinded", "other"), range(late + 1)
            ):
                yield StudentAtom(one, True, True, True, kind, status, label, week)


def contact_sizes(facts: TermFacts, of: Mapping[int, Scopes]) -> Counter[ContactAtom]:
    """Return how many listed contacts are in each atom."""
    met = {meeting.contact for meeting in facts.meetings}
    thanked = {meeting.contact for meeting in facts.meetings if meeting.is_thanked}
    number_of = generations(facts.contacts)
    return Counter(
        ContactAtom(
            scopes=of[contact.student],
            stage=_stage(contact, contact.id in met),
            is_thanked=contact.id in thanked,
            has_introduced=contact.has_introduced,
            generation=number_of[contact.id],
        )
        for contact in facts.contacts
    )


def _stage(contact: ContactFact, is_met: bool) -> int:
    reached = (contact.is_asked, contact.is_replied, contact.is_agreed, is_met)
    return next((number for number, has in enumerate(reached) if not has), len(reached))


def possible_contacts(scopes: Iterable[Scopes], most: int) -> Iterator[ContactAtom]:
    """Return every atom with generations up to `most`."""
    for atom in product(scopes, range(5), (False, True), (False, True), range(most + 1)):
        yield ContactAtom(*atom)


def meeting_sizes(facts: TermFacts, of: Mapping[int, Scopes]) -> Counter[MeetingAtom]:
    """Return how many held meetings are in each atom."""
    return Counter(
        MeetingAtom(of[held.student], held.is_ready, held.is_thanked_on_time)
        for held in facts.meetings
    )


def possible_meetings(scopes: Iterable[Scopes]) -> Iterator[MeetingAtom]:
    for atom in product(scopes, (False, True), (False, True)):
        yield MeetingAtom(*atom)


def tables_of(
    facts: TermFacts,
    *,
    cohorts: Collection[int],
    scope: Scope,
    earlier: Sequence[Shown] = (),
    threshold: int,
) -> list[Table]:
    """Return the tables of a report's cells about students, contacts and meetings.

    `facts` are those of the whole term, since what is outside a scope can be worked out from it
    and the whole; `cohorts` are all cohorts of the term.
    """
    people = group(facts)
    in_play = {WHOLE_TERM, scope, *(shown.scope for shown in earlier), *map(Scope, cohorts)}
    of = scopes_of(people, in_play)
    kinds = set(of.values())
    contacts = contact_sizes(facts, of)
    most = max((atom.generation for atom in contacts), default=0)
    figures_and_sizes: list[tuple[list[Counted], dict[Any, int]]] = [
        (
            student_figures(cohorts),
            dict.fromkeys(possible_students(kinds), 0) | student_sizes(people, of),
        ),
        (contact_figures(most), dict.fromkeys(possible_contacts(kinds, most), 0) | contacts),
        (MEETING_FIGURES, dict.fromkeys(possible_meetings(kinds), 0) | meeting_sizes(facts, of)),
    ]
    return [
        _table(figures, sizes, scope, earlier, threshold) for figures, sizes in figures_and_sizes
    ]


def _table(
    figures: Sequence[Counted],
    sizes: Mapping[Any, int],
    scope: Scope,
    earlier: Sequence[Shown],
    threshold: int,
) -> Table:
    cells = {
        one: [figure.cell(one, sizes) for figure in figures if figure.stands_in(one)]
        for one in {WHOLE_TERM, scope, *(shown.scope for shown in earlier)}
    }
    known = [
        group
        for shown in earlier
        for cell in cells[shown.scope]
        if cell.name in shown.cells
        for group in cell.printed
    ]
    counts = [group for some in cells.values() for cell in some for group in cell.counts]
    return Table(
        size=sizes,
        cells=cells[scope],
        threshold=threshold,
        known=list(dict.fromkeys(known)),
        other_counts=list(dict.fromkeys(counts)),
    ).merged()
