from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from apps.meetings.models import Jottings, Meeting, PlannedQuestion
from apps.meetings.revisions import begin_revision, changed_fields


@transaction.atomic
def save_jottings(
    *, meeting: Meeting, revision: int, text: str, asked: Collection[int], now: datetime
) -> Jottings:
    """Write down what the student jotted down, and which questions (by key) they have asked.

    Both share one revision: `revision` is the one the student had before them. Raises StaleText.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    jottings = Jottings.objects.filter(meeting=meeting).first()
    jottings = jottings or Jottings(meeting=meeting, saved_at=now)
    questions = PlannedQuestion.objects.filter(meeting=meeting)
    ticked = questions.filter(pk__in=asked)
    changed = changed_fields(jottings, {"text": text})
    newly, no_longer = (
        ticked.filter(is_asked=False),
        questions.filter(is_asked=True).exclude(pk__in=asked),
    )
    if not (changed or newly.exists() or no_longer.exists()):
        return jottings
    begin_revision(jottings, since=revision, now=now)
    jottings.text = text
    jottings.save()
    newly.update(is_asked=True)
    no_longer.update(is_asked=False)
    return jottings
