"""The days of a student's own calendar, as expressions for queries over many students."""

from django.conf import settings
from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    F,
    Func,
    Value,
)
from django.db.models.expressions import Combinable, Expression
from django.db.models.functions import Cast, Coalesce, NullIf


def zone_of_student() -> Expression:
    """Return the zone of rows that have a `student`: the account's, else the institution's."""
    own = NullIf(F("student__user__time_zone"), Value(""))
    return Coalesce(own, Value(settings.INSTITUTION_TIME_ZONE), output_field=CharField())


def day_of_student(moment: str) -> Expression:
    """Return the student's date at the moment in the column `moment`."""
    return Func(
        zone_of_student(),
        F(moment),
        template="(timezone(%(expressions)s))::date",
        output_field=DateField(),
    )


def start_of_day_of_student(day: Expression | Combinable) -> Expression:
    """Return the moment at which `day` begins for the student."""
    return Func(
        zone_of_student(),
        Cast(day, _Wall()),
        function="timezone",
        output_field=DateTimeField(),
    )


class _Wall(DateTimeField):
    """A timestamp as a clock on the wall shows it, without a zone."""

    def db_type(self, connection: object) -> str:
        return "timestamp"

    def cast_db_type(self, connection: object) -> str:
        return "timestamp"
