"""The few SVG shapes that the charts are drawn with.

x is in percent of the width and y in pixels: a chart widens with its column and its text keeps its
size. How a shape looks is said by its class in `static/css/figures.css`, never here. Only words are
escaped: numbers and the names of classes need not be, and there are many.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

Anchor = Literal["start", "middle", "end"]


def line(kind: str, x1: float, x2: float, y1: float, y2: float) -> SafeString:
    return SafeString(
        f'<line class="{kind}" x1="{_x(x1)}" x2="{_x(x2)}" y1="{_y(y1)}" y2="{_y(y2)}"/>'
    )


def dot(kind: str, x: float, y: float, radius: float) -> SafeString:
    return SafeString(f'<circle class="{kind}" cx="{_x(x)}" cy="{_y(y)}" r="{_y(radius)}"/>')


def bar(kind: str, width: float, y: float, height: float) -> SafeString:
    """Draw a bar from the left edge; `width` in percent."""
    return SafeString(
        f'<rect class="{kind}" x="0" width="{_x(width)}" y="{_y(y)}" height="{_y(height)}"/>'
    )


def text(
    words: str,
    x: float,
    y: float,
    *,
    anchor: Anchor = "start",
    kind: str = "tick",
    shift: float = 0,
) -> SafeString:
    """Write `words`; `shift` moves them sideways by pixels."""
    return SafeString(
        f'<text class="{kind}" x="{_x(x)}" y="{_y(y)}" dx="{_y(shift)}" '
        f'text-anchor="{anchor}">{conditional_escape(words)}</text>'
    )


def anchor_at(x: float) -> Anchor:
    """Return the anchor that keeps a label inside the drawing at its outer ends."""
    return "start" if x <= 0 else "end" if x >= 100 else "middle"


def path(kind: str, corners: Sequence[tuple[float, float]], *, closed: bool = False) -> SafeString:
    """Draw straight strokes through `corners`, both coordinates in percent of the plot."""
    strokes = " L".join(f"{x:.2f} {y:.2f}" for x, y in corners)
    return SafeString(f'<path class="{kind}" d="M{strokes}{"Z" if closed else ""}"/>')


def stretched(height: float, shapes: Iterable[SafeString]) -> SafeString:
    """Return a plot area, 100 by 100, that stretches to the chart's width and `height` pixels."""
    return format_html(
        '<svg width="100%" height="{}" viewBox="0 0 100 100" preserveAspectRatio="none" '
        'overflow="visible">{}</svg>',
        _y(height),
        joined(shapes),
    )


def drawing(height: float, shapes: Iterable[SafeString]) -> SafeString:
    """Return a drawing for the eye only: the words that stand beside it say the same."""
    return format_html(
        '<svg class="ch-svg" width="100%" height="{}" aria-hidden="true">{}</svg>',
        _y(height),
        joined(shapes),
    )


def image(
    height: float, shapes: Iterable[SafeString], *, id: str, title: str, description: str
) -> SafeString:
    """Return a drawing with a name and a description for those who do not see it."""
    return format_html(
        '<svg class="ch-svg" width="100%" height="{height}" role="img" '
        'aria-labelledby="{id}-title" aria-describedby="{id}-desc">'
        '<title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>'
        "{shapes}</svg>",
        height=_y(height),
        id=id,
        title=title,
        description=description,
        shapes=joined(shapes),
    )


def joined(shapes: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(shapes))


def _x(percent: float) -> str:
    return f"{percent:.2f}%"


def _y(pixels: float) -> str:
    return f"{pixels:g}"
