"""How numbers are written in templates; the rules are in `apps.common.figures`."""

from django import template

from apps.common import figures
from apps.common.figures import Share

register = template.Library()

register.filter("count", figures.count)
register.filter("percent", figures.percent)
register.filter("points", figures.points)
register.filter("k_of_n", figures.k_of_n)
register.filter("share", figures.share_with_interval)


@register.filter
def interval(share: Share) -> str:
    """Write the 95 % interval of a share as "14.2–30.0"."""
    return figures.interval(share.low, share.high)
