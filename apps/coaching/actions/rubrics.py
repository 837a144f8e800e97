from collections.abc import Sequence

from django.db import transaction

from apps.accounts.models import User
from apps.coaching.models import Criterion, Level, Rubric, RubricVersion


@transaction.atomic
def create_rubric(
    *, name: str, levels: Sequence[Level], criteria: Sequence[Criterion], by: User
) -> Rubric:
    """Make a rubric with its first version."""
    rubric = Rubric.objects.create(name=name, made_by=by)
    publish_version(rubric=rubric, levels=levels, criteria=criteria)
    return rubric


@transaction.atomic
def publish_version(
    *, rubric: Rubric, levels: Sequence[Level], criteria: Sequence[Criterion]
) -> RubricVersion:
    """Let a rubric say something else from now on. What stands there already changes nothing.

    Whatever came back by an earlier version keeps that one.
    """
    rubric = Rubric.objects.select_for_update().get(pk=rubric.pk)
    latest = rubric.versions.order_by("-number").first()
    if latest and (latest.levels, latest.criteria) == (list(levels), list(criteria)):
        return latest
    return RubricVersion.objects.create(
        rubric=rubric,
        number=latest.number + 1 if latest else 1,
        levels=list(levels),
        criteria=list(criteria),
    )


def rename_rubric(*, rubric: Rubric, name: str) -> None:
    rubric.name = name
    rubric.save(update_fields=["name"])


def retire_rubric(*, rubric: Rubric, is_retired: bool) -> None:
    """Lay a rubric aside, or take it up again. What came back by it stays."""
    rubric.is_retired = is_retired
    rubric.save(update_fields=["is_retired"])
