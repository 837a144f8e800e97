from django import template

from apps.reminders.templatetags.steps import due

register = template.Library()

register.filter("due", due)


@register.filter
def days_after(days: int | None) -> str:
    """Go on in a sentence about an introduction: how long after the talk with its giver it came."""
    if days is None:
        return ""
    known = {0: ", the day you met", 1: ", the day after you met"}
    return known.get(days, f", {days} days after you met")
