from django.db import models
from django.db.models import Q

from apps.common.models import Row
from apps.students.models.student import Student

MOST_A_WEEK = 200


class EffortWeek(Row):
    """How many jobs a student applied for in a week, if they like to count. Nobody else sees it.

    It stands beside their conversations, so that they can compare what each gave them.
    """

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="effort_weeks")
    week_of = models.DateField(help_text="The Monday of the week.")
    applied_for = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "week_of"], name="students_effortweek_once_a_week"
            ),
            models.CheckConstraint(
                condition=Q(week_of__iso_week_day=1), name="students_effortweek_begins_on_monday"
            ),
            models.CheckConstraint(
                condition=Q(applied_for__lte=MOST_A_WEEK), name="students_effortweek_in_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"effort of a week {self.pk}"
