from django import template

from apps.outreach.in_touch import Rhythm

register = template.Library()

_ROUND = {
    7: "every week",
    14: "every two weeks",
    30: "about every month",
    60: "about every two months",
    90: "about every three months",
    120: "about every four months",
    180: "about every half year",
    365: "about every year",
}


@register.filter
def every(rhythm: Rhythm) -> str:
    """Write how often in words, and by whose word: "about every two months, by your tag “fair”"."""
    if rhythm.days is None:
        return "never, as you chose"
    words = _ROUND.get(rhythm.days, f"every {rhythm.days} days")
    if rhythm.whose == "tag":
        return f"{words}, by your tag “{rhythm.tag}”"
    return f"{words}, as you chose" if rhythm.whose == "own" else words


@register.filter
def every_days(days: int) -> str:
    return every(Rhythm(days, "usual"))
