"""The rows of the class board."""

from functools import lru_cache
from html import escape

from django import template
from django.template.loader import render_to_string
from django.utils import dateformat
from django.utils.safestring import SafeString

from apps.common.templatetags.components import due_status, pips
from apps.metrics.class_board import STEPS, Board, BoardRow

register = template.Library()

# In Python, since a hundred rows as a template take longer than all else on the page together.
# Whatever a person wrote is escaped below, where the row is filled in.
_ROW = """
<tr>
  <td class="ck">{box}</td>
  <th scope="row"><button class="ch-open" form="open" name="student" value="{pk}">{name}</button>\
{gone}</th>
  <td class="step" data-l="Step">{step}</td>
  <td class="held" data-l="Held"><span class="ch-heldline">{line}<span class="ch-nowrap">\
<strong>{held}</strong> <span class="ch-3rd ch-small">{ahead}</span></span></span></td>
  <td class="ch-2nd ch-nowrap touch" data-l="Last activity">{activity}</td>
  <td class="n overdue" data-l="Overdue">{overdue}</td>
  <td class="n ch-nowrap" data-l="Thanked on time">{thanked}</td>
  <td class="n ch-nowrap" data-l="Ready beforehand">{ready}</td>
  <td class="n wait" data-l="Feedback waiting">{waiting}</td>
</tr>
"""
_BOX = (
    '<input class="form-check-input" type="checkbox" form="chosen" name="student" value="{}" '
    'aria-label="Select {}">'
)
_NONE = '<span class="ch-3rd">0</span>'


@register.simple_tag
def board_rows(board: Board, rows: list[BoardRow]) -> SafeString:
    """Draw the rows; the head of the table stands in the template."""
    return SafeString("".join(_row(board, row) for row in rows))


def _row(board: Board, row: BoardRow) -> str:
    name, at = escape(row.name), row.at
    return _ROW.format(
        box="" if at.withdrawn_on and row in board.withdrawn else _BOX.format(row.student, name),
        pk=row.student,
        name=name,
        gone=_withdrawn(row) if row in board.withdrawn else "",
        step=step(row.step),
        line=row.sparkline.svg,
        held=row.held,
        ahead=_ahead(row),
        activity=_activity(board, row),
        overdue=_overdue(row.overdue),
        thanked=_share(at.thanked_on_time, row.held),
        ready=_share(at.ready, row.held),
        waiting=row.waiting or _NONE,
    )


@register.simple_tag
@lru_cache(maxsize=16)
def step(number: int) -> SafeString:
    """Draw the six steps up to the one a student is at, with its name."""
    drawing = render_to_string("components/pips.html", pips(number, of=len(STEPS)))
    return SafeString(f'{drawing}<span class="ch-small">{number} {STEPS[number - 1]}</span>')


@lru_cache(maxsize=256)
def _overdue(count: int) -> str:
    if not count:
        return _NONE
    return render_to_string("components/due_status.html", due_status("late", str(count)))


def _ahead(row: BoardRow) -> str:
    if not row.ahead:
        return "on plan"
    return f"{row.behind} behind" if row.ahead < 0 else f"{row.ahead} ahead"


def _activity(board: Board, row: BoardRow) -> str:
    if row.quiet_days is None or row.last_active_on is None:
        return "nothing yet"
    if board.has_ended:
        return dateformat.format(row.last_active_on, "M j")
    return {0: "Today", 1: "Yesterday"}.get(row.quiet_days) or f"{row.quiet_days} days ago"


def _share(count: int, held: int) -> str:
    if not held:
        return '<span class="ch-3rd">none yet</span>'
    return f'{count} of {held} <span class="ch-3rd pc">{round(100 * count / held)} %</span>'


def _withdrawn(row: BoardRow) -> str:
    day = dateformat.format(row.at.withdrawn_on, "M j") if row.at.withdrawn_on else ""
    return f'<span class="ch-role">Withdrew {day}</span>'
