"""What a rubric says about one piece: a level for each criterion, and all of them as one share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from apps.coaching.models import RubricVersion, Submission
from apps.coaching.models.feedback import Criterion, Level


@dataclass(frozen=True)
class Mark:
    """The level that a piece reached in one criterion."""

    criterion: str
    weight: int
    level: str
    says: str
    place: int
    of: int


def marks_of(submission: Submission) -> list[Mark]:
    """Return the marks of a returned piece in the rubric's order; none without a rubric."""
    version = submission.rubric_version
    if version is None:
        return []
    return [
        Mark(
            criterion["name"],
            criterion["weight"],
            version.levels[place]["label"],
            criterion["says"][place],
            place + 1,
            len(version.levels),
        )
        for criterion in version.criteria
        if (place := submission.scores.get(criterion["key"])) is not None
    ]


def share_of(version: RubricVersion, scores: Mapping[str, int]) -> Decimal:
    """Return the points that were reached, as percent of all there are, to a tenth.

    Each criterion counts by its weight. The published rules make the total more than nothing.
    """
    levels: Sequence[Level] = version.levels
    criteria: Sequence[Criterion] = version.criteria
    reached = sum(
        row["weight"] * levels[scores[row["key"]]]["points"]
        for row in criteria
        if row["key"] in scores
    )
    most = sum(row["weight"] for row in criteria) * levels[-1]["points"]
    return (Decimal(100 * reached) / most).quantize(Decimal("0.1"), ROUND_HALF_UP)
