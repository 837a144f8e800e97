"""How many remain from stage to stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.safestring import SafeString

from apps.common import figures
from apps.common.charts import svg
from apps.common.charts.tables import DataTable, count_cell, share_cells
from apps.common.figures import Hidden, Share


@dataclass(frozen=True, kw_only=True)
class FunnelStage:
    """One stage; `share` is what is left of the stage that `share_of` names; the first has none."""

    label: str
    count: int | Hidden
    share: Share | Hidden | None = None
    share_of: str = "of the step before"
    note: str = ""


@dataclass(frozen=True)
class FunnelLine:
    """A stage made ready for its template."""

    stage: FunnelStage
    count: str
    svg: SafeString


@dataclass(frozen=True, kw_only=True)
class FunnelBars:
    """Counts as bars on the scale of the largest, each with its share and interval as text."""

    template_name: ClassVar[str] = "components/charts/funnel_bars.html"

    title: str
    stages: Sequence[FunnelStage]

    @property
    def lines(self) -> list[FunnelLine]:
        counts = [stage.count for stage in self.stages if not isinstance(stage.count, Hidden)]
        largest = max(counts, default=0)
        return [_line(stage, largest) for stage in self.stages]

    @property
    def table(self) -> DataTable:
        return DataTable(
            ("Stage", "Count", "Share", "95 % CI"),
            [(s.label, count_cell(s.count), *_stage_cells(s)) for s in self.stages],
        )


def _line(stage: FunnelStage, largest: int) -> FunnelLine:
    if isinstance(stage.count, Hidden):
        shapes = [svg.bar("withheld", 100, 1, 8)]
    else:
        width = 100 * stage.count / largest if largest else 0.0
        shapes = [svg.bar("fillband", 100, 1, 8), svg.bar("pt", width, 1, 8)]
    return FunnelLine(stage, count_cell(stage.count), svg.drawing(10, shapes))


def _stage_cells(stage: FunnelStage) -> tuple[str, str]:
    if stage.share is None:
        return "first step", "first step"
    rate, interval = share_cells(stage.share)
    if isinstance(stage.share, Hidden) or stage.share.rate is None:
        return rate, interval
    return f"{figures.percent(stage.share.rate)} {stage.share_of}", interval
