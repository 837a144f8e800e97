"""The table that says in numbers what a chart shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from apps.common import figures
from apps.common.figures import Hidden, Share


@dataclass(frozen=True)
class DataTable:
    """Column heads, and rows whose first cell names the row and whose others are numbers."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def body(self) -> SafeString:
        """Draw the rows. Not in the template, where each cell takes ten times as long."""
        return format_html_join(
            "\n",
            '<tr><th scope="row">{}</th>{}</tr>',
            (
                (name, format_html_join("", '<td class="n">{}</td>', ((cell,) for cell in cells)))
                for name, *cells in self.rows
            ),
        )


def count_cell(count: int | Hidden) -> str:
    return hidden(count) if isinstance(count, Hidden) else figures.count(count)


def share_cells(share: Share | Hidden) -> tuple[str, str]:
    """Return rate and interval as two cells."""
    if isinstance(share, Hidden):
        return hidden(share), hidden(share)
    return figures.percent(share.rate), figures.interval(share.low, share.high)


def hidden(value: Hidden) -> str:
    return format_html('<span class="ch-hidden">{}</span>', value.reason)
