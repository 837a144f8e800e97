"""The mail that a person gets next, if nothing changes until then."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from apps.accounts.roles import Role
from apps.common.localtime import local_date
from apps.mail.models import Refusal
from apps.meetings.models import Meeting
from apps.reminders.audience import gone
from apps.reminders.kinds import (
    CLASS_DIGEST,
    MEETING_IN_TWO_HOURS,
    MEETING_TOMORROW,
    STUDENT_DIGEST,
    URGENT_TODAY,
)
from apps.reminders.lists import ClassInList, class_list, urgent
from apps.reminders.models import Look, Preference
from apps.reminders.next_steps import next_steps_of
from apps.reminders.rhythm import DAY
from apps.students.models import Student
from apps.students.next_steps import NextStep

LOOKS_AHEAD = 7
MEETINGS_AHEAD = 3


@dataclass(frozen=True)
class NextMail:
    """When it comes, of which kind, and what it says."""

    at: datetime
    kind: str
    steps: list[NextStep] = field(default_factory=list)
    classes: list[ClassInList] = field(default_factory=list)
    meeting: Meeting | None = None


def next_mail(preference: Preference, now: datetime) -> NextMail | None:
    """Return the next one of the coming looks, as things stand; None if there is none."""
    user = preference.user
    refused = set(Refusal.objects.filter(user=user).values_list("kind", flat=True))
    mails: list[NextMail] = []
    student = Student.objects.filter(~gone(now), user=user).first()
    if student and user.has_role(Role.STUDENT):
        has_digest = STUDENT_DIGEST not in refused
        mails += _of_steps(preference, student, now, has_digest=has_digest)
        mails += _of_meetings(preference, student, now)
    if user.has_role(Role.COUNSELOR):
        mails += _of_classes(preference, now)
    wanted = (mail for mail in mails if mail.kind not in refused)
    return min(wanted, key=lambda mail: mail.at, default=None)


def _looks(preference: Preference, now: datetime) -> Iterator[tuple[date, date | None, datetime]]:
    """Yield the coming looks: the day, the day of the look before it, and the moment."""
    rhythm = preference.rhythm
    look = Look.objects.get(user=preference.user)
    day, before = look.next_day(rhythm, now), look.looked_on
    for _ in range(LOOKS_AHEAD):
        yield day, before, max(rhythm.look_on(day), now)
        day, before = rhythm.next_day(day), day


def _of_steps(
    preference: Preference, student: Student, now: datetime, *, has_digest: bool
) -> Iterator[NextMail]:
    for day, before, moment in _looks(preference, now):
        steps = next_steps_of(student, moment)
        if has_digest and preference.is_digest_day(day, before):
            kind = STUDENT_DIGEST
        else:
            kind, steps = URGENT_TODAY, urgent(steps, preference.rhythm, day)
        if steps:
            yield NextMail(moment, kind, steps=steps)
            return


def _of_meetings(preference: Preference, student: Student, now: datetime) -> Iterator[NextMail]:
    rhythm = preference.rhythm
    meetings = Meeting.objects.scheduled().filter(student=student, starts_at__gt=now)
    for meeting in meetings.select_related("contact").order_by("starts_at", "pk")[:MEETINGS_AHEAD]:
        day_before = local_date(meeting.starts_at, rhythm.zone) - DAY
        for kind, moment in (
            (MEETING_TOMORROW, rhythm.look_on(day_before)),
            (MEETING_IN_TWO_HOURS, rhythm.shortly_before(meeting.starts_at)),
        ):
            if moment > now:
                yield NextMail(moment, kind, meeting=meeting)


def _of_classes(preference: Preference, now: datetime) -> Iterator[NextMail]:
    for day, before, moment in _looks(preference, now):
        if preference.rhythm.is_weekly_day(day, before):
            if classes := class_list(preference.user, moment):
                yield NextMail(moment, CLASS_DIGEST, classes=classes)
            return
