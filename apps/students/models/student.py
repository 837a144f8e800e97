from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.common.localtime import local_date
from apps.common.models import Row
from apps.students.models.term import Cohort, institution_zone


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

    def current(self, today: date | Combinable) -> "EnrolmentQuerySet":
        """Return those in force on `today`, in a term that has begun and not yet closed."""
        return self.filter(
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=today),
            enrolled_on__lte=today,
            cohort__term__starts_on__lte=today,
            cohort__term__closes_on__gte=today,
        )

    def invitable(self, today: date) -> "EnrolmentQuerySet":
        """Return those whose students may be asked in: still there, in a term not yet closed."""
        return self.filter(
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=today),
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
