"""The mark of each state: told apart by shape alone, and its word stands beside it."""

from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from apps.common.charts.forest import State

# Around 0, 0 and 12 pixels wide.
SHAPES: Mapping[State, SafeString] = {
    "talked": mark_safe('<circle class="pt" r="6"/>'),
    "asked": mark_safe('<circle class="hollow" r="5.5"/>'),
    "listed": mark_safe('<circle class="hollow dash" r="5.5"/>'),
    "resting": mark_safe('<circle class="hollow" r="5.5"/><path class="hollow" d="M-2.5 0H2.5"/>'),
}
MORE = mark_safe(
    '<circle class="pt" cx="-5" r="1.5"/><circle class="pt" r="1.5"/>'
    '<circle class="pt" cx="5" r="1.5"/>'
)

ICONS: Mapping[State, SafeString] = {
    state: format_html(
        '<svg class="ch-svg" width="14" height="14" viewBox="-7 -7 14 14" '
        'aria-hidden="true">{}</svg>',
        shape,
    )
    for state, shape in SHAPES.items()
}
