"""Who led to whom: the people who have some link to the student, by generation and by source.

Three queries, and a few walks over the people without any recursion, however many there are.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse

from apps.common.charts import TreeChart, TreeNode
from apps.common.charts.branches import DEEPEST
from apps.common.charts.forest import Forest, State, forest_of
from apps.common.proportion import Proportion, proportion
from apps.contacts.models import Seniority, Source
from apps.journal.stages import ask
from apps.meetings.models import Meeting
from apps.outcomes.models import Offer
from apps.students.models import Student

GENERATIONS = (
    "You reached them",
    "First referral",
    "Second referral",
    "Third referral",
    "Fourth referral",
    "Fifth referral",
    "Sixth referral",
    "Seventh referral",
)
NOT_SAID = "Not said"
STANDINGS = {**dict(Seniority.choices), "": NOT_SAID}
SOURCES = {**dict(Source.choices), "": NOT_SAID}
STATE_WORDS: dict[State, str] = {
    "talked": "met",
    "asked": "in progress",
    "listed": "named",
    "resting": "resting",
}
CHAIN_SHOWN = 8  # names of the longest chain

# In the order of the fields of Known. Whoever has an attempt or a meeting has been asked.
KNOWN = """
SELECT people.id, people.name, coalesce(nullif(people.organization, ''), people.job_title),
  people.seniority, people.source, people.introduced_by_id, people.archived_at IS NOT NULL,
  people.contact_id IS NOT NULL
FROM people ORDER BY people.listed_on, people.id
"""
_ANY = 1_234_567_890  # a key whose place in the address is easy to find


@dataclass(frozen=True, slots=True)
class Known:
    """A contact with what the network asks of it."""

    pk: int
    name: str
    about: str
    seniority: str
    source: str
    introduced_by: int | None
    is_resting: bool
    is_asked: bool


@dataclass(frozen=True)
class Generation:
    """The people so many introductions away; `standings` counts them by seniority."""

    label: str
    people: int
    asked: int
    met: int
    standings: list[tuple[str, int]]


@dataclass(frozen=True)
class Yield:
    """What came of the people from one source, each as a share of them; offers are a number."""

    label: str
    people: int
    asked: Proportion
    met: Proportion
    led_on: Proportion
    offers: int


class Network:
    """A student's contacts as their page shows them.

    Conversations for practice make nobody "met": they are part of no figure.
    """

    def __init__(self, *, student: Student, now: datetime) -> None:
        self.everybody = [Known(*row) for row in ask(KNOWN, student=student, now=now)]
        talks = list(
            Meeting.objects.held()
            .filter(student=student)
            .order_by()
            .values_list("contact_id", "has_asked_referral")
        )
        self.met = {contact for contact, _ in talks}
        self.talks = proportion(sum(has_asked for _, has_asked in talks), len(talks))
        self.offers = Counter(
            Offer.objects.filter(student=student, contact__isnull=False)
            .order_by()
            .values_list("contact_id", flat=True)
        )
        self.introducers = {known.introduced_by for known in self.everybody} - {None}
        linked = [known for known in self.everybody if self._is_linked(known)]
        # Siblings stand by how far the student has come with them, then as they were listed.
        places = {state: place for place, state in enumerate(STATE_WORDS)}
        self.people = sorted(linked, key=lambda known: places[self._state(known)])

    @property
    def unlinked(self) -> int:
        """How many are on the list only: nobody introduced them, and nothing happened yet."""
        return len(self.everybody) - len(self.people)

    @property
    def through_others(self) -> int:
        return sum(known.introduced_by is not None for known in self.people)

    @cached_property
    def nodes(self) -> list[TreeNode]:
        before, after = reverse("contact", args=[_ANY]).split(str(_ANY))
        return [
            TreeNode(
                known.pk,
                known.introduced_by,
                known.name,
                known.about,
                f"{before}{known.pk}{after}",
                self._state(known),
            )
            for known in self.people
        ]

    @property
    def chart(self) -> TreeChart:
        return TreeChart(
            id="network",
            title="Who led to whom",
            nodes=self.nodes,
            list_url=reverse("contact_list"),
            when_empty="Nobody here yet.",
            state_words=STATE_WORDS,
            column_heads=GENERATIONS,
        )

    @property
    def generations(self) -> list[Generation]:
        """The generations from the nearest on; what is very deep counts in the last one."""
        groups: list[list[Known]] = [[] for _ in self._forest.sizes[:DEEPEST]]
        for known, depth in zip(self.people, self._forest.depths, strict=True):
            groups[min(depth, DEEPEST) - 1].append(known)
        labels = [*GENERATIONS[: len(groups)]]
        if len(self._forest.sizes) > DEEPEST:
            labels[-1] += " and further"
        return [self._generation(label, group) for label, group in zip(labels, groups, strict=True)]

    @property
    def next_generation(self) -> str:
        """The name of the first generation that has nobody yet."""
        number = len(self._forest.sizes)
        return GENERATIONS[number] if number < DEEPEST else "The next referral"

    @property
    def yields(self) -> list[Yield]:
        """What came of each source, the one with most people first. Nobody is left out."""
        groups: dict[str, list[Known]] = {}
        for known in self.everybody:
            groups.setdefault(known.source, []).append(known)
        places = {source: place for place, source in enumerate(SOURCES)}
        order = sorted(groups, key=lambda source: (-len(groups[source]), places[source]))
        return [self._yield(source, groups[source]) for source in order]

    @cached_property
    def longest_chain(self) -> list[TreeNode]:
        return self._forest.longest_chain

    @property
    def chain_begins(self) -> list[TreeNode]:
        """The longest chain, or if it is very long, how it begins."""
        return self.longest_chain[: CHAIN_SHOWN if self.chain_left_out == 0 else CHAIN_SHOWN // 2]

    @property
    def chain_ends(self) -> list[TreeNode]:
        return self.longest_chain[-CHAIN_SHOWN // 2 :] if self.chain_left_out else []

    @property
    def chain_left_out(self) -> int:
        return max(len(self.longest_chain) - CHAIN_SHOWN, 0)

    @cached_property
    def _forest(self) -> Forest:
        return forest_of(self.nodes)

    def _is_linked(self, known: Known) -> bool:
        return known.introduced_by is not None or known.is_asked or known.pk in self.introducers

    def _state(self, known: Known) -> State:
        if known.is_resting:
            return "resting"
        if known.pk in self.met:
            return "talked"
        return "asked" if known.is_asked else "listed"

    def _generation(self, label: str, group: Sequence[Known]) -> Generation:
        counts = Counter(known.seniority for known in group)
        return Generation(
            label,
            people=len(group),
            asked=sum(known.is_asked for known in group),
            met=sum(known.pk in self.met for known in group),
            standings=[(word, counts[standing]) for standing, word in STANDINGS.items()],
        )

    def _yield(self, source: str, group: Sequence[Known]) -> Yield:
        people = len(group)
        return Yield(
            SOURCES[source],
            people,
            asked=proportion(sum(known.is_asked for known in group), people),
            met=proportion(sum(known.pk in self.met for known in group), people),
            led_on=proportion(sum(known.pk in self.introducers for known in group), people),
            offers=sum(self.offers[known.pk] for known in group),
        )
