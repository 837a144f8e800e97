"""The kinds of mail by which counselors speak to students."""

from apps.accounts.roles import Role
from apps.mail.kinds import Kind, register

FEEDBACK_RETURNED = "feedback_returned"
QUESTION_ANSWERED = "question_answered"
NUDGE = "nudge"

STUDENTS = frozenset({Role.STUDENT})

register(
    Kind(
        name=FEEDBACK_RETURNED,
        label="Feedback on what you handed in",
        why="You get this because you handed something in to your counselor.",
        roles=STUDENTS,
    )
)
register(
    Kind(
        name=QUESTION_ANSWERED,
        label="Answers to your questions",
        why="You get this because you asked your counselor something.",
        roles=STUDENTS,
    )
)
register(
    Kind(
        name=NUDGE,
        label="A word from your counselor",
        why="You get this because a counselor of your class thought of you.",
        roles=STUDENTS,
    )
)
