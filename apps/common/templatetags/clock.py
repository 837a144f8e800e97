from datetime import datetime

from django import template
from django.utils import dateformat

register = template.Library()


@register.filter(expects_localtime=True)
def clock(moment: datetime) -> str:
    """Write the hour as people do, "3:50 pm", on the clock that is active for the reader."""
    return dateformat.format(moment, "g:i A").lower()
