from collections.abc import Mapping
from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from apps.accounts.models import User
from apps.common.localtime import local_date
from apps.common.models import Row, one_of
from apps.reminders.rhythm import DAY, Rhythm
from apps.students.class_defaults import class_mail_caps

MOST_A_WEEK = 14
"""Nobody can ask for more mails than two a day."""
WORKING_DAYS = [1, 2, 3, 4, 5]


class Digest(models.TextChoices):
    DAILY = "daily", "Daily"
    WEEKLY = "weekly", "Weekly"
    NONE = "none", "None"


class Preference(Row):
    """When and how often a person wants reminders. Who never saved any lives by the programme's.

    The zone is the account's. Which kinds of mail come is told by the refusals that `mail` keeps.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="reminder_preference")
    hour = models.PositiveSmallIntegerField(validators=[MaxValueValidator(23)])
    days = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(7)]),
        help_text="1 is Monday.",
    )
    digest = models.CharField(max_length=10, choices=Digest)
    quiet_from = models.PositiveSmallIntegerField(validators=[MaxValueValidator(23)])
    quiet_until = models.PositiveSmallIntegerField(validators=[MaxValueValidator(23)])
    weekly_cap = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MOST_A_WEEK)]
    )
    paused_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("digest", Digest, table="reminders_preference"),
            models.CheckConstraint(
                condition=Q(hour__lte=23, quiet_from__lte=23, quiet_until__lte=23),
                name="reminders_preference_hours_of_a_day",
            ),
            models.CheckConstraint(
                condition=Q(days__contained_by=[*range(1, 8)]) & Q(days__len__gte=1),
                name="reminders_preference_days_of_a_week",
                violation_error_message="Choose at least one day.",
            ),
            models.CheckConstraint(
                condition=Q(weekly_cap__gte=1, weekly_cap__lte=MOST_A_WEEK),
                name="reminders_preference_cap_in_bounds",
            ),
            models.CheckConstraint(
                condition=~(
                    Q(quiet_from__lte=F("quiet_until"))
                    & Q(hour__gte=F("quiet_from"), hour__lt=F("quiet_until"))
                    | Q(quiet_from__gt=F("quiet_until"))
                    & (Q(hour__gte=F("quiet_from")) | Q(hour__lt=F("quiet_until")))
                ),
                name="reminders_preference_hour_is_not_quiet",
                violation_error_message="Your hour lies in your quiet hours. Move one of them.",
            ),
        ]

    def __str__(self) -> str:
        return f"reminder preference {self.pk}"

    @classmethod
    def of(cls, user: User, caps: Mapping[int, int] | None = None) -> Self:
        """Return what the person saved, or the defaults of their class and the programme.

        `caps` are `class_mail_caps` of several people, for whoever asks about all of them.
        """
        saved: Self | None = getattr(user, "reminder_preference", None)
        if saved:
            return saved
        if caps is None:
            caps = class_mail_caps([user.pk])
        return cls(
            user=user,
            hour=settings.REMINDER_HOUR,
            days=WORKING_DAYS,
            digest=Digest(settings.REMINDER_DIGEST),
            quiet_from=settings.REMINDER_QUIET_FROM,
            quiet_until=settings.REMINDER_QUIET_UNTIL,
            weekly_cap=caps.get(user.pk, settings.REMINDER_WEEKLY_CAP),
        )

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(
            zone=self.user.zone,
            hour=self.hour,
            days=frozenset(self.days),
            quiet_from=self.quiet_from,
            quiet_until=self.quiet_until,
            paused_until=self.paused_until,
        )

    def is_paused_on(self, day: date) -> bool:
        return self.paused_until is not None and day < self.paused_until

    def is_digest_day(self, day: date, looked_on: date | None) -> bool:
        """Return whether the list of next steps goes on this day, of which the look is now."""
        if self.digest == Digest.WEEKLY:
            return self.rhythm.is_weekly_day(day, looked_on)
        return self.digest == Digest.DAILY


class LookQuerySet(models.QuerySet["Look"]):
    def due(self, now: datetime) -> Self:
        return self.filter(next_at__lte=now)


class Look(models.Model):
    """Where the planner stands with a person: which of their days it has looked at, and when next.

    A bookmark and no more: what a look finds is derived from the rows of that moment. PostgreSQL
    writes it with each account, and asks for a look at once (`next_at` = now) whenever the zone,
    the roles or the standing of the account change; a look that comes too early only moves on.
    Empty `next_at` means that there is nobody to remind.
    """

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="reminder_look"
    )
    looked_on = models.DateField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)

    objects = LookQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="reminders_look_due")]

    def __str__(self) -> str:
        return f"look at user {self.pk}"

    def next_day(self, rhythm: Rhythm, now: datetime) -> date:
        """Return the person's next day that has not been looked at; today, if it is one."""
        yesterday = local_date(now, rhythm.zone) - DAY
        return rhythm.next_day(max(self.looked_on or yesterday, yesterday))
