"""The kinds of mail by which this app reminds people, and who can get them."""

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.mail.kinds import Kind, all_kinds, register

MEETING_TOMORROW = "meeting_tomorrow"
MEETING_IN_TWO_HOURS = "meeting_in_two_hours"
STUDENT_DIGEST = "student_digest"
URGENT_TODAY = "urgent_today"
CLASS_DIGEST = "class_digest"

STUDENTS = frozenset({Role.STUDENT})
COUNSELORS = frozenset({Role.COUNSELOR})


def kinds_for(user: User) -> list[Kind]:
    """Return the kinds that the person can get and can refuse, whoever sends them."""
    return [
        kind
        for kind in all_kinds()
        if not kind.is_essential and (not kind.roles or kind.roles & set(user.roles))
    ]


for name, label, why, roles in (
    (
        MEETING_TOMORROW,
        "Conversation tomorrow",
        "You get this because a conversation stands in your CareerHub calendar.",
        STUDENTS,
    ),
    (
        MEETING_IN_TWO_HOURS,
        "Conversation in two hours",
        "You get this because a conversation stands in your CareerHub calendar.",
        STUDENTS,
    ),
    (
        STUDENT_DIGEST,
        "Your next steps",
        "You get this because you keep your conversations in CareerHub.",
        STUDENTS,
    ),
    (
        URGENT_TODAY,
        "Something due today",
        "You get this because something you set out to do is due before your next list.",
        STUDENTS,
    ),
    (
        CLASS_DIGEST,
        "Your classes, once a week",
        "You get this because you look after a class in CareerHub.",
        COUNSELORS,
    ),
):
    about_a_talk = name in (MEETING_TOMORROW, MEETING_IN_TWO_HOURS)  # somebody waits for them
    register(Kind(name=name, label=label, why=why, always_comes=about_a_talk, roles=roles))
