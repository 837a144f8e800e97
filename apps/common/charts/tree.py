"""Who led to whom: a tree from left to right, the same as a nested list, and as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from apps.common import figures
from apps.common.charts import marks, svg, tree_drawing, tree_words
from apps.common.charts.branches import DEEPEST, Branch, grown
from apps.common.charts.forest import Forest, State, TreeNode, forest_of
from apps.common.charts.tables import DataTable

_NAMED = 4  # people in a chain that is told name by name


@dataclass(frozen=True, kw_only=True)
class TreeChart:
    """People hung up by who led to them, each a link.

    `state_words` has a word for every state that occurs. `column_heads` name the steps from the
    root, as many as there are names for. Where many siblings led nowhere, all but a few are
    gathered behind a link to `list_url`, where everybody stands. Without anybody, `when_empty`
    stands in place of it all.
    """

    template_name: ClassVar[str] = "components/charts/tree.html"

    heads: ClassVar[Sequence[str]] = (
        "Person",
        "About",
        "Through",
        "Where things stand",
        "Steps away",
    )

    id: str
    title: str
    nodes: Sequence[TreeNode]
    state_words: Mapping[State, str]
    list_url: str
    when_empty: str
    root_label: str = "You"
    column_heads: Sequence[str] = ()

    @property
    def description(self) -> str:
        if not self.nodes:
            return self.when_empty
        people = _people(len(self.nodes))
        sizes = [figures.count(size) for size in self._forest.sizes]
        if len(sizes) == 1:
            return f"{people}, one step away."
        chain = [node.label for node in self._forest.longest_chain]
        names = ", ".join(chain) if len(chain) <= _NAMED else f"from {chain[0]} to {chain[-1]}"
        return (
            f"{people} in {figures.count(len(sizes))} generations: {_listed(sizes)}. "
            f"The longest chain has {_people(len(chain))}: {names}."
        )

    @property
    def key(self) -> list[tuple[SafeString, str]]:
        """Mark and word of each state that occurs."""
        states = {node.state for node in self.nodes}
        return [
            (marks.ICONS[state], capfirst(word))
            for state, word in self.state_words.items()
            if state in states
        ]

    @property
    def listed(self) -> SafeString:
        """The nested list: the first generation, each with its own."""
        return tree_words.nested_list(self._root.branches, label=self.title)

    @property
    def svg(self) -> SafeString:
        """The drawing; empty when there is nobody to show."""
        if not self.nodes:
            return svg.joined([])
        return tree_drawing.draw(
            self._root,
            self._heads(),
            id=self.id,
            title=self.title,
            description=self.description,
        )

    @property
    def table(self) -> DataTable:
        """Everybody, branch by branch."""
        forest = self._forest
        names = [*(node.label for node in self.nodes), self.root_label]
        words = {state: capfirst(word) for state, word in self.state_words.items()}
        rows = []
        for position in forest.order:
            node = self.nodes[position]
            rows.append(
                (
                    format_html('<a href="{}">{}</a>', node.url, node.label),
                    node.note,
                    names[forest.parents[position]],
                    words[node.state],
                    figures.count(forest.depths[position]),
                )
            )
        return DataTable(self.heads, rows)

    @property
    def rows(self) -> SafeString:
        return tree_words.table_rows(self.table)

    @cached_property
    def _forest(self) -> Forest:
        return forest_of(self.nodes)

    @cached_property
    def _root(self) -> Branch:
        return grown(
            self._forest,
            root_label=self.root_label,
            state_words=self.state_words,
            list_url=self.list_url,
        )

    def _heads(self) -> list[str]:
        generations = len(self._forest.sizes)
        shown = range(1, min(generations, DEEPEST) + 1)
        heads = [*self.column_heads[: len(shown)]]
        heads += [f"{_steps(step)} away" for step in shown[len(heads) :]]
        if generations > DEEPEST:
            heads[-1] += " and further"
        return heads


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{figures.count(number)} people"


def _steps(number: int) -> str:
    return "1 step" if number == 1 else f"{number} steps"


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"
