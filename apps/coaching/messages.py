from datetime import datetime, timedelta

from apps.coaching.kinds import FEEDBACK_RETURNED, QUESTION_ANSWERED
from apps.coaching.models import Question, Submission
from apps.mail import actions as mail
from apps.mail.models import OutgoingEmail

STILL_NEWS = timedelta(days=3)


def tell_of_feedback(submission: Submission, *, now: datetime) -> OutgoingEmail | None:
    """Queue "something came back". It names nobody who was met; mail is kept longer than that."""
    if submission.student.user is None:
        return None
    return mail.queue(
        kind=FEEDBACK_RETURNED,
        to=submission.student.user,
        template="coaching/emails/feedback_returned",
        context={"submission": submission},
        occurrence_key=f"{FEEDBACK_RETURNED}:{submission.pk}",
        due_at=now,
        expires_at=now + STILL_NEWS,
        subject_ref=f"submission:{submission.pk}",
    )


def tell_of_answer(question: Question, *, now: datetime) -> OutgoingEmail | None:
    """Queue "your question is answered"."""
    if question.student.user is None:
        return None
    return mail.queue(
        kind=QUESTION_ANSWERED,
        to=question.student.user,
        template="coaching/emails/question_answered",
        context={"question": question},
        occurrence_key=f"{QUESTION_ANSWERED}:{question.pk}",
        due_at=now,
        expires_at=now + STILL_NEWS,
        subject_ref=f"question:{question.pk}",
    )
