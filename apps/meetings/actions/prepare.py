from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from apps.meetings.models import (
    BankQuestion,
    Meeting,
    PlannedQuestion,
    PrepSheet,
    Status,
    readiness,
)
from apps.meetings.revisions import begin_revision, changed_fields
from apps.students.actions.campaign import add_accomplishment
from apps.students.models import Accomplishment


@transaction.atomic
def save_prep_sheet(
    *,
    meeting: Meeting,
    revision: int,
    details: Mapping[str, Any],
    accomplishments: Collection[Accomplishment],
    now: datetime,
    new_accomplishment: str = "",
) -> PrepSheet:
    """Write down what the student prepared. `details` are fields of PrepSheet.

    `revision` is the one that the student had before them. A new accomplishment goes into their
    library as well. Raises StaleText.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    sheet = PrepSheet.objects.filter(meeting=meeting).first()
    sheet = sheet or PrepSheet(meeting=meeting, saved_at=now)
    chosen = {row.pk for row in accomplishments}
    before = {row.pk for row in sheet.accomplishments.all()} if sheet.pk else set()
    changed = changed_fields(sheet, details)
    if not changed and chosen == before and not new_accomplishment:
        return sheet
    begin_revision(sheet, since=revision, now=now)
    if new_accomplishment:
        row = add_accomplishment(student=meeting.student, text=new_accomplishment)
        chosen.add(row.pk)
    for name in changed:
        setattr(sheet, name, details[name])
    sheet.save()
    sheet.accomplishments.set(chosen)
    _judge(meeting, now)
    return sheet


@transaction.atomic
def add_question(*, meeting: Meeting, text: str, now: datetime) -> PlannedQuestion:
    """Put a question at the end of the list, in the student's words. It stands there once."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    question = _add(meeting, text)
    _judge(meeting, now)
    return question


@transaction.atomic
def borrow_question(
    *, meeting: Meeting, bank_question: BankQuestion, now: datetime
) -> PlannedQuestion:
    """Put a question from the bank at the end of the list."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    question = _add(meeting, bank_question.text, bank_question=bank_question)
    _judge(meeting, now)
    return question


@transaction.atomic
def carry_questions_over(*, meeting: Meeting, now: datetime) -> list[PlannedQuestion]:
    """Take along everything that could not be asked in earlier conversations."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    carried = [
        _add(
            meeting,
            question.text,
            bank_question=question.bank_question,
            carried_from=question.meeting,
        )
        for question in PlannedQuestion.objects.left_over_for(meeting).select_related(
            "bank_question"
        )
    ]
    _judge(meeting, now)
    return carried


@transaction.atomic
def remove_question(*, meeting: Meeting, question: int, now: datetime) -> None:
    """Take a question off the list, by its key. Said twice, it changes nothing."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    PlannedQuestion.objects.filter(meeting=meeting, pk=question).delete()
    _judge(meeting, now)


@transaction.atomic
def move_question(*, meeting: Meeting, question: int, by: int) -> None:
    """Move a question up (-1) or down (1) among the others, as far as there is room."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    rows = list(PlannedQuestion.objects.filter(meeting=meeting).order_by("position", "pk"))
    place = next((place for place, row in enumerate(rows) if row.pk == question), None)
    if place is None:
        return
    rows.insert(min(max(place + by, 0), len(rows) - 1), rows.pop(place))
    for position, row in enumerate(rows):
        row.position = position
    PlannedQuestion.objects.bulk_update(rows, ["position"])


@transaction.atomic
def reword_question(*, meeting: Meeting, question: int, text: str, now: datetime) -> None:
    """Say a question in other words; if these stand on the list already, it goes."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    rows = PlannedQuestion.objects.filter(meeting=meeting)
    if rows.filter(text=text).exclude(pk=question).exists():
        rows.filter(pk=question).delete()
    else:
        rows.filter(pk=question).update(text=text)
    _judge(meeting, now)


def _add(meeting: Meeting, text: str, **where_from: Any) -> PlannedQuestion:
    last = PlannedQuestion.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"]
    question, _ = PlannedQuestion.objects.get_or_create(
        meeting=meeting,
        text=text,
        defaults={"position": 0 if last is None else last + 1, **where_from},
    )
    return question


def _judge(meeting: Meeting, now: datetime) -> None:
    """Write down whether the student is ready, as long as the conversation lies ahead.

    From then on it stays as it was: figures ask who was ready beforehand.
    """
    is_agreed = meeting.status == Status.SCHEDULED and now < meeting.starts_at
    if not (is_agreed or meeting.status == Status.PROPOSED):
        return
    sheet = PrepSheet.objects.filter(meeting=meeting).first()
    is_ready = readiness(sheet, PlannedQuestion.objects.filter(meeting=meeting).count()).is_ready
    if meeting.is_ready != is_ready:
        Meeting.objects.filter(pk=meeting.pk).update(is_ready=is_ready)
