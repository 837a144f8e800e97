"""The icons in use, under short names of ours: Heroicons, put inline, without font or request."""

from functools import cache
from typing import Literal

from django import template
from django.utils.safestring import SafeString
from heroicons.templatetags.heroicons import heroicon_outline

register = template.Library()

ICONS = {
    "alert": "exclamation-circle",
    "arrow-down": "arrow-down",
    "arrow-right": "arrow-right",
    "arrow-up": "arrow-up",
    "board": "view-columns",
    "book": "book-open",
    "calendar": "calendar-days",
    "cap": "academic-cap",
    "chart": "chart-bar",
    "check": "check",
    "check-circle": "check-circle",
    "chevron-down": "chevron-down",
    "clock": "clock",
    "close": "x-mark",
    "copy": "clipboard-document",
    "download": "arrow-down-tray",
    "gear": "cog-6-tooth",
    "group": "user-group",
    "info": "information-circle",
    "list": "list-bullet",
    "lock": "lock-closed",
    "mail": "envelope",
    "menu": "bars-3",
    "network": "share",
    "pencil": "pencil-square",
    "plus": "plus",
    "refresh": "arrow-path",
    "search": "magnifying-glass",
    "send": "paper-airplane",
    "sun": "sun",
    "undo": "arrow-uturn-left",
    "upload": "arrow-up-tray",
    "users": "users",
    "warning": "exclamation-triangle",
    "x-circle": "x-circle",
}

Size = Literal["text", "sm", "lg", "xl"]
_SIZES: dict[str, str] = {"text": "", "sm": " ch-icon-sm", "lg": " ch-icon-lg", "xl": " ch-icon-xl"}


@register.simple_tag
@cache
def icon(name: str, size: Size = "text") -> SafeString:
    """Draw an icon for the eye only, in the size and color of the text around it.

    A word always stands beside it, or an `aria-label` on the control that holds it.
    """
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"No icon {name!r}. Known: {', '.join(ICONS)}.")
    return SafeString(
        heroicon_outline(
            ICONS[name], size=None, **{"class": f"ch-icon{_SIZES[size]}", "aria-hidden": "true"}
        )
    )
