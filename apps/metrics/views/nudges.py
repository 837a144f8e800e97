from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.common.charts import DifferenceStrip, IntervalRow, IntervalRows
from apps.metrics.access import get_cohort_for_board
from apps.metrics.nudge_effect import nudge_effect as effect_of


@requires(Permission.COACH)
@require_safe
def nudge_effect(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what became of a class's nudges, and what came after them."""
    cohort = get_cohort_for_board(request.user, pk)
    effect = effect_of(cohort, timezone.now())
    change = effect.change
    rows = [IntervalRow("Nudged", effect.quiet), IntervalRow("Not nudged", effect.others)]
    context = {
        "cohort": cohort,
        "effect": effect,
        "chart": IntervalRows(
            title="Acted within three days",
            rows=rows,
            label_head="Students quiet for a week before",
            n_head="Looked at",
            k_head="Acted",
        ),
        "strip": change
        and DifferenceStrip(
            id="nudge-change",
            title="Nudged, beside not nudged",
            difference=change.difference,
            low=change.low,
            high=change.high,
        ),
    }
    return render(request, "metrics/nudge_effect.html", context)
