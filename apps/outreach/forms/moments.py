"""When something happened, as a day and an hour that a student types on their own clock."""

from datetime import datetime, timedelta

from django import forms

from apps.common.localtime import local_moment
from apps.students.models import Student

LONG_AGO = timedelta(days=5 * 365)


def day_field(label: str = "On which day") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


def hour_field() -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label="At what time", widget=widget)


def typed(moment: datetime, student: Student) -> datetime:
    """Return the moment on the student's clock, to the minute as the fields show it."""
    return moment.astimezone(student.zone).replace(second=0, microsecond=0)


def past_moment(
    form: forms.Form, day: str, hour: str, *, student: Student, now: datetime
) -> datetime | None:
    """Return what two cleaned fields of a form say; None where they say nothing that can be.

    What is wrong is said at the field.
    """
    on, at = form.cleaned_data.get(day), form.cleaned_data.get(hour)
    if on is None or at is None:
        return None
    today = student.today(now)
    if not today - LONG_AGO <= on <= today:
        form.add_error(day, "Please look at the day again: it is not in the last years.")
        return None
    moment = local_moment(on, at, student.zone)
    if moment > now:
        form.add_error(hour, "This is still to come. Put it down once it has happened.")
        return None
    return moment
