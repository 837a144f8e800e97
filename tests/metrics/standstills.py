"""Students who have come to a standstill, each of one kind, and what sets each going again."""

from collections.abc import Callable
from datetime import timedelta

from apps.coaching.models import Question, Submission
from apps.meetings.models import Meeting
from apps.metrics.attention import Flag
from apps.outreach.models import Reply
from apps.students.models import Campaign, Cohort, Student
from tests.clock import NOW, TODAY, ago, ahead
from tests.coaching.factories import QuestionFactory, SubmissionFactory
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import DebriefFactory, MeetingFactory
from tests.outreach.factories import AttemptFactory
from tests.students.factories import CampaignFactory

Change = Callable[[Student, Cohort], object]


def list_people(student: Student, number: int, days: int = 20) -> None:
    ContactFactory.create_batch(number, student=student, listed_on=TODAY - timedelta(days=days))


def write_to(student: Student, number: int, days: int, **fields: object) -> None:
    for place in range(number):
        contact = ContactFactory(student=student, listed_on=TODAY - timedelta(days=days + 2))
        AttemptFactory(contact=contact, sent_at=ago(days=days, hours=place), **fields)


def meet(student: Student, days: int, **fields: object) -> Meeting:
    """Hold a conversation so many days ago, with nothing left to do about it."""
    begun = ago(days=days)
    fields = {"thank_you_sent_at": begun + timedelta(hours=4), **fields}
    meeting: Meeting = MeetingFactory(student=student, held=True, starts_at=begun, **fields)
    DebriefFactory(meeting=meeting, saved_at=begun + timedelta(hours=5))
    contact = meeting.contact
    contact.listed_on = begun.date() - timedelta(days=9)
    contact.save()
    return meeting


def nothing(student: Student, cohort: Cohort) -> None:
    CampaignFactory(student=student)


def no_purpose(student: Student, cohort: Cohort) -> None:
    list_people(student, 2, days=4)


def nobody_asked(student: Student, cohort: Cohort) -> None:
    CampaignFactory(student=student)
    list_people(student, 8)


def not_followed_up(student: Student, cohort: Cohort) -> None:
    CampaignFactory(student=student)
    write_to(student, 5, days=13)
    list_people(student, 1, days=2)


def no_appointment(student: Student, cohort: Cohort) -> None:
    CampaignFactory(student=student)
    write_to(student, 7, days=16)
    write_to(student, 4, days=3, reply=Reply.NO, replied_at=ago(days=2))


def stopped(student: Student, cohort: Cohort) -> None:
    CampaignFactory(student=student)
    for days in (30, 22, 16):
        meet(student, days)


def went_quiet(student: Student, cohort: Cohort) -> None:
    CampaignFactory(student=student)
    write_to(student, 2, days=27)
    meet(student, 24)


def thanks_overdue(student: Student, cohort: Cohort) -> None:
    CampaignFactory(student=student)
    for days in (9, 6, 3):
        meet(student, days, thank_you_sent_at=None)
    meet(student, 5)


def question(student: Student, cohort: Cohort) -> None:
    lively(student)
    QuestionFactory(student=student, cohort=cohort, asked_at=ago(days=2))


def debrief(student: Student, cohort: Cohort) -> None:
    lively(student)
    SubmissionFactory(student=student, handed_in_at=ago(days=4))


def lively(student: Student) -> None:
    CampaignFactory(student=student)
    list_people(student, 6)
    meet(student, 4)


def thank_one(student: Student, cohort: Cohort) -> None:
    open_thanks = Meeting.objects.unthanked().filter(student=student).order_by("starts_at")
    meeting = open_thanks[0]
    meeting.thank_you_sent_at = NOW
    meeting.save()


def get_a_reply(student: Student, cohort: Cohort) -> None:
    note = student.attempts.order_by("pk")[0]
    note.reply, note.replied_at = Reply.NO, ago(hours=1)
    note.save()


def agree_on_a_time(student: Student, cohort: Cohort) -> None:
    MeetingFactory(contact=student.contacts.order_by("pk")[0], starts_at=ahead(days=3))


def agree_elsewhere(student: Student, cohort: Cohort) -> None:
    MeetingFactory(student=student, starts_at=ahead(days=3))


def write_once(student: Student, cohort: Cohort) -> None:
    write_to(student, 1, days=0)


def set_purpose(student: Student, cohort: Cohort) -> None:
    Campaign.objects.create(student=student, purpose="How a museum plans its year.")


def answer(student: Student, cohort: Cohort) -> None:
    Question.objects.filter(student=student).update(answer="Ask her.", answered_at=NOW)


def return_it(student: Student, cohort: Cohort) -> None:
    Submission.objects.filter(student=student).update(read_at=NOW, returned_at=NOW)


def take_it_back(student: Student, cohort: Cohort) -> None:
    Submission.objects.filter(student=student).update(withdrawn_at=NOW)


def list_one(student: Student, cohort: Cohort) -> None:
    list_people(student, 1, days=0)


def list_more(student: Student, cohort: Cohort) -> None:
    list_people(student, 3, days=0)


def follow_up(student: Student, cohort: Cohort) -> None:
    AttemptFactory(contact=student.attempts.order_by("pk")[0].contact, sent_at=ago(hours=2))


KINDS = {
    Flag.NOBODY_LISTED: nothing,
    Flag.STOPPED: stopped,
    Flag.WENT_QUIET: went_quiet,
    Flag.THANKS_OVERDUE: thanks_overdue,
    Flag.NO_PURPOSE: no_purpose,
    Flag.NOBODY_ASKED: nobody_asked,
    Flag.NOT_FOLLOWED_UP: not_followed_up,
    Flag.NO_APPOINTMENT: no_appointment,
    Flag.QUESTION_WAITS: question,
    Flag.FEEDBACK_WAITS: debrief,
}
CURES: dict[Flag, list[Change]] = {
    Flag.NOBODY_LISTED: [list_one, agree_elsewhere],
    Flag.STOPPED: [write_once, agree_on_a_time, list_one],
    Flag.WENT_QUIET: [write_once, agree_on_a_time],
    Flag.THANKS_OVERDUE: [thank_one],
    Flag.NO_PURPOSE: [set_purpose, list_more, agree_elsewhere],
    Flag.NOBODY_ASKED: [write_once, list_one, agree_elsewhere],
    Flag.NOT_FOLLOWED_UP: [get_a_reply, follow_up, agree_on_a_time],
    Flag.NO_APPOINTMENT: [agree_on_a_time],
    Flag.QUESTION_WAITS: [answer],
    Flag.FEEDBACK_WAITS: [return_it, take_it_back],
}
