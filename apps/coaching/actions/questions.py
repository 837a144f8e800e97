from datetime import datetime

import structlog
from django.db import transaction

from apps.accounts.models import User
from apps.coaching.messages import tell_of_answer
from apps.coaching.models import Question
from apps.students.models import Cohort, Student

log = structlog.get_logger(__name__)


class AnsweredAlready(Exception):
    """A colleague has answered meanwhile; `question` holds what they said."""

    def __init__(self, question: Question) -> None:
        super().__init__("A colleague has answered this meanwhile.")
        self.question = question


@transaction.atomic
def ask(
    *, student: Student, cohort: Cohort, text: str, page: str = "", about: str = "", now: datetime
) -> Question:
    """Ask the counselors of a class. The same words asked twice in a row are one question."""
    Student.objects.select_for_update(no_key=True).get(pk=student.pk)
    same = Question.objects.waiting().filter(student=student, cohort=cohort, text=text).first()
    if same:
        return same
    question = Question.objects.create(
        student=student, cohort=cohort, text=text, page=page, about=about, asked_at=now
    )
    log.info("question asked", question=question.pk, cohort=cohort.pk)
    return question


@transaction.atomic
def answer(*, question: Question, text: str, by: User, now: datetime) -> Question:
    """Answer a question, once. Raises AnsweredAlready."""
    # Without joins: what they bring is as old as the statement, which may have waited for the row.
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.answered_at is not None:
        raise AnsweredAlready(question)
    question.answer, question.answered_by, question.answered_at = text, by, now
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    tell_of_answer(question, now=now)
    log.info("question answered", question=question.pk, by=by.pk)
    return question


def see_answer(*, question: Question, now: datetime) -> None:
    """Note that the student has read the answer. The first time counts."""
    Question.objects.filter(pk=question.pk, answered_at__isnull=False, seen_at__isnull=True).update(
        seen_at=now
    )
