"""What every table shares. No tables of its own."""

from django.db import models
from django.db.models.functions import Now


class Row(models.Model):
    """A row that knows when it was written."""

    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


def one_of(
    field: str, choices: type[models.TextChoices], *, table: str, blank: bool = False
) -> models.CheckConstraint:
    """Return the constraint that keeps `field` inside `choices` (or empty, if `blank`).

    Django checks choices in forms only; a bulk insert or a line of SQL passes them by.
    """
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": [*([""] if blank else []), *choices.values]}),
        name=f"{table}_{field}_is_known",
        violation_error_message=f"{field} must be one of: {', '.join(choices.values)}.",
    )
