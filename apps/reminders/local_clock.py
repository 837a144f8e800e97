"""The student's own clock inside a query, to narrow down; what is exact is said by `rhythm`."""

from datetime import datetime

from django.conf import settings
from django.db.models import DateTimeField, F, Func, IntegerField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf


def zone_of(user: str) -> Coalesce:
    """Return the zone of the person that `user` leads to."""
    return Coalesce(NullIf(f"{user}__time_zone", Value("")), Value(settings.INSTITUTION_TIME_ZONE))


def chosen(field: str, *, user: str, default: int) -> Coalesce:
    """Return what the person chose in their preference, or the programme's default."""
    return Coalesce(f"{user}__reminder_preference__{field}", Value(default))


def hour_there(zone: Combinable, now: datetime) -> Func:
    """Return the hour that the clock shows at `now`."""
    return Func(
        zone,
        _moment(now),
        template="EXTRACT(hour FROM timezone(%(expressions)s))::int",
        output_field=IntegerField(),
    )


def days_until(moment: str, zone: Combinable, now: datetime) -> Func:
    """Return how many midnights lie between `now` and a moment of the row."""
    return Func(
        _date(zone, F(moment)),
        _date(zone, _moment(now)),
        template="%(expressions)s",
        arg_joiner=" - ",
        output_field=IntegerField(),
    )


def _date(zone: Combinable, moment: Combinable) -> Func:
    return Func(
        zone, moment, template="timezone(%(expressions)s)::date", output_field=IntegerField()
    )


def _moment(now: datetime) -> Value:
    return Value(now, output_field=DateTimeField())
