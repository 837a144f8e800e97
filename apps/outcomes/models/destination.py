from django.db import models
from django.db.models import Q

from apps.accounts.models import User
from apps.common.models import Row, one_of
from apps.students.models import Student, Term


class Outcome(models.TextChoices):
    """Where a graduate went. Source: NACE, standards and protocols for first destinations."""

    EMPLOYED_FULL_TIME = "employed_full_time", "Employed full time"
    EMPLOYED_PART_TIME = "employed_part_time", "Employed part time"
    VOLUNTEER = "volunteer", "Volunteer service"
    MILITARY = "military", "Military service"
    EDUCATION = "education", "Continuing education"
    SEEKING_WORK = "seeking_work", "Seeking employment"
    SEEKING_EDUCATION = "seeking_education", "Seeking continuing education"
    NOT_SEEKING = "not_seeking", "Not seeking"


ARRIVED = [
    Outcome.EMPLOYED_FULL_TIME,
    Outcome.EMPLOYED_PART_TIME,
    Outcome.VOLUNTEER,
    Outcome.MILITARY,
    Outcome.EDUCATION,
]
SEEKING = [Outcome.SEEKING_WORK, Outcome.SEEKING_EDUCATION]


class Source(models.TextChoices):
    """Who said so, the best first. The best source, then the latest word, makes the primary one."""

    GRADUATE = "graduate", "The graduate"
    EMPLOYER = "employer", "The employer or school"
    PROFILE = "profile", "A public profile"
    FACULTY = "faculty", "Faculty or staff"
    FAMILY = "family", "Family or friends"
    IMPORTED = "imported", "An earlier record"


class FirstDestination(Row):
    """What one source says about where a graduate went. `is_primary` marks the one that counts."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="destinations")
    term = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="destinations", help_text="Of graduation."
    )
    outcome = models.CharField(max_length=30, choices=Outcome)
    source = models.CharField(max_length=20, choices=Source)
    said_on = models.DateField()
    organization = models.CharField(max_length=200, blank=True)
    job_title = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=100, blank=True)
    annual_salary = models.PositiveIntegerField(null=True, blank=True)
    institution = models.CharField(max_length=200, blank=True)
    field_of_study = models.CharField(max_length=200, blank=True)
    degree = models.CharField(max_length=100, blank=True)
    held_before = models.BooleanField(default=False, help_text="Had it before graduating.")
    is_primary = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="destinations_recorded"
    )

    class Meta:
        constraints = [
            one_of("outcome", Outcome, table="outcomes_firstdestination"),
            one_of("source", Source, table="outcomes_firstdestination"),
            models.UniqueConstraint(
                fields=["student", "term"],
                condition=Q(is_primary=True),
                name="outcomes_firstdestination_one_is_primary",
            ),
            models.UniqueConstraint(
                fields=["student", "term", "source", "said_on"],
                name="outcomes_firstdestination_source_says_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"first destination {self.pk}"
