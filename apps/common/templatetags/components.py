"""The small pieces that pages are put together from; `docs/design.md` shows each in use."""

from dataclasses import dataclass
from functools import cache

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_BANNER_ICONS = {"plain": "info", "soon": "clock", "late": "alert", "good": "check-circle"}
_MESSAGE_TONES = {"success": "good", "warning": "soon", "error": "late"}
_DUE_ICONS = {"soon": "clock", "late": "alert", "done": "check", "later": ""}
_HIDDEN_WORDS = {"protects": "hidden, protects a cell", "follows": "hidden"}


@register.simple_tag
@cache
def page_url(name: str) -> str:
    """Return the address of a page without a key, which is found once: it stays the same.

    For pages with a dozen links, where finding each anew takes as long as a query.
    """
    return reverse(name)


@register.simple_block_tag
def banner(content: str, tone: str = "plain", *, icon: str = "", role: str = "") -> SafeString:
    """Put a state of the whole page above it: plain, soon, late or good. One a page."""
    return render_to_string(
        "components/banner.html",
        {"content": content, "tone": tone, "icon": icon or _BANNER_ICONS[tone], "role": role},
    )


@register.filter
def tone(message: Message) -> str:
    """Return the banner tone of a message from Django's message framework."""
    return _MESSAGE_TONES.get(message.level_tag, "plain")


@register.simple_block_tag
def empty_state(content: str, title: str, *, level: int = 3) -> SafeString:
    """Say what belongs here: one sentence of method and one action as content."""
    return render_to_string(
        "components/empty_state.html", {"content": content, "title": title, "level": level}
    )


@register.simple_tag
def section_head(
    title: str, *, id: str, note: str = "", link: str = "", url: str = ""
) -> SafeString:
    """Head a section over its rule; a link or a note may stand at the end of the line.

    In Python: it stands on pages several times, and a template for each takes longer than a query.
    """
    end = SafeString("")
    if url:
        end = format_html('<a class="ch-quiet-link ch-small" href="{}">{}</a>', url, link)
    elif note:
        end = format_html('<span class="ch-small">{}</span>', note)
    return format_html('<div class="ch-section-head"><h2 id="{}">{}</h2>{}</div>', id, title, end)


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(label: str, url: str) -> dict[str, str]:
    """Lead back to the page above this one."""
    return {"label": label, "url": url}


@register.inclusion_tag("components/progress.html")
def progress(done: int, *, of: int, label: str) -> dict[str, int | str]:
    return {"done": done, "of": max(1, of), "label": f"{label}, {done} of {of}"}


@register.inclusion_tag("components/stepper.html")
def stepper(current: int, *steps: str, label: str) -> dict[str, object]:
    """Show the named steps of a task and which one (counted from 1) this page is."""
    return {"current": current, "steps": steps, "label": label}


@register.inclusion_tag("components/due_status.html")
def due_status(state: str, words: str) -> dict[str, str]:
    """Say when something is due as icon and words: soon, late, done or later."""
    return {"state": state, "words": words, "icon": _DUE_ICONS[state]}


@register.simple_tag
def hidden_cell(why: str = "few", *, threshold: int = 10) -> SafeString:
    """Stand in for a figure that may not be shown.

    `few`: a count under `threshold`; `protects`: hidden so that another stays hidden; `follows`:
    made from a hidden one.
    """
    words = f"< {threshold} hidden" if why == "few" else _HIDDEN_WORDS[why]
    return format_html('<span class="ch-hidden">{}</span>', words)


@dataclass(frozen=True)
class Pip:
    x: float
    state: str
    radius: float


@register.inclusion_tag("components/pips.html")
def pips(current: int, *, of: int) -> dict[str, object]:
    """Draw a row of dots up to a ring at `current`; the step's name stands beside it as text."""
    gap = 66 / max(1, of - 1)
    states = [
        "done" if n < current else "now" if n == current else "todo" for n in range(1, of + 1)
    ]
    radius = {"done": 3, "now": 4.5, "todo": 2.5}
    return {
        "pips": [Pip(round(5 + gap * n, 1), state, radius[state]) for n, state in enumerate(states)]
    }


@register.inclusion_tag("components/blocks.html")
def blocks(done: int, *, of: int) -> dict[str, object]:
    """Draw boxes of which `done` are filled; the words beside them say the same."""
    return {"filled": [number < done for number in range(of)]}


@register.simple_tag
def relabel(form: BaseForm, **labels: str) -> str:
    """Name the fields of somebody else's form in our words, and drop its placeholders.

    A label is enough and stays while one types. Comes before the form is drawn.
    """
    for name, label in labels.items():
        form[name].label = label
        form[name].field.widget.attrs.pop("placeholder", None)
    return ""


@dataclass(frozen=True)
class FormProblem:
    """What to put right; `anchor` and `label` are empty when it concerns the form as a whole."""

    anchor: str
    label: str
    words: str


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, list[FormProblem]]:
    """List what to put right at the head of a form, each with a link to its field."""
    problems = [FormProblem("", "", str(words)) for words in form.non_field_errors()]
    for bound in form:
        anchor = "" if bound.is_hidden else bound.id_for_label or f"div_{bound.auto_id}"
        problems += [FormProblem(anchor, str(bound.label), str(words)) for words in bound.errors]
    return {"problems": problems}
