"""The tree of who led to whom: whatever the data, everybody stands once and nothing overlaps."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from types import FrameType
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.charts import TreeChart, TreeNode
from apps.common.charts.branches import DEEPEST, KEPT, SMALL, walk
from apps.common.charts.forest import forest_of
from apps.common.charts.tree_drawing import fitted, width_of
from apps.common.templatetags.charts import draw_chart

HOSTILE = """</title></svg><script>alert("1")</script>' onload='x"""
WORDS = {
    "talked": "met",
    "asked": "in progress",
    "listed": "named, not yet contacted",
    "resting": "resting",
}
STATES = list(WORDS)


def person(id: int, parent: int | None = None, **changes: str) -> TreeNode:
    given = {"label": f"Person {id}", "note": f"Firm {id}", "url": f"/c/{id}/", "state": "talked"}
    return TreeNode(id=id, parent=parent, **(given | changes))


def tree(nodes: Sequence[TreeNode], **changes: object) -> TreeChart:
    given = {
        "id": "net",
        "title": "Your network",
        "state_words": WORDS,
        "list_url": "/contacts/",
        "when_empty": "Nobody yet. People you list stand here.",
    }
    return TreeChart(nodes=nodes, **(given | changes))


def chain(length: int) -> list[TreeNode]:
    return [person(n, n - 1 or None) for n in range(1, length + 1)]


def flat(number: int) -> list[TreeNode]:
    return [person(n) for n in range(1, number + 1)]


def pairs(number: int) -> list[TreeNode]:
    """Half of them at the root, each of whom led to one."""
    return [person(n, n - number // 2 if n > number // 2 else None) for n in range(1, number + 1)]


# Elaine led to Dana and Imani, Dana to Gabriel; Nadia to nobody.
FAMILY = [
    person(1, label="Nadia Farouk", note="Plum Street Agency"),
    person(2, label="Elaine Marsh", note="Hartwell, professor"),
    person(3, 2, label="Dana Whitfield", note="Tern Outdoor"),
    person(4, 2, label="Imani Brooks", note="Fernway Markets", state="asked"),
    person(5, 3, label="Gabriel Moreno", note="Moreno Dairy", state="listed"),
]

# A label of any letters, a parent that may be unknown, the person itself, or further down.
ANY_NODES = st.lists(
    st.tuples(
        st.none() | st.integers(1, 60),
        st.text(st.characters(exclude_categories=["C"]), max_size=40),
        st.sampled_from(STATES),
    ),
    min_size=1,
    max_size=60,
).map(
    lambda rows: [
        person(n, parent, label=label, note=label[::-1], state=state)
        for n, (parent, label, state) in enumerate(rows, start=1)
    ]
)


def drawn(chart: TreeChart) -> ElementTree.Element:
    """Parse a drawing; fails unless it is well-formed."""
    return ElementTree.fromstring(chart.svg)


def links(chart: TreeChart) -> list[ElementTree.Element]:
    return list(drawn(chart).iter("a"))


def place(shape: ElementTree.Element) -> tuple[float, float]:
    x, y = re.fullmatch(r"translate\(([\d.]+) ([\d.]+)\)", shape.get("transform", "")).groups()
    return float(x), float(y)


def places(chart: TreeChart) -> dict[str, tuple[float, float]]:
    return {link.get("href", ""): place(link) for link in links(chart)}


def titles(chart: TreeChart) -> list[str]:
    return ["".join(link.find("title").itertext()) for link in links(chart)]


def list_of(html: str) -> str:
    """The nested list alone, as it is shown on phones."""
    return html[html.index('<div class="d-md-none">') : html.index('<details class="ch-astable">')]


def depth_of_lists(html: str) -> int:
    deepest = depth = 0
    for tag in re.findall(r"<(/?)ul", html):
        depth += -1 if tag else 1
        deepest = max(deepest, depth)
    return deepest


EVERY_TREE = {
    "nobody": tree([]),
    "one": tree([person(1)]),
    "family": tree(FAMILY),
    "chain": tree(chain(30)),
    "flat": tree(flat(100)),
    "pairs": tree(pairs(100)),
    "nameless": tree([person(1, label="", note="")]),
}


@pytest.mark.parametrize("chart", EVERY_TREE.values(), ids=EVERY_TREE)
def test_draws_with_no_style_of_its_own_and_no_number_that_is_none(chart):
    html = draw_chart(chart)

    assert not re.search(r"\s(style|on\w+)=", html)
    assert not re.search(r"\b(nan|inf|None)\b", html)


def test_escapes_a_hostile_label():
    node = person(1, label=HOSTILE, note=HOSTILE, url=f"/{HOSTILE}")
    html = draw_chart(
        tree(
            [node, person(2, 1), *flat(60)[2:]],
            id=HOSTILE,
            title=HOSTILE,
            root_label=HOSTILE,
            list_url=HOSTILE,
            state_words=dict.fromkeys(STATES, HOSTILE),
            column_heads=[HOSTILE],
        )
    )

    assert "<script" not in html
    assert "' onload=" not in html
    assert "&lt;script&gt;" in html


def test_says_in_words_what_belongs_here_while_there_is_nobody():
    html = draw_chart(tree([]))

    assert "Nobody yet. People you list stand here." in html
    assert not re.search("<(svg|ul|details)", html)


# What is read


def test_says_how_many_there_are_and_what_the_longest_chain_is():
    assert tree(FAMILY).description == (
        "5 people in 3 generations: 2, 2 and 1. "
        "The longest chain has 3 people: Elaine Marsh, Dana Whitfield, Gabriel Moreno."
    )
    assert tree(chain(6)).description == (
        "6 people in 6 generations: 1, 1, 1, 1, 1 and 1. "
        "The longest chain has 6 people: from Person 1 to Person 6."
    )
    assert tree(flat(1)).description == "1 person, one step away."
    assert tree(flat(1200)).description == "1,200 people, one step away."


def test_is_a_group_of_links_with_a_name_and_a_description():
    svg = drawn(tree(FAMILY))
    named = {child.get("id"): child.text for child in svg if child.get("id")}

    assert svg.get("role") == "group"
    assert named[svg.get("aria-labelledby")] == "Your network"
    assert named[svg.get("aria-describedby")] == tree(FAMILY).description
    assert not any(hidden.findall(".//a") for hidden in svg.iterfind(".//*[@aria-hidden]"))


def test_makes_everybody_a_link_that_says_all_that_is_known():
    assert titles(tree(FAMILY)) == [
        "Nadia Farouk, Plum Street Agency, met",
        "Elaine Marsh, Hartwell, professor, met",
        "Dana Whitfield, Tern Outdoor, met, through Elaine Marsh",
        "Gabriel Moreno, Moreno Dairy, named, not yet contacted, through Dana Whitfield",
        "Imani Brooks, Fernway Markets, in progress, through Elaine Marsh",
    ]
    assert [link.get("href") for link in links(tree(FAMILY))] == [
        "/c/1/",
        "/c/2/",
        "/c/3/",
        "/c/5/",
        "/c/4/",
    ]


def test_cuts_a_long_name_and_keeps_the_whole_in_the_title():
    name = "Wilhelmina Featherstonehaugh of Montgomery-Fitzwilliam, the younger"
    chart = tree([person(1, label=name, note=name * 2)])
    (link,) = links(chart)
    label, words = ("".join(text.itertext()) for text in link.iter("text"))

    assert label.endswith("…")
    assert name.startswith(label[:-1])
    assert words.endswith("… · met")
    assert titles(chart) == [f"{name}, {name * 2}, met"]


def test_tells_states_apart_by_shape_and_by_word():
    chart = tree([person(n, state=state) for n, state in enumerate(STATES, start=1)])
    marks = [
        [ElementTree.tostring(shape) for shape in link if shape.tag in ("circle", "path")]
        for link in links(chart)
    ]

    assert len({tuple(mark) for mark in marks}) == len(STATES)
    assert [word.lower() for _, word in chart.key] == list(WORDS.values())
    for link, word in zip(links(chart), WORDS.values(), strict=True):
        assert list(link.itertext())[-1].endswith(word)


def test_explains_only_the_marks_that_occur():
    assert [word for _, word in tree(FAMILY).key] == [
        "Met",
        "In progress",
        "Named, not yet contacted",
    ]


def test_tables_everybody_branch_by_branch():
    table = tree(FAMILY).table

    assert table.heads == ("Person", "About", "Through", "Where things stand", "Steps away")
    assert [row[2:] for row in table.rows] == [
        ("You", "Met", "1"),
        ("You", "Met", "1"),
        ("Elaine Marsh", "Met", "2"),
        ("Dana Whitfield", "Named, not yet contacted", "3"),
        ("Elaine Marsh", "In progress", "2"),
    ]
    assert table.rows[0][:2] == ('<a href="/c/1/">Nadia Farouk</a>', "Plum Street Agency")


def test_names_the_cells_of_a_folded_table_as_its_heads():
    html = draw_chart(tree(flat(1)))

    assert tuple(re.findall(r'data-l="([^"]+)"', html)) == tree(flat(1)).table.heads[1:]


def test_nests_the_list_as_who_led_to_whom():
    html = list_of(draw_chart(tree(FAMILY)))
    found = re.sub(r"<(?!/?ul|a\b)[^>]*>|\s+", " ", html)

    assert re.findall(r"</?ul|/c/\d", found) == [
        *("<ul", "/c/1", "/c/2"),
        *("<ul", "/c/3", "<ul", "/c/5", "</ul", "/c/4", "</ul", "</ul"),
    ]
    assert "Moreno Dairy · named, not yet contacted" in html


# Where it is drawn


def test_gives_each_generation_a_column_and_who_led_the_middle_of_theirs():
    at = places(tree(FAMILY))

    assert at["/c/1/"][0] == at["/c/2/"][0] < at["/c/3/"][0] == at["/c/4/"][0] < at["/c/5/"][0]
    assert at["/c/3/"][1] == at["/c/5/"][1]
    assert at["/c/2/"][1] == (at["/c/3/"][1] + at["/c/4/"][1]) / 2


def test_keeps_the_order_given():
    back_to_front = tree(flat(5)[::-1])

    assert [row[1] for row in back_to_front.table.rows] == [f"Firm {n}" for n in (5, 4, 3, 2, 1)]
    assert sorted(places(back_to_front).items(), key=lambda item: item[1][1]) == list(
        places(back_to_front).items()
    )


def test_heads_each_column_and_counts_on_where_names_run_out():
    def heads(chart):
        return [text.text for text in drawn(chart).findall("text")]

    assert heads(tree(FAMILY, column_heads=["You reached them", "First referral"])) == [
        "You reached them",
        "First referral",
        "3 steps away",
    ]
    assert heads(tree(flat(2), column_heads=["Theirs", "Unused"])) == ["Theirs"]
    assert heads(tree(chain(20)))[-1] == f"{DEEPEST} steps away and further"


def test_draws_a_line_to_everybody_and_breaks_it_where_nobody_was_asked_yet():
    lines = Counter()
    for path in drawn(tree(FAMILY)).findall("g/path"):
        lines[path.get("class")] += path.get("d").count("M")

    assert lines == {"edge own": 2, "edge": 2, "edge dash": 1}


@given(ANY_NODES)
def test_lets_no_two_labels_and_no_line_meet(nodes):
    svg = drawn(tree(nodes))
    columns: dict[float, list[tuple[float, float]]] = {}
    for link in svg.iter("a"):
        x, y = place(link)
        columns.setdefault(x, []).append((y, x + float(link.find("rect").get("width")) - 16))
    bends = {float(bend) for bend in re.findall(r"H([\d.]+)C", ElementTree.tostring(svg).decode())}

    for (x, entries), following in zip(
        sorted(columns.items()), [*sorted(columns)[1:], float(svg.get("width"))], strict=True
    ):
        ys = [y for y, _ in sorted(entries)]
        end = max(end for _, end in entries)
        assert all(below - above >= 46 for above, below in pairwise(ys))
        assert end < following
        assert ys[-1] + 23 <= float(svg.get("height"))
        # Lines leave the level of their row only where the words of the whole column are past.
        assert not [bend for bend in bends if x < bend < end]


def test_never_takes_more_room_than_there_is():
    for words in ("WWWW MMMM" * 9, "illicit, i. e." * 9, "山田 太郎" * 9, "née Zoë" * 9):
        for room in (40, 208):
            cut = fitted(words, room, 14)
            assert width_of(cut, 14) <= room
            assert words.startswith(cut[:-1])
    assert fitted("Ann", 208, 14) == "Ann"
    assert fitted("Ann", 1, 14) == "…"


# Whatever the data


@given(ANY_NODES)
def test_shows_everybody_once(nodes):
    chart = tree(nodes)
    html = draw_chart(chart)
    once = Counter(node.url for node in nodes)

    assert Counter(re.findall(r'class="ch-name" href="([^"]+)"', html)) == once
    assert Counter(re.findall(r'<a href="([^"]+)"', str(chart.table.rows))) == once
    assert (
        Counter(link.get("href") for link in links(chart)) - Counter({"/contacts/": len(nodes)})
        <= once
    )


@pytest.mark.parametrize(
    ("parents", "roots"),
    [
        ({1: 1}, [1]),
        ({1: 2, 2: 1}, [1]),
        ({3: 2, 1: 3, 2: 1}, [3]),
        ({4: 1, 1: 2, 2: 1}, [1]),  # 4 hangs on the circle and is no part of it
        ({1: 99, 2: 1}, [1]),
        ({1: 2, 2: 1, 3: 4, 4: 3}, [1, 3]),
    ],
    ids=["itself", "two", "three", "with a tail", "unknown", "two circles"],
)
def test_hangs_a_circle_or_a_stranger_at_the_root(parents, roots):
    nodes = [person(id, parent) for id, parent in parents.items()]
    forest = forest_of(nodes)

    assert [nodes[n].id for n in forest.order if forest.depths[n] == 1] == roots
    assert sorted(forest.order) == list(range(len(nodes)))


def test_shows_two_people_who_share_an_id_by_mistake():
    html = draw_chart(tree([person(1, label="Ann"), person(1, label="Ben"), person(2, 1)]))

    assert html.count(">Ann</a>") == html.count(">Ben</a>") == 2  # in list and table


# Many, and far away


def gatherings(chart: TreeChart) -> list[str]:
    return [title for title in titles(chart) if title.startswith("+")]


def test_shows_a_small_network_one_by_one():
    assert gatherings(tree(flat(SMALL))) == []
    assert gatherings(tree(flat(SMALL + 1))) == [f"+{SMALL + 1 - KEPT} more people"]


def test_gathers_those_who_led_nowhere_and_draws_those_who_led_somewhere():
    nodes = [*flat(50), *(person(100 + n, n) for n in (20, 30, 50))]
    chart = tree(nodes)

    assert list(places(chart)) == [
        *("/c/1/", "/c/2/", "/c/3/"),
        *("/c/20/", "/c/120/", "/c/30/", "/c/130/", "/c/50/", "/c/150/"),
        "/contacts/",
    ]
    assert gatherings(chart) == ["+44 more people"]


def test_says_through_whom_those_who_are_gathered_came():
    nodes = [person(1, label="Elaine"), *(person(n, 1) for n in range(2, 50))]

    assert gatherings(tree(nodes)) == ["+45 more people, through Elaine"]


def test_leaves_a_single_one_more_where_it_is():
    nodes = [*chain(40), *(person(100 + n, 1) for n in range(KEPT + 1))]

    assert places(tree(nodes)).keys() >= {f"/c/{100 + n}/" for n in range(KEPT + 1)}


def test_folds_those_who_are_gathered_into_the_list():
    html = list_of(draw_chart(tree(flat(50))))
    folded = html[html.index("<details") : html.index("</details>")]

    assert "<summary>+47 more people</summary>" in folded
    assert folded.count('class="ch-name"') == 47
    assert html.count('class="ch-name"') == 50


def test_nests_a_long_chain_only_so_deep_and_says_via_whom_the_rest_came():
    chart = tree(chain(20))
    html = list_of(draw_chart(chart))

    assert depth_of_lists(html) == DEEPEST
    assert "via Person 19 · Firm 20 · met" in html
    assert "via Person 7 " not in html  # nests below Person 7, so nothing needs saying
    assert chart.table.rows[-1][2:] == ("Person 19", "Met", "20")
    assert max(branch.column for branch in walk(chart._root)) == DEEPEST


def calls_of(work: Callable[[], object]) -> int:
    """Count the function calls, built-in ones too, that `work` takes."""
    calls = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("shape", [chain, flat, pairs])
def test_takes_four_times_the_work_for_four_times_the_people(shape):
    few, many = shape(250), shape(1000)
    draw_chart(tree(many))  # templates are read and letters are measured once

    assert calls_of(lambda: draw_chart(tree(many))) < 4.2 * calls_of(lambda: draw_chart(tree(few)))


@pytest.mark.parametrize("shape", [chain, flat, pairs])
def test_draws_ten_thousand_people(shape):
    chart = tree(shape(10_000))

    assert chart.svg.count("<a ") == len(list(walk(chart._root))) - 1
    assert len(chart.table.rows) == 10_000
    assert depth_of_lists(list_of(draw_chart(chart))) <= DEEPEST + 1  # one more inside a fold
