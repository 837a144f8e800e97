"""Small tables whose answer can be seen by eye, and the best answer by trying every one."""

from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from apps.metrics.disclosure import Cell, Table

TEN = 10


def group(*atoms):
    return frozenset(atoms)


def table(size, cells, **more):
    return Table(size=size, cells=cells, threshold=TEN, **more)


SECTIONS = {
    ("A", 1): 10,
    ("A", 0): 42,
    ("B", 1): 6,
    ("B", 0): 18,
    ("C", 1): 5,
    ("C", 0): 19,
}


def section(*names):
    return frozenset((name, offer) for name in names for offer in (0, 1))


def offers(*names):
    return frozenset((name, 1) for name in names)


def three_sections():
    whole = Cell("all", section("A", "B", "C"), offers("A", "B", "C"))
    return [whole, *(Cell(name, section(name), offers(name)) for name in "ABC")]


def test_shows_the_whole_and_the_one_section_that_is_large_enough():
    """21 of 100 and 10 of 52; B and C stay hidden, and their sum, 11 of 48, may be known."""
    assert table(SECTIONS, three_sections()).choose() == {"all", "A"}


def test_hides_a_second_section_where_one_could_be_worked_out():
    size = {**SECTIONS, ("B", 1): 12}
    assert table(size, three_sections()).choose() == {"all", "A"}


def test_tells_how_a_hidden_count_follows():
    size = {**SECTIONS, ("B", 1): 12}
    cells = three_sections()
    found = table(size, cells).exposures([cell for cell in cells if cell.name in {"all", "A", "B"}])
    assert [(exposure.count, exposure.group) for exposure in found] == [(5, offers("C"))]
    assert found[0].terms == (
        (Fraction(1), offers("A", "B", "C")),
        (Fraction(-1), offers("A")),
        (Fraction(-1), offers("B")),
    )


def test_sees_through_weights_other_than_one():
    """Twice the hidden count follows from three sums, though no difference of two gives it."""
    size = {"a": 3, "b": 20, "c": 20}
    pairs = [Cell(x + y, group(x, y)) for x, y in (("a", "b"), ("a", "c"), ("b", "c"))]
    hidden = Cell("a", group("a"))
    judged = table(size, [*pairs, hidden])
    assert not judged.is_safe(pairs)
    [exposure] = [one for one in judged.exposures(pairs) if one.group == group("a")]
    assert [weight for weight, _ in exposure.terms] == [
        Fraction(1, 2),
        Fraction(1, 2),
        Fraction(-1, 2),
    ]


def test_counts_a_complement_below_the_threshold_as_small():
    judged = table({1: 95, 0: 5}, [Cell("share", group(0, 1), group(1))])
    assert judged.choose() == set()


def test_gives_a_zero_away_only_where_it_is_one_by_definition():
    by_definition = Cell("no meeting", group("none"), group())
    by_chance = Cell("few", group("few", "few with offer"), group("few with offer"))
    judged = table({"none": 23, "few": 40, "few with offer": 0}, [by_definition, by_chance])
    assert judged.choose() == {"no meeting"}


def test_hides_what_an_earlier_release_would_give_away():
    """The whole alone is fine; with two of three sections known from before it is not."""
    size = {**SECTIONS, ("B", 1): 12}
    cells = three_sections()
    known = [offers("A"), offers("B"), section("A"), section("B")]
    assert table(size, cells[:1]).choose() == {"all"}
    assert table(size, cells[:1], other_counts=[offers("C")], known=known).choose() == set()


def test_leaves_what_an_earlier_release_has_given_away_already():
    """A count that has become small since, or could be worked out before, is past saving."""
    judged = table(SECTIONS, three_sections(), known=[offers("B"), section("B")])
    assert offers("B") not in judged.small_groups
    assert offers("C") in judged.small_groups


def test_hides_more_once_the_threshold_is_raised():
    cells = three_sections()
    assert Table(size=SECTIONS, cells=cells, threshold=12).choose() == {"all"}
    assert Table(size=SECTIONS, cells=cells, threshold=22).choose() == set()


@pytest.mark.parametrize("seed", range(20))
def test_finds_the_same_small_differences_as_trying_each_count_with_each(seed):
    random = Random(seed)
    size = {atom: random.randrange(15) for atom in range(8)}
    sets = [group(*random.sample(range(8), random.randrange(9))) for _ in range(12)]
    cells = [
        Cell(str(n), large, large & small)
        for n, (large, small) in enumerate(zip(sets, sets[1:], strict=False))
    ]
    made = table(size, cells)
    counts = {count for cell in cells for count in cell.counts}
    differences = {large - small for large in counts for small in counts if small < large}
    assert set(made.small_groups) == set(filter(made.is_small, counts | differences))


@pytest.mark.parametrize("seed", range(5))
def test_says_the_same_on_fewer_atoms(seed):
    random = Random(seed)
    judged = random_table(random, sections=3)
    assert judged.merged().choose() == judged.choose()


def random_table(random, *, sections):
    """Return a table of sections, outcomes and bins, where small counts are frequent."""
    size = {
        (s, o, b): random.choice([0, 1, 3, 6, 9, 12, 20])
        for s in range(sections)
        for o in range(3)
        for b in range(3)
    }

    def where(**wanted):
        return frozenset(
            (s, o, b)
            for s, o, b in size
            if s in wanted.get("s", {s}) and o in wanted.get("o", {o}) and b in wanted.get("b", {b})
        )

    cells = [
        Cell("all", where(), where(o={0})),
        Cell("other", where(), where(o={1})),
        Cell("either", where(), where(o={0, 1})),
        *(Cell(f"bin {b}", where(b={b}), where(b={b}, o={0})) for b in range(3)),
        *(Cell(f"size {s}", where(s={s})) for s in range(sections)),
        *(Cell(f"section {s}", where(s={s}), where(s={s}, o={0})) for s in range(sections)),
    ]
    return table(size, cells)


def test_hides_little_more_than_the_best_there_is():
    """Over small tables at most half as many again; trying every set of cells is the measure."""
    random = Random(3)
    ours = best = 0
    for _ in range(60):
        judged = random_table(random, sections=2)
        shown = judged.choose()
        assert judged.exposures([cell for cell in judged.cells if cell.name in shown]) == []
        ours += len(judged.cells) - len(shown)
        best += len(judged.cells) - largest_safe(judged, at_least=len(shown))
    assert best <= ours <= 1.5 * best


def largest_safe(judged, *, at_least):
    candidates = [cell for cell in judged.cells if judged.may_be_shown(cell)]
    for number in range(len(candidates), at_least, -1):
        if any(judged.is_safe(some) for some in combinations(candidates, number)):
            return number
    return at_least
