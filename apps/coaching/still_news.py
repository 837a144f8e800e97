"""What makes a mail about feedback or an answer still wanted: that it has not been seen yet."""

from apps.coaching.kinds import FEEDBACK_RETURNED, QUESTION_ANSWERED
from apps.coaching.models import Question, Submission
from apps.mail.conditions import still_wanted
from apps.mail.models import OutgoingEmail


@still_wanted(FEEDBACK_RETURNED)
def is_feedback_unseen(email: OutgoingEmail) -> bool:
    _, _, pk = email.subject_ref.partition(":")
    return Submission.objects.filter(
        pk=pk, returned_at__isnull=False, seen_at__isnull=True
    ).exists()


@still_wanted(QUESTION_ANSWERED)
def is_answer_unseen(email: OutgoingEmail) -> bool:
    _, _, pk = email.subject_ref.partition(":")
    return Question.objects.filter(pk=pk, answered_at__isnull=False, seen_at__isnull=True).exists()
