"""What of a forest is shown where: never deep, and who led nowhere is gathered if many did."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from apps.common import figures
from apps.common.charts import marks
from apps.common.charts.forest import Forest, State

DEEPEST = 8  # steps from the root; whoever is further stands there too, with a "via"
SMALL = 40  # people; so many are shown one by one
KEPT = 3  # of the siblings that led nowhere, where there are more people than that


@dataclass(eq=False, slots=True, kw_only=True)
class Branch:
    """One entry: a person, the root (column 0), or several who led nowhere, gathered.

    `is_moved`: stands in the last column and is really further, so it is said who led there.
    """

    label: str
    url: str = ""
    column: int = 0
    state: State | None = None
    word: str = ""
    note: str = ""
    through: str = ""
    is_moved: bool = False
    branches: list["Branch"] = field(default_factory=list)
    gathered: list["Branch"] = field(default_factory=list)

    @property
    def about(self) -> str:
        return _joined(f"via {self.through}", self.note) if self.is_moved else self.note

    @property
    def words(self) -> str:
        return _joined(self.about, self.word)

    @property
    def icon(self) -> SafeString | None:
        return marks.ICONS[self.state] if self.state else None


def grown(
    forest: Forest, *, root_label: str, state_words: Mapping[State, str], list_url: str
) -> Branch:
    """Return the root with everybody on it, at most `DEEPEST` steps away."""
    root = Branch(label=root_label)
    branches = [
        Branch(
            label=node.label,
            url=node.url,
            column=min(depth, DEEPEST),
            state=node.state,
            word=state_words[node.state],
            note=node.note,
        )
        for node, depth in zip(forest.nodes, forest.depths, strict=True)
    ]
    branches.append(root)
    holders = list(forest.parents)
    for position in forest.order:
        branch, parent = branches[position], forest.parents[position]
        branch.through = branches[parent].label
        if forest.depths[position] > DEEPEST:
            holders[position] = holders[parent]
            branch.is_moved = True
        branches[holders[position]].branches.append(branch)
    if len(forest.nodes) > SMALL:
        for branch in branches:
            _gather(branch, list_url)
    return root


def walk(root: Branch) -> Iterator[Branch]:
    """Go over all that is shown, each before its own branches; not over who is gathered."""
    waiting = [root]
    while waiting:
        branch = waiting.pop()
        yield branch
        waiting.extend(reversed(branch.branches))


def _gather(holder: Branch, list_url: str) -> None:
    """Put those who led nowhere together, beyond the first `KEPT`; a single one more stays."""
    rest = [branch for branch in holder.branches if not branch.branches][KEPT:]
    if len(rest) < 2:
        return
    gathered = set(rest)
    holder.branches = [branch for branch in holder.branches if branch not in gathered]
    holder.branches.append(
        Branch(
            label=f"+{figures.count(len(rest))} more people",
            url=list_url,
            column=rest[0].column,
            through=holder.label,
            gathered=rest,
        )
    )


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
