from typing import Protocol

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


class Chart(Protocol):
    """Anything of `apps.common.charts` that draws itself through a template of its own."""

    @property
    def template_name(self) -> str: ...


@register.simple_tag(name="chart")
def draw_chart(chart: Chart) -> SafeString:
    """Draw a chart with its words and its table."""
    return render_to_string(chart.template_name, {"chart": chart})
