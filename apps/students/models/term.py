from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.common.models import Row, one_of


def institution_zone() -> ZoneInfo:
    """Return the zone whose calendar decides which day a moment belongs to in every figure."""
    return ZoneInfo(settings.INSTITUTION_TIME_ZONE)


class TermQuerySet(models.QuerySet["Term"]):
    def before(self, term: "Term") -> "TermQuerySet":
        """Return the terms that began earlier than `term`, the latest first."""
        return self.filter(starts_on__lt=term.starts_on).order_by("-starts_on")

    def visible_to(self, user: User) -> "TermQuerySet":
        if user.has_role(Role.ADMINISTRATOR):
            return self.all()
        return self.filter(Exists(Cohort.objects.visible_to(user).filter(term=OuterRef("pk"))))


class Term(Row):
    """A semester. Its window, in which meetings and offers count, is [starts_on, closes_on]."""

    code = models.SlugField(max_length=32, unique=True)
    name = models.CharField(max_length=100)
    starts_on = models.DateField()
    census_on = models.DateField()
    ends_on = models.DateField()
    closes_on = models.DateField()

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("census_on"))
                & Q(census_on__lte=F("ends_on"))
                & Q(ends_on__lte=F("closes_on")),
                name="students_term_dates_in_order",
                violation_error_message=(
                    "A term's dates run in this order: starts_on, census_on, ends_on, closes_on."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CohortQuerySet(models.QuerySet["Cohort"]):
    def visible_to(self, user: User) -> "CohortQuerySet":
        """Return the cohorts whose students `user` may see: all, the ones they teach, or none.

        Whoever stands in for a counselor sees the class on the days of the substitution. As it is
        asked in passing by whatever is about a student, it looks at the institution's day itself.
        """
        if user.has_role(Role.ADMINISTRATOR):
            return self.all()
        if not user.has_role(Role.COUNSELOR):
            return self.none()
        today = timezone.localdate(timezone=institution_zone())
        stands_in = Substitution.objects.filter(
            cohort=OuterRef("pk"), user=user, starts_on__lte=today, ends_on__gte=today
        )
        return self.filter(Exists(_taught(user)) | Exists(stands_in))

    def taught_by(self, user: User) -> "CohortQuerySet":
        """Return the cohorts that are `user`'s own to give into other hands: all, or their own."""
        if user.has_role(Role.ADMINISTRATOR):
            return self.all()
        if not user.has_role(Role.COUNSELOR):
            return self.none()
        return self.filter(Exists(_taught(user)))

    def counted_by(self, user: User) -> "CohortQuerySet":
        """Return the cohorts whose totals `user` may see: a student worker's as well."""
        seen = Q(pk__in=self.visible_to(user).order_by().values("pk"))
        if user.has_role(Role.STUDENT_WORKER):
            helped = Cohort.workers.through.objects.filter(cohort=OuterRef("pk"), user=user)
            seen |= Q(Exists(helped))
        return self.filter(seen)


def _taught(user: User) -> QuerySet[models.Model]:
    return Cohort.counselors.through.objects.filter(cohort=OuterRef("pk"), user=user)


class FollowUpPolicy(models.TextChoices):
    """When to write again as long as nothing comes back. Sources: Dalton; Carleton; Quinnipiac."""

    THREE_AND_SEVEN = "three_and_seven", "Somebody else after 3 business days, again after 7"
    ONE_WEEK = "one_week", "At least a week between notes"
    WEEKLY_FOR_A_MONTH = "weekly_for_a_month", "Every week for a month"


class Cohort(Row):
    """A section of students in one term, with the counselors who look after it."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=100)
    counselors = models.ManyToManyField(User, related_name="cohorts", blank=True)
    goal = models.PositiveSmallIntegerField(
        default=12, help_text="Conversations that each student holds by the end of the term."
    )
    follow_up_policy = models.CharField(
        max_length=20,
        choices=FollowUpPolicy,
        default=FollowUpPolicy.ONE_WEEK,
        db_default=FollowUpPolicy.ONE_WEEK.value,
    )
    most_attempts = models.PositiveSmallIntegerField(
        default=4,
        db_default=4,
        help_text="Notes to one person without a reply, the first included.",
    )
    most_asks_a_week = models.PositiveSmallIntegerField(
        default=10, db_default=10, help_text="People whom one student asks for the first time."
    )
    calls_people_known_well = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Suggest a call to people known well; otherwise a note is always suggested.",
    )
    keep_in_touch_days = models.PositiveSmallIntegerField(
        default=90, db_default=90, help_text="Days after which people hear from a student again."
    )

    usual_minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Length of a conversation; empty means the programme's."
    )
    weekly_mail_cap = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Mails a week to a student who has chosen none; empty means the programme's.",
    )
    wants_debriefs = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Counselors read every finished debrief of the class.",
    )
    workers = models.ManyToManyField(
        User,
        related_name="cohorts_counted",
        blank=True,
        help_text="Student workers, who see counts and no notes.",
    )

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["term", "name"]
        constraints = [
            models.UniqueConstraint(fields=["term", "name"], name="students_cohort_once_per_term"),
            models.CheckConstraint(condition=Q(goal__gte=1), name="students_cohort_goal_positive"),
            models.CheckConstraint(
                condition=Q(most_attempts__range=(1, 10)),
                name="students_cohort_attempts_from_1_to_10",
                violation_error_message="Choose from 1 to 10 notes.",
            ),
            models.CheckConstraint(
                condition=Q(most_asks_a_week__gte=1), name="students_cohort_asks_positive"
            ),
            models.CheckConstraint(
                condition=Q(keep_in_touch_days__range=(7, 730)),
                name="students_cohort_keeps_in_touch_from_a_week_to_two_years",
                violation_error_message="Choose from 7 to 730 days.",
            ),
            models.CheckConstraint(
                condition=Q(usual_minutes__isnull=True) | Q(usual_minutes__range=(1, 480)),
                name="students_cohort_minutes_of_a_day",
                violation_error_message="Choose from 1 to 480 minutes.",
            ),
            models.CheckConstraint(
                condition=Q(weekly_mail_cap__isnull=True) | Q(weekly_mail_cap__range=(1, 14)),
                name="students_cohort_mails_from_1_to_14",
                violation_error_message="Choose from 1 to 14 mails a week.",
            ),
            one_of("follow_up_policy", FollowUpPolicy, table="students_cohort"),
        ]

    def __str__(self) -> str:
        return self.name

    def planned_by(self, today: date) -> int:
        """Return how many conversations the even pace towards the goal asks for by `today`."""
        days = (self.term.ends_on - self.term.starts_on).days
        passed = min(max((today - self.term.starts_on).days, 0), days)
        return self.goal * passed // days if days else self.goal


class Milestone(Row):
    """So many conversations held by a day: "three by 15 October"."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="milestones")
    conversations = models.PositiveSmallIntegerField()
    due_on = models.DateField()

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "due_on"], name="students_milestone_one_a_day"
            ),
            models.CheckConstraint(
                condition=Q(conversations__gte=1), name="students_milestone_asks_for_one_at_least"
            ),
        ]

    def __str__(self) -> str:
        return f"milestone {self.pk}"


class Substitution(Row):
    """Somebody looks after a class in a counselor's place, from one day to another, both in."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="substitutions")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="substitutions")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "user", "starts_on"], name="students_substitution_begins_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="students_substitution_ends_after_it_begins",
                violation_error_message="The last day cannot be before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"substitution {self.pk}"


class Holiday(Row):
    """A day on which the institution, and most people, do not work: no business day."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.name} on {self.day}"
