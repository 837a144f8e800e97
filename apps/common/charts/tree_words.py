"""A tree in words: as a nested list, and as the rows of a table.

In Python, since ten thousand people as a template take longer than all else on their page.
"""

from collections.abc import Iterator, Sequence
from html import escape

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from apps.common.charts.branches import Branch
from apps.common.charts.tables import DataTable


def nested_list(branches: Sequence[Branch], *, label: str) -> SafeString:
    """Return a list of branches, each with its own inside; who was gathered stands in a fold."""
    return mark_safe("".join(_list(branches, f' aria-label="{escape(label)}"')))


def table_rows(table: DataTable) -> SafeString:
    """Return the rows, whose cells carry their heads along for when they are shown as entries."""
    *texts, number = table.heads[1:]
    opening = [f'<td data-l="{escape(head)}">' for head in texts]
    opening.append(f'<td data-l="{escape(number)}" class="n">')
    return mark_safe(
        "".join(
            f'<tr><th scope="row">{conditional_escape(name)}</th>'
            + "".join(f"{tag}{escape(cell)}</td>" for tag, cell in zip(opening, cells, strict=True))
            + "</tr>\n"
            for name, *cells in table.rows
        )
    )


def _list(branches: Sequence[Branch], attributes: str = "") -> Iterator[str]:
    """Go into as many lists inside one another as `Branch` allows steps, and one fold."""
    yield f'<ul class="ch-nest"{attributes}>'
    for branch in branches:
        if branch.gathered:
            yield f'<li><details class="ch-more"><summary>{escape(branch.label)}</summary>'
            yield from _list(branch.gathered)
            yield "</details></li>\n"
        else:
            yield (
                f'<li><div class="row-n">{branch.icon}<div>'
                f'<a class="ch-name" href="{escape(branch.url)}">{escape(branch.label)}</a>'
                f'<span class="ch-role">{escape(branch.words)}</span></div></div>'
            )
            if branch.branches:
                yield from _list(branch.branches)
            yield "</li>\n"
    yield "</ul>"
