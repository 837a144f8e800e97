"""When a student did something here: wrote a row of theirs, or changed one.

What happened elsewhere and was written down later counts at both moments. Rows that came with a
workbook are nobody's act.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from apps.coaching.models import Question, Submission
from apps.contacts.models import Contact, Research
from apps.meetings.models import Commitment, Debrief, Jottings, Meeting, PrepSheet, Story
from apps.outreach.models import Attempt, ContactLink, Draft, Touch
from apps.students.models import Accomplishment, Campaign, Student

OWN_ROWS: list[tuple[QuerySet[Any], str, tuple[str, ...]]] = [
    (Campaign.objects.all(), "student", ("saved_at",)),
    (Accomplishment.objects.all(), "student", ("created_at",)),
    (Contact.objects.filter(external_id=""), "student", ("created_at",)),
    (Research.objects.all(), "student", ("created_at",)),
    (Draft.objects.all(), "student", ("saved_at",)),
    (Attempt.objects.all(), "student", ("created_at", "sent_at")),
    (Touch.objects.all(), "student", ("created_at", "happened_at")),
    (ContactLink.objects.all(), "student", ("created_at",)),
    (Meeting.objects.filter(external_id=""), "student", ("created_at", "changed_at")),
    (Meeting.objects.all(), "student", ("thank_you_sent_at",)),
    (PrepSheet.objects.all(), "meeting__student", ("saved_at",)),
    (Jottings.objects.all(), "meeting__student", ("saved_at",)),
    (Debrief.objects.all(), "meeting__student", ("saved_at",)),
    (Commitment.objects.all(), "meeting__student", ("done_at",)),
    (Story.objects.all(), "student", ("created_at",)),
    (Submission.objects.all(), "student", ("handed_in_at",)),
    (Question.objects.all(), "student", ("asked_at",)),
]


def acts(students: Iterable[int], since: datetime, until: datetime) -> list[tuple[int, datetime]]:
    """Return (student, moment) of all they did after `since`, up to `until`, in one query."""
    first, *others = _parts(list(students), since, until)
    return list(first.union(*others, all=True))


def has_acted(student: Student, since: datetime, now: datetime) -> bool:
    """Return whether the student did anything since, or somebody's reply was written down."""
    first, *others = _parts([student.pk], since, now)
    replies = Attempt.objects.filter(student=student, replied_at__gt=since)
    return replies.exists() or first.union(*others, all=True).exists()


def _parts(
    students: list[int], since: datetime, until: datetime
) -> Iterator[QuerySet[Any, tuple[int, datetime]]]:
    for rows, student, moments in OWN_ROWS:
        for moment in moments:
            within = {f"{moment}__gt": since, f"{moment}__lte": until}
            found = rows.filter(**within, **{f"{student}__in": students}).order_by()
            yield found.values_list(F(f"{student}_id"), F(moment))
