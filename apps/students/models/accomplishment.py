from django.db import models

from apps.common.models import Row
from apps.students.models.student import Student


class Accomplishment(Row):
    """Something the student did and can speak of, kept to be used again and again."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="accomplishments")
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "text"],
                name="students_accomplishment_once",
                violation_error_message="This is in your library already.",
            ),
        ]

    def __str__(self) -> str:
        return f"accomplishment {self.pk}"
