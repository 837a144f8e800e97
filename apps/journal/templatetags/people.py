"""The people of a list, and where one stands with each: always a shape and a word."""

from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from apps.common.templatetags.icons import icon
from apps.contacts.models import Closeness
from apps.journal.forms import Choices
from apps.journal.people import Row, ToDo
from apps.journal.stages import Stage

register = template.Library()

_QUARTERS = {
    Stage.LISTED: "",
    Stage.REACHED_OUT: "M7 7V1a6 6 0 0 1 6 6z",
    Stage.SCHEDULED: "M7 1a6 6 0 0 1 0 12z",
    Stage.MET: "M7 7H1a6 6 0 1 0 6-6z",
    Stage.IN_TOUCH: "M7 1a6 6 0 0 1 0 12A6 6 0 0 1 7 1z",
    Stage.RESTING: "",
}


@register.filter
@cache
def stage_chip(stage: str) -> SafeString:
    """Draw a disc that fills by quarters beside the word; dashed for somebody who rests."""
    known = Stage(stage)
    return render_to_string("components/stage.html", {"stage": known, "fill": _QUARTERS[known]})


@register.filter
@cache
def closeness_bars(closeness: str) -> SafeString:
    """Draw one to three bars beside the word; nothing but the word if nobody has said."""
    known = Closeness(closeness) if closeness else None
    filled = 1 + [*Closeness].index(known) if known else 0
    bars = [
        {"x": 5 * n, "y": 8 - 3 * n, "height": 4 + 3 * n, "is_filled": n < filled} for n in range(3)
    ]
    return render_to_string("components/closeness.html", {"closeness": known, "bars": bars})


_LOOKS = {
    "late": ("ch-bad", "alert"),
    "soon": ("ch-warn", "clock"),
    "missing": ("ch-warn", "alert"),
}


# A row of the list. In Python, since fifty of them as a template take longer than all else on the
# page together. Whatever a person wrote is escaped below, where the row is filled in.
_ROW = """
<tr>
  <td class="ck"><input class="form-check-input" type="checkbox" name="contact" value="{pk}" \
aria-label="Mark {name}"></td>
  <th scope="row"><a class="ch-name" href="{url}">{name}</a><span class="ch-role">{role}</span>\
{out_of_reach}</th>
  <td class="stage">{stage}</td>
  <td class="well">{closeness}</td>
  <td class="through ch-2nd">{through}</td>
  <td class="touch ch-2nd">{touch}</td>
  <td class="next">{to_do}</td>
</tr>
"""
_NOTHING = SafeString("")
_SELECTED = SafeString(" selected")
_ANY = 1_234_567_890  # a key whose place in the address is easy to find
_OUT_OF_REACH = '<span class="ch-small ch-warn">No way to reach them yet</span>'


@register.simple_tag
def people_rows(rows: list[Row]) -> SafeString:
    """Draw the rows of the list; its head stands in the template."""
    before, after = reverse("contact", args=[_ANY]).split(str(_ANY))
    return SafeString(
        "".join(
            _ROW.format(
                pk=row.person.pk,
                name=escape(row.person.name),
                url=f"{before}{row.person.pk}{after}",
                role=escape(row.person.role),
                out_of_reach=_OUT_OF_REACH if row.is_out_of_reach else "",
                stage=stage_chip(row.person.stage),
                closeness=closeness_bars(row.person.closeness),
                through=escape(row.person.through),
                touch=escape(row.touch or "None yet"),
                to_do=in_words(row.to_do),
            )
            for row in rows
        )
    )


@register.filter
@lru_cache(maxsize=1024)
def in_words(to_do: ToDo) -> SafeString:
    """Say the next step; what is due or missing has an icon beside its color."""
    if to_do.state not in _LOOKS:
        return format_html("{}", to_do.words)
    look, icon_name = _LOOKS[to_do.state]
    return format_html('<span class="{}">{} {}</span>', look, icon(icon_name), to_do.words)


@register.simple_tag
def select(choices: Choices, label: str = "form-label") -> SafeString:
    """Draw a list to choose from, with its label."""
    return format_html(
        '<label class="{}" for="{name}">{}</label>'
        '<select class="form-select" id="{name}" name="{name}">{}</select>',
        label,
        choices.label,
        options(choices.options, choices.chosen),
        name=choices.name,
    )


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """Draw what a list offers, with one of them chosen."""
    return _options(tuple(choices), chosen or "")


@lru_cache(maxsize=256)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, _SELECTED if value == chosen else _NOTHING, label) for value, label in choices),
    )
