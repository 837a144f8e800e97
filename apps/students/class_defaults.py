"""What the latest class of a student says where somebody has chosen nothing themselves."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from apps.students.models import Enrolment, Student


def class_mail_caps(users: Iterable[int | None]) -> dict[int, int]:
    """Return the mails a week by user, in one query; whose class says nothing is left out."""
    keys = [key for key in users if key is not None]
    if not keys:
        return {}
    caps = Subquery(_latest(OuterRef("pk")).values("cohort__weekly_mail_cap")[:1])
    students = Student.objects.filter(user__in=keys).annotate(cap=caps)
    return dict(students.filter(cap__isnull=False).order_by().values_list("user_id", "cap"))


def usual_minutes(student: Student) -> int:
    """Return how long a conversation of the student usually takes."""
    minutes = _latest(student.pk).values_list("cohort__usual_minutes", flat=True).first()
    return minutes or settings.CONVERSATION_MINUTES


def _latest(student: int | OuterRef) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(student=student).order_by("-cohort__term__starts_on", "-pk")
