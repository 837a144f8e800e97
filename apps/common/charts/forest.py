"""Who led to whom, put in order: whatever the data says, nothing hangs in a circle.

Everything takes one walk over the nodes and no recursion: a chain of ten thousand is fine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

State = Literal["talked", "asked", "listed", "resting"]


@dataclass(frozen=True)
class TreeNode:
    """One person. `parent` is the id of the node that led here; `note` says who this is."""

    id: int
    parent: int | None
    label: str
    note: str
    url: str
    state: State


@dataclass(frozen=True)
class Forest:
    """Nodes by their position in `nodes`; the position after the last stands for the root.

    `depths` counts steps from the root, so the first generation has 1. `order` goes branch by
    branch, each before those it led to, siblings as they were given.
    """

    nodes: Sequence[TreeNode]
    parents: Sequence[int]
    depths: Sequence[int]
    order: Sequence[int]

    @property
    def longest_chain(self) -> list[TreeNode]:
        """The way from the first generation to a deepest node, the earliest if there are more."""
        chain: list[TreeNode] = []
        here = max(self.order, key=self.depths.__getitem__, default=len(self.nodes))
        while here < len(self.nodes):
            chain.append(self.nodes[here])
            here = self.parents[here]
        return chain[::-1]

    @property
    def sizes(self) -> list[int]:
        """How many there are in each generation."""
        sizes = [0] * max(self.depths, default=0)
        for depth in self.depths:
            sizes[depth - 1] += 1
        return sizes


def forest_of(nodes: Sequence[TreeNode]) -> Forest:
    """Hang up `nodes`; one whose parent is unknown, or that closes a circle, hangs at the root."""
    root = len(nodes)
    parents = _parents(nodes)
    followers: list[list[int]] = [[] for _ in range(root + 1)]
    for position, parent in enumerate(parents):
        followers[parent].append(position)
    depths, order = [0] * root, []
    waiting = followers[root][::-1]
    while waiting:
        here = waiting.pop()
        order.append(here)
        depths[here] = 1 if parents[here] == root else depths[parents[here]] + 1
        waiting.extend(reversed(followers[here]))
    return Forest(nodes, parents, depths, order)


def _parents(nodes: Sequence[TreeNode]) -> list[int]:
    """Return where each node hangs, circles opened at the member that was given first."""
    root = len(nodes)
    positions: dict[int | None, int] = {}
    for position, node in enumerate(nodes):
        positions.setdefault(node.id, position)
    parents = [positions.get(node.parent, root) for node in nodes]
    walked = [-1] * root
    for start in range(root):
        here = start
        while here != root and walked[here] < 0:
            walked[here] = start
            here = parents[here]
        if here != root and walked[here] == start:
            circle = [here]
            while parents[circle[-1]] != here:
                circle.append(parents[circle[-1]])
            parents[min(circle)] = root
    return parents
