from datetime import date, timedelta

from apps.students.models import EffortWeek, Student


def note_effort(*, student: Student, day: date, applied_for: int | None) -> EffortWeek | None:
    """Keep how many jobs the student applied for in the week of `day`; None forgets the week."""
    week_of = day - timedelta(days=day.weekday())
    if applied_for is None:
        EffortWeek.objects.filter(student=student, week_of=week_of).delete()
        return None
    row, _ = EffortWeek.objects.update_or_create(
        student=student, week_of=week_of, defaults={"applied_for": applied_for}
    )
    return row
