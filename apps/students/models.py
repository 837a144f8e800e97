from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.common.localtime import local_date
from apps.common.models import Row


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
        """Return the cohorts whose students `user` may see: all, the ones they teach, or none."""
        if user.has_role(Role.ADMINISTRATOR):
            return self.all()
        if user.has_role(Role.COUNSELOR):
            return self.filter(
                Exists(Cohort.counselors.through.objects.filter(cohort=OuterRef("pk"), user=user))
            )
        return self.none()


class Cohort(Row):
    """A section of students in one term, with the counselors who look after it."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=100)
    counselors = models.ManyToManyField(User, related_name="cohorts", blank=True)
    goal = models.PositiveSmallIntegerField(
        default=12, help_text="Conversations that each student holds by the end of the term."
    )

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["term", "name"]
        constraints = [
            models.UniqueConstraint(fields=["term", "name"], name="students_cohort_once_per_term"),
            models.CheckConstraint(condition=Q(goal__gte=1), name="students_cohort_goal_positive"),
        ]

    def __str__(self) -> str:
        return self.name

    def planned_by(self, today: date) -> int:
        """Return how many conversations the even pace towards the goal asks for by `today`."""
        days = (self.term.ends_on - self.term.starts_on).days
        passed = min(max((today - self.term.starts_on).days, 0), days)
        return self.goal * passed // days if days else self.goal


class StudentQuerySet(models.QuerySet["Student"]):
    def visible_to(self, user: User) -> "StudentQuerySet":
        """Return the students whose record `user` may see: themselves, own cohorts', or all."""
        if user.has_role(Role.ADMINISTRATOR):
            return self.all()
        visible = Q(pk__in=[])
        if user.has_role(Role.STUDENT):
            visible |= Q(user=user)
        if user.has_role(Role.COUNSELOR):
            own_classes = Enrolment.objects.filter(
                student=OuterRef("pk"), cohort__in=Cohort.objects.visible_to(user)
            )
            visible |= Q(Exists(own_classes))
        return self.filter(visible)

    def by_name(self) -> "StudentQuerySet":
        return self.order_by(
            Coalesce(models.functions.NullIf("family_name", models.Value("")), "given_name"),
            "given_name",
            "pk",
        )


class Student(Row):
    """A person in the programme as the institution knows them, by its own stable id.

    The account may be missing: a roster often knows people long before they first sign in.
    """

    student_id = models.CharField(
        max_length=64, unique=True, help_text="The institution's id; it never changes hands."
    )
    user = models.OneToOneField(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="student"
    )
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(max_length=254, blank=True)

    objects = StudentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(given_name="", family_name=""), name="students_student_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return f"student {self.pk}"

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the student's own days: the account's, else the institution's."""
        return self.user.zone if self.user else institution_zone()

    def today(self, now: datetime) -> date:
        return local_date(now, self.zone)


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def on_census(self) -> "EnrolmentQuerySet":
        """Return those that count in a report: begun by the census date, not ended by it."""
        census = F("cohort__term__census_on")
        return self.filter(enrolled_on__lte=census).exclude(withdrawn_on__lte=census)

    def current(self, today: date) -> "EnrolmentQuerySet":
        """Return those in force on `today`, in a term that has begun and not yet closed."""
        return self.filter(
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=today),
            enrolled_on__lte=today,
            cohort__term__starts_on__lte=today,
            cohort__term__closes_on__gte=today,
        )


class Enrolment(Row):
    """A student in a cohort, with the programme of study and class year of that term."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="enrolments")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    program = models.CharField(max_length=100, blank=True)
    class_year = models.CharField(max_length=20, blank=True)
    enrolled_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "cohort"], name="students_enrolment_once_per_cohort"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("enrolled_on")),
                name="students_enrolment_ends_after_it_begins",
                violation_error_message="withdrawn_on cannot be before enrolled_on.",
            ),
        ]

    def __str__(self) -> str:
        return f"enrolment {self.pk}"
