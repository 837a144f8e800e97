"""Charts as dataclasses: figures in, inline SVG out, drawn on a page by `{% chart %}`.

They know no domain word and no table of the database; what is counted, the page says.
"""

from apps.common.charts.curves import StepCurve, StepPoint
from apps.common.charts.forest import TreeNode
from apps.common.charts.funnel import FunnelBars, FunnelStage
from apps.common.charts.intervals import (
    DifferenceStrip,
    IntervalRow,
    IntervalRows,
    IntervalStrip,
    highest_bound,
)
from apps.common.charts.pace import PaceChart, PacePoint, Sparkline
from apps.common.charts.series import RateSeries
from apps.common.charts.tables import DataTable
from apps.common.charts.tree import TreeChart
from apps.common.charts.trend import TrendChart, TrendLine
from apps.common.figures import Hidden, Share

__all__ = [
    "DataTable",
    "DifferenceStrip",
    "FunnelBars",
    "FunnelStage",
    "Hidden",
    "IntervalRow",
    "IntervalRows",
    "IntervalStrip",
    "PaceChart",
    "PacePoint",
    "RateSeries",
    "Share",
    "Sparkline",
    "StepCurve",
    "StepPoint",
    "TreeChart",
    "TreeNode",
    "TrendChart",
    "TrendLine",
    "highest_bound",
]
