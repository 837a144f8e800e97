"""A tree drawn from left to right, a column for each step and a row for each end.

All lengths are pixels: the drawing is as large as its people need and scrolls where it is wider
than the page. The width of words is estimated on the wide side, so that a name in a broad font
meets neither a line nor its neighbor.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from apps.common.charts import marks, svg
from apps.common.charts.branches import Branch, walk

_WIDTH = 1120  # of a page; shorter drawings spread over it
_ROW = 46
_TOP = 72  # of the first row, below the heads
_MARK = 9  # from the middle of a mark to where lines and words may begin
_INDENT = 16  # from the middle of a mark to its words
_ROOMS = (208, 304)  # least and most room for words; few columns have more
_ROOT_ROOM = 120
_GUTTERS = (64, 144)  # narrowest and widest room for the lines between two columns
_NAME, _SMALL = 14.0, 11.0  # em of a bold name; of the smaller and lighter words below it


@dataclass(frozen=True, slots=True)
class Lettering:
    """What is written at a branch, cut to the room there is, and how wide it is at most."""

    name: str
    words: str
    width: float


@dataclass(frozen=True)
class Layout:
    """Where everything stands.

    `letterings` keep the order of `walk`; `rows` are y by branch, `columns` x of the marks, `ends`
    x where the words of a column end.
    """

    letterings: Mapping[Branch, Lettering]
    rows: Mapping[Branch, float]
    columns: Sequence[float]
    ends: Sequence[float]
    height: float

    @property
    def width(self) -> float:
        return self.ends[-1] + _MARK  # the last words keep room for their focus ring


def lay_out(root: Branch, heads: Sequence[str]) -> Layout:
    """Give each end a row of its own, and whoever led to them the middle of theirs."""
    least, most = _ROOMS
    room = min(most, max(least, _WIDTH / max(1, len(heads)) - 2 * _GUTTERS[0]))
    letterings = {branch: _lettering(branch, room) for branch in walk(root)}
    rows: dict[Branch, float] = {}
    y = float(_TOP)
    for branch in letterings:
        if not branch.branches:
            rows[branch] = y
            y += _ROW
    for branch in reversed(letterings):
        if branch.branches:
            rows[branch] = (rows[branch.branches[0]] + rows[branch.branches[-1]]) / 2
    rooms = [0.0, *(width_of(head, _SMALL) for head in heads)]
    for branch, lettering in letterings.items():
        rooms[branch.column] = max(rooms[branch.column], lettering.width)
    return Layout(letterings, rows, *_columns(rooms), height=y)


def _columns(rooms: Sequence[float]) -> tuple[list[float], list[float]]:
    """Place columns whose words need these `rooms`; what the page has left goes between them."""
    narrowest, widest = _GUTTERS
    needed = sum(rooms) + (len(rooms) - 1) * _INDENT
    gutter = min(widest, max(narrowest, (_WIDTH - needed) / max(1, len(rooms) - 1)))
    columns, ends = [max(_MARK, rooms[0] / 2)], [max(2 * _MARK, rooms[0])]
    for room in rooms[1:]:
        columns.append(ends[-1] + gutter)
        ends.append(columns[-1] + _INDENT + room)
    return columns, ends


def draw(
    root: Branch, heads: Sequence[str], *, id: str, title: str, description: str
) -> SafeString:
    """Return the drawing, every entry a link that says in its title all that is known of it."""
    layout = lay_out(root, heads)
    return format_html(
        '<svg class="ch-svg ch-tree" width="{width}" height="{height}" '
        'viewBox="0 0 {width} {height}" role="group" '
        'aria-labelledby="{id}-title" aria-describedby="{id}-desc">'
        '<title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>'
        '{heads}<g aria-hidden="true">{edges}</g>{root}{people}</svg>',
        width=f"{layout.width:.0f}",
        height=f"{layout.height:.0f}",
        id=id,
        title=title,
        description=description,
        heads=_heads(heads, layout),
        edges=svg.joined(_edges(branch, layout) for branch in layout.letterings if branch.branches),
        root=_root(root, layout),
        people=svg.joined(
            _entry(branch, layout) for branch in layout.letterings if branch is not root
        ),
    )


def fitted(words: str, room: float, em: float) -> str:
    """Cut `words` so that they take at most `room` pixels, and show that they were cut."""
    ends = list(accumulate(map(_share_of_em, words)))
    if not ends or ends[-1] * em <= room:
        return words
    kept = bisect_right(ends, room / em - _share_of_em("…"))
    return words[:kept].rstrip() + "…"


def width_of(words: str, em: float) -> float:
    return em * sum(map(_share_of_em, words))


@cache
def _share_of_em(letter: str) -> float:
    """Return how wide a letter is at most in the broader sans-serif fonts, bold."""
    if unicodedata.category(letter).startswith("M"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or letter in "mwMW@%—…":
        return 1.1
    if letter in " ijlI.,:;'|!()[]-·":
        return 0.42
    return 0.52 if letter in "frt" else 0.84 if letter.isupper() else 0.71


def _lettering(branch: Branch, room: float) -> Lettering:
    """Fit both lines; of the second, the word for the state is never cut."""
    name = fitted(branch.label, room if branch.column else _ROOT_ROOM, _NAME)
    words = branch.word
    if branch.about:
        end = f" · {branch.word}"
        about = fitted(branch.about, room - width_of(end, _SMALL), _SMALL)
        words = branch.word if about == "…" else about + end
    return Lettering(name, words, max(width_of(name, _NAME), width_of(words, _SMALL)))


def _heads(heads: Sequence[str], layout: Layout) -> SafeString:
    shapes = [
        format_html('<text class="ink bd" x="{}" y="24">{}</text>', f"{x - 6:.1f}", head)
        for head, x in zip(heads, layout.columns[1:], strict=True)
    ]
    rule = format_html('<line class="grid" x1="0" x2="{}" y1="40" y2="40"/>', f"{layout.width:.0f}")
    return svg.joined([*shapes, rule])


def _edges(branch: Branch, layout: Layout) -> SafeString:
    """Lead from the words of one to the marks of the next, level until past the whole column."""
    column, y = branch.column, layout.rows[branch]
    start = layout.columns[column] + _MARK
    if column:
        start += _INDENT + layout.letterings[branch].width
    bend, end = layout.ends[column] + _MARK, layout.columns[column + 1] - _MARK
    middle = (bend + end) / 2
    lines: dict[str, list[str]] = {}
    for child in branch.branches:
        kind = "edge own" if not column else "edge dash" if child.state == "listed" else "edge"
        end_y = layout.rows[child]
        lines.setdefault(kind, []).append(
            f"M{start:.1f} {y:.1f}H{bend:.1f}"
            f"C{middle:.1f} {y:.1f} {middle:.1f} {end_y:.1f} {end:.1f} {end_y:.1f}"
        )
    return format_html_join(
        "", '<path class="{}" d="{}"/>', ((kind, "".join(paths)) for kind, paths in lines.items())
    )


def _root(root: Branch, layout: Layout) -> SafeString:
    return format_html(
        '<g transform="translate({})"><circle class="pt" r="8"/>'
        '<text class="ink bd" y="28" text-anchor="middle">{}</text></g>',
        f"{layout.columns[0]:.1f} {layout.rows[root]:.1f}",
        layout.letterings[root].name,
    )


def _entry(branch: Branch, layout: Layout) -> SafeString:
    lettering = layout.letterings[branch]
    through = f"through {branch.through}" if branch.column > 1 else ""
    known = (branch.label, branch.note, branch.word, through)
    return format_html(
        '<a href="{}" transform="translate({})"><title>{}</title>'
        '<rect class="hit" x="-10" y="-18" width="{}" height="40" rx="3"/>{}'
        '<text class="{}" x="16" y="{}">{}</text><text x="16" y="15">{}</text></a>',
        branch.url,
        f"{layout.columns[branch.column]:.1f} {layout.rows[branch]:.1f}",
        ", ".join(part for part in known if part),
        f"{10 + _INDENT + lettering.width + 6:.1f}",
        marks.SHAPES[branch.state] if branch.state else marks.MORE,
        "on" if branch.gathered else "ink nm",
        4 if branch.gathered else -1,
        lettering.name,
        lettering.words,
    )
