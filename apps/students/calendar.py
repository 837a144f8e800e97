"""The days of a student's own calendar, as expressions for queries over many students."""

from datetime import datetime

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    F,
    Func,
    IntegerField,
    Value,
)
from django.db.models.expressions import Combinable, Expression
from django.db.models.functions import Cast

from apps.students.models import institution_zone


def zone_of_student(student: str = "student") -> Expression:
    """Return the zone of whom `student` leads to: the account's, else the institution's.

    That one stands in the text of the query: as a value it would travel there dozens of times.
    """
    return Func(
        F(f"{student}__user__time_zone"),
        template=f"COALESCE(NULLIF(%(expressions)s, ''), '{institution_zone().key}')",
        output_field=CharField(),
    )


def today_of_student(now: datetime) -> Expression:
    """Return the date that it is for the student of a row."""
    return Func(
        zone_of_student(),
        Value(now, output_field=DateTimeField()),
        template="(timezone(%(expressions)s))::date",
        output_field=DateField(),
    )


def days_between(earlier: Combinable, later: Combinable) -> Expression:
    """Return how many days lie between two dates."""
    return Func(
        later,
        earlier,
        template="(%(expressions)s)",
        arg_joiner=" - ",
        output_field=IntegerField(),
    )


def start_of_day_of_student(day: Expression | Combinable) -> Expression:
    """Return the moment at which `day` begins for the student."""
    return start_of_day_in(zone_of_student(), day)


def start_of_day_in(zone: Expression, day: Expression | Combinable) -> Expression:
    """Return the moment at which `day` begins in a zone."""
    return Func(
        zone,
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
