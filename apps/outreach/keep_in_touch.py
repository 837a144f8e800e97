"""When to let somebody hear from the student again: the last real touch plus a cadence.

A touch is what really passed between the two: a note or its answer, a conversation, a thank-you,
news. Editing, tagging or reading about somebody is none, so it moves nothing.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import Combinable, Expression
from django.db.models.functions import Coalesce, Greatest, Least

from apps.contacts.models import Contact
from apps.meetings.models import Meeting, Status
from apps.outreach.models import Attempt, Cadence, Reply, Touch
from apps.students import calendar
from apps.students.models import Cohort
from apps.students.next_steps import Students

DEFAULT_DAYS = 90
"""Every few months, as people who keep a network warm do, where no cohort says otherwise."""

A_DAY_OF_TWO_NIGHTS = 2
"""A cadence counts days, so it may be over some hours sooner than as many times 24 hours."""

TOO_SOON = timedelta(days=21)
"""Within three weeks of their own last note, if nothing came back, more may be too much."""


def in_touch(students: Students, now: datetime, *, who: Q | None = None) -> QuerySet[Any, Any]:
    """Return the contacts with whom something has passed both ways, resting ones left out.

    `who` says of whom the student has heard; nothing is then asked about all others.

    Annotated: `last_touch_at`, `cadence_days` and the day on which to write again
    (`write_on`), with the moments at which it begins and ends for the student. Whoever is not to
    be written to any more, by the student's own choice, is left out.
    """
    talked = Meeting.objects.filter(contact=OuterRef("pk"), status=Status.HELD)
    declined = (
        Attempt.objects.filter(contact=OuterRef("pk"), replied_at__isnull=False)
        .order_by("-replied_at", "-pk")
        .values("reply")[:1]
    )
    return (
        Contact.objects.filter(
            who or _has_history(students, now),
            student__in=students,
            archived_at__isnull=True,
            erased_at__isnull=True,
        )
        .annotate(last_reply=Subquery(declined))
        .filter(Q(last_reply__isnull=True) | ~Q(last_reply=Reply.NO) | Exists(talked))
        .exclude(Exists(Cadence.objects.filter(contact=OuterRef("pk"), days__isnull=True)))
        .annotate(last_touch_at=last_touch_at(now), cadence_days=cadence_days())
        .annotate(write_on=_write_on())
        .annotate(
            opens_at=calendar.start_of_day_of_student(F("write_on")),
            closes_at=calendar.start_of_day_of_student(
                ExpressionWrapper(F("write_on") + Value(1), output_field=DateField())
            ),
        )
    )


def _has_history(students: Students, until: datetime | Expression) -> Q:
    """Say of whom the student has ever heard; asked of all their rows at once, not one by one."""
    answered = Attempt.objects.filter(student__in=students, replied_at__lte=until)
    talked = Meeting.objects.filter(student__in=students, status=Status.HELD, starts_at__lte=until)
    touched = Touch.objects.filter(student__in=students, happened_at__lte=until)
    return (
        Q(pk__in=answered.values("contact"))
        | Q(pk__in=talked.values("contact"))
        | Q(pk__in=touched.values("contact"))
    )


def due(students: Students, now: datetime) -> QuerySet[Any, Any]:
    """Return those to whom it is time to write, unless a conversation is ahead anyway."""
    ahead = Meeting.objects.filter(
        contact=OuterRef("pk"), status__in=[Status.SCHEDULED, Status.PROPOSED]
    )
    in_time = in_touch(students, now, who=_may_be_due(students, now))
    return in_time.filter(~Exists(ahead), opens_at__lte=now)


def _may_be_due(students: Students, now: datetime) -> Q:
    """Leave out at once of whom the student first heard within the shortest cadence of a cohort.

    Whoever has a cadence of their own, or a tag that may have one, is looked at all the same.
    """
    of_cohorts = (
        Cohort.objects.filter(enrolments__student__in=students)
        .order_by()
        .values(everybody=Value(1))
        .annotate(shortest=Min("keep_in_touch_days"))
        .values("shortest")
    )
    shortest = Least(Coalesce(Subquery(of_cohorts), DEFAULT_DAYS), DEFAULT_DAYS)
    days = (shortest - A_DAY_OF_TWO_NIGHTS) * Value(timedelta(days=1), output_field=DurationField())
    since = ExpressionWrapper(
        Value(now, output_field=DateTimeField()) - days, output_field=DateTimeField()
    )
    own = Cadence.objects.filter(student__in=students, contact__isnull=False)
    has_own = ~Q(tags=[]) | Q(pk__in=own.values("contact"))
    return _has_history(students, since) | has_own & _has_history(students, now)


def last_touch_at(now: datetime) -> Expression:
    """Return the moment of a contact's last real touch up to `now`; null if there was none."""
    return Greatest(last_own_note_at(now), last_word_at(now))


def last_own_note_at(now: datetime) -> Expression:
    """Return when the student wrote or called last; null if never."""
    of_contact = {"contact": OuterRef("pk")}
    talks = Meeting.objects.filter(**of_contact, status=Status.HELD)
    touches = Touch.objects.by_student().filter(**of_contact)
    return Greatest(
        _latest(Attempt.objects.filter(**of_contact, sent_at__lte=now), "sent_at"),
        _latest(talks.filter(thank_you_sent_at__lte=now), "thank_you_sent_at"),
        _latest(touches.filter(happened_at__lte=now), "happened_at"),
    )


def last_word_at(now: datetime) -> Expression:
    """Return when the contact answered, met or wrote to the student last; null if never."""
    of_contact = {"contact": OuterRef("pk")}
    talks = Meeting.objects.filter(**of_contact, status=Status.HELD)
    touches = Touch.objects.by_contact().filter(**of_contact)
    return Greatest(
        _latest(Attempt.objects.filter(**of_contact, replied_at__lte=now), "replied_at"),
        _latest(talks.filter(starts_at__lte=now), "starts_at"),
        _latest(touches.filter(happened_at__lte=now), "happened_at"),
    )


def cadence_days() -> Expression:
    """Return a contact's cadence: their own, the shortest of their tags', or the cohort's."""
    own = Cadence.objects.filter(contact=OuterRef("pk")).values("days")[:1]
    of_tags = (
        Cadence.objects.filter(
            student=OuterRef("student"), contact__isnull=True, days__isnull=False
        )
        .filter(_is_among(F("tag"), OuterRef("tags")))
        .order_by()
        .values("student")
        .annotate(shortest=Min("days"))
        .values("shortest")
    )
    return Coalesce(
        Subquery(own),
        Subquery(of_tags),
        calendar.of_latest_cohort("keep_in_touch_days"),
        Value(DEFAULT_DAYS),
        output_field=IntegerField(),
    )


def write_on(last_touch: date, days: int) -> date:
    return last_touch + timedelta(days=days)


def _write_on() -> Expression:
    day = calendar.day_of_student("last_touch_at")
    return ExpressionWrapper(day + F("cadence_days"), output_field=DateField())


def _latest(rows: QuerySet[Any], moment: str) -> Subquery:
    return Subquery(rows.order_by().values("contact").annotate(latest=Max(moment)).values("latest"))


def _is_among(value: Combinable, values: Combinable) -> Func:
    return Func(
        value,
        values,
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
