"""What the demo student wrote, whom they keep in touch with, and how their class follows up."""

from datetime import date, datetime, timedelta

from apps.exchange.demo.calendar import running_term
from apps.outreach.actions.cadence import set_tag_cadence
from apps.outreach.actions.touches import log_touch
from apps.outreach.models import Attempt, Channel, Reply, TouchKind
from apps.students.models import Cohort, FollowUpPolicy, Holiday, Student

NOTES = {
    "Priya Anand": [
        "Hi Priya,",
        "I read your piece on robots that ask before they act, and the pause before the second "
        "question stayed with me.",
        "This spring I surveyed 214 café guests on campus, and two names on the menu changed "
        "because of it. I do not know yet whether product work is the right fit, so I would value "
        "an insider’s view.",
        "Would 20 minutes by phone or video be possible next week? I am happy to fit your "
        "schedule.",
        "Amara Okafor",
    ],
    "Georgi Petrov": [
        "Hi Georgi,",
        "Your talk about the night shift at the quay made me curious how a harbor plans for what "
        "it cannot know.",
        "I am not looking for a job; I would like to understand the work. Could I ask you a few "
        "questions by phone, for 15 minutes? Would Tuesday or Thursday suit you?",
        "Amara Okafor",
    ],
}
NEWS = [
    "Hi Ida,",
    "Since we last talked I have met a curator and two analysts. Your advice to listen twice "
    "still helps.",
    "Amara",
]


def tell_about_letters(student: Student, *, now: datetime) -> None:
    """Give some notes their words, name a day for a "later", and keep in touch with the media."""
    today = student.today(now)
    for name, paragraphs in NOTES.items():
        Attempt.objects.filter(contact__student=student, contact__name=name).update(
            text=_letter(paragraphs)
        )
    Attempt.objects.filter(contact__student=student, reply=Reply.LATER).update(ask_again_on=today)
    set_tag_cadence(student=student, tag="media", days=30)
    log_touch(
        contact=student.contacts.get(name="Ida Lindqvist"),
        kind=TouchKind.UPDATE,
        channel=Channel.EMAIL,
        happened_at=now - timedelta(days=20),
        text=_letter(NEWS),
    )


def set_how_classes_follow_up(*, today: date) -> None:
    """Let the three classes under way follow up by three policies, around one day off."""
    term = running_term(today)
    cohorts = Cohort.objects.filter(term__code=term.code).order_by("name")
    for cohort, policy in zip(cohorts, FollowUpPolicy, strict=False):
        cohort.follow_up_policy = policy
        cohort.save(update_fields=["follow_up_policy"])
    Holiday.objects.get_or_create(
        day=term.starts_on + timedelta(days=42), defaults={"name": "Founders’ Day"}
    )


def _letter(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs)
