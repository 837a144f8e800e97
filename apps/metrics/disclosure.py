"""Which cells of a report can be shown without giving a small one away. Plain Python, exact.

The people (or contacts, or meetings) of a report fall into *atoms*: sets that no cell divides. Each
cell is a pair of counts, k of n, and each count the sum of some atoms. Whoever has the published
counts can work out every count that is a linear combination of them, and, knowing nothing else,
no other: this is the row space of the published counts. So a set of cells is safe if no count
below the threshold lies in it.

Atoms that cannot exist by definition are left out by the caller; a count without any atom is a
structural zero and gives nothing away. The search works modulo a prime of 61 bits; `exposures`
gives the sum that leads to each count found, in exact fractions.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from random import Random

PRIME = 2**61 - 1

Group = frozenset[Hashable]
"""The atoms whose people a count counts."""
Row = list[int]


@dataclass(frozen=True)
class Cell:
    """One figure of a report: `k` of `n`, or with `k` None the count `n` alone.

    `shows_n` is False for a count whose base is not printed beside it.
    """

    name: str
    n: Group
    k: Group | None = None
    shows_n: bool = True

    @property
    def counts(self) -> list[Group]:
        """The counts that the cell is made of, the complement of k among them."""
        return [self.n] if self.k is None else [self.k, self.n - self.k, self.n]

    @property
    def printed(self) -> list[Group]:
        """The counts that stand on paper once the cell is shown."""
        if self.k is None:
            return [self.n]
        return [self.k, self.n] if self.shows_n else [self.k]


@dataclass(frozen=True)
class Exposure:
    """A count below the threshold that can be worked out: `group` is the sum of `terms`."""

    group: Group
    count: int
    terms: tuple[tuple[Fraction, Group], ...]


@dataclass(frozen=True)
class Table:
    """All cells over one kind of atoms, how many people each atom has, and the threshold.

    `known` are the counts that earlier releases have printed. `other_counts` are counts that no
    cell prints but that must not come to light either.
    """

    size: Mapping[Hashable, int]
    cells: Sequence[Cell]
    threshold: int
    known: Collection[Group] = ()
    other_counts: Collection[Group] = ()

    def merged(self) -> "Table":
        """Return the same table on fewer atoms: those that no count divides become one."""
        groups = {group for cell in self.cells for group in (cell.n, cell.k) if group is not None}
        of_atom: dict[Hashable, list[int]] = {}
        for number, group in enumerate([*groups, *self.known, *self.other_counts]):
            for atom in group:
                of_atom.setdefault(atom, []).append(number)
        merged = {atom: tuple(numbers) for atom, numbers in of_atom.items()}
        size: dict[Hashable, int] = dict.fromkeys(merged.values(), 0)
        for atom, people in self.size.items():
            if people and atom in merged:
                size[merged[atom]] += people

        def on_fewer(group: Group) -> Group:
            return frozenset(merged[atom] for atom in group)

        return replace(
            self,
            size=size,
            cells=[
                replace(cell, n=on_fewer(cell.n), k=None if cell.k is None else on_fewer(cell.k))
                for cell in self.cells
            ],
            known=[on_fewer(group) for group in self.known],
            other_counts=[on_fewer(group) for group in self.other_counts],
        )

    def count(self, group: Group) -> int:
        return sum(self.size.get(atom, 0) for atom in group)

    def is_small(self, group: Group) -> bool:
        """Return whether the count must not be known: too few people, or none by chance."""
        return bool(group) and self.count(group) < self.threshold

    def may_be_shown(self, cell: Cell) -> bool:
        """Return whether the cell passes by itself: k, n - k and n, unless zero by definition."""
        return not any(self.is_small(group) for group in cell.counts)

    @cached_property
    def small_groups(self) -> list[Group]:
        """Every small count, and every small difference of two counts of which one holds the other.

        What earlier releases give away by themselves is past saving and left out.
        """
        counts = {group for cell in self.cells for group in cell.counts}
        counts |= {*self.other_counts, *self.known}
        small = {group for group in counts if self.is_small(group)} | self._small_differences(
            counts
        )
        before = self._space.span(self.known)
        return [group for group in small if not before.holds(self._space.row(group))]

    def _small_differences(self, counts: Collection[Group]) -> set[Group]:
        """Return them without trying each with each: who holds a count holds its rarest atom."""
        people = {group: self.count(group) for group in counts}
        of_atom: dict[Hashable, list[Group]] = {}
        for group in counts:
            for atom in group:
                of_atom.setdefault(atom, []).append(group)
        return {
            large - small
            for small in counts
            if small  # nobody taken away leaves the count itself
            for large in min((of_atom[atom] for atom in small), key=len)
            if people[large] - people[small] < self.threshold and small < large
        }

    @cached_property
    def _space(self) -> "Space":
        groups = {group for cell in self.cells for group in cell.counts}
        return Space([*groups, *self.known, *self.other_counts])

    def is_safe(self, shown: Iterable[Cell]) -> bool:
        """Return whether nobody can work out a small count from these cells and what is known."""
        span = self._space.span([*self.known, *_printed(shown)])
        return not any(span.holds(row) for row in self._small_rows)

    @cached_property
    def _small_rows(self) -> list[Row]:
        return [self._space.row(group) for group in self.small_groups]

    def choose(self) -> set[str]:
        """Return the names of the cells to show: as many as are safe together, the first first.

        Cells are taken in their order as long as the whole stays safe. Then each cell left out is
        tried ahead of the rest, and kept if more cells come to be shown; the first cell that can
        be shown is never given up, since it is what the report is about.
        """
        candidates = [cell for cell in self.cells if self.may_be_shown(cell)]
        best = self._take(candidates)
        for left_out in [cell for cell in candidates if cell not in best]:
            if left_out in best:
                continue
            other = self._take([*best[:1], left_out, *candidates])
            if len(other) > len(best):
                best = other
        return {cell.name for cell in best}

    def _take(self, candidates: Iterable[Cell]) -> list[Cell]:
        span = self._space.span(self.known)
        taken: list[Cell] = []
        for cell in candidates:
            if cell in taken:
                continue
            wider = span.with_rows(self._space.row(group) for group in cell.printed)
            if not any(wider.holds(row) for row in self._small_rows):
                taken.append(cell)
                span = wider
        return taken

    def exposures(self, shown: Iterable[Cell]) -> list[Exposure]:
        """Return every small count that can be worked out, and how, in exact fractions."""
        printed = list(dict.fromkeys([*self.known, *_printed(shown)]))
        span = self._space.span(printed)
        found = []
        for group in self.small_groups:
            if span.holds(row := self._space.row(group)):
                weights = _solve([self._space.row(other) for other in printed], row)
                terms = tuple((w, g) for w, g in zip(weights, printed, strict=True) if w)
                found.append(Exposure(group, self.count(group), terms))
        return found


def _printed(cells: Iterable[Cell]) -> list[Group]:
    return [group for cell in cells for group in cell.printed]


class Space:
    """Counts as rows of numbers, on no more atoms than it takes to tell the counts apart.

    Leaving out atoms whose column depends on those of others changes no linear relation between
    the rows, hence no answer.
    """

    def __init__(self, groups: Sequence[Group]) -> None:
        span = Span(len(groups))
        self._atoms: list[Hashable] = []
        for atom in frozenset[Hashable]().union(*groups):
            column = [int(atom in group) for group in groups]
            if not span.holds(column):
                span.add(column)
                self._atoms.append(atom)

    def row(self, group: Group) -> Row:
        return [int(atom in group) for atom in self._atoms]

    def span(self, groups: Iterable[Group]) -> "Span":
        return Span(len(self._atoms)).with_rows(map(self.row, groups))


class Span:
    """The row space of some rows of `width` numbers modulo PRIME, in reduced echelon form."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._rows: dict[int, Row] = {}
        self._probe: Row | None = None

    def with_rows(self, rows: Iterable[Row]) -> "Span":
        wider = Span(self.width)
        wider._rows = dict(self._rows)
        for row in rows:
            wider.add(row)
        return wider

    def add(self, row: Row) -> bool:
        """Take a row in; return whether it was not in the span before."""
        rest = self._reduced(row)
        pivot = next((place for place, value in enumerate(rest) if value), None)
        if pivot is None:
            return False
        scale = pow(rest[pivot], -1, PRIME)
        rest = [value * scale % PRIME for value in rest]
        for place, other in self._rows.items():
            if factor := other[pivot]:
                self._rows[place] = [
                    (a - factor * b) % PRIME for a, b in zip(other, rest, strict=True)
                ]
        self._rows[pivot] = rest
        self._probe = None
        return True

    def holds(self, row: Row) -> bool:
        """Return whether the row is a linear combination of those taken in.

        Every row of the span, and with a chance of one in PRIME another, is at right angles to a
        random vector that is at right angles to the span.
        """
        if self._probe is None:
            self._probe = self._at_right_angles()
        return sum(p * value for p, value in zip(self._probe, row, strict=True)) % PRIME == 0

    def _at_right_angles(self) -> Row:
        random = Random(self.width)
        probe = [0 if n in self._rows else random.randrange(1, PRIME) for n in range(self.width)]
        for place, row in self._rows.items():
            probe[place] = -sum(
                a * b for n, (a, b) in enumerate(zip(row, probe, strict=True)) if n != place
            )
        return [value % PRIME for value in probe]

    def _reduced(self, row: Row) -> Row:
        rest = list(row)
        for place, other in self._rows.items():
            if factor := rest[place]:
                rest = [(a - factor * b) % PRIME for a, b in zip(rest, other, strict=True)]
        return rest


def _solve(rows: Sequence[Row], wanted: Row) -> list[Fraction]:
    """Return the weights with which the rows add up to `wanted`. Raises ValueError if none do."""
    system = [[Fraction(n) for n in column] for column in zip(*rows, wanted, strict=True)]
    pivots: list[int] = []
    for place in range(len(rows)):
        done = len(pivots)
        found = next((n for n in range(done, len(system)) if system[n][place]), None)
        if found is None:
            continue
        system[done], system[found] = system[found], system[done]
        lead = system[done][place]
        system[done] = [value / lead for value in system[done]]
        for n, line in enumerate(system):
            if n != done and (factor := line[place]):
                system[n] = [a - factor * b for a, b in zip(line, system[done], strict=True)]
        pivots.append(place)
    if any(line[-1] for line in system[len(pivots) :]):
        raise ValueError("No sum of these counts gives the wanted one.")
    weights = [Fraction(0)] * len(rows)
    for line, place in zip(system, pivots, strict=False):
        weights[place] = line[-1]
    return weights
