"""What every kind of mail looks like, on a phone and in a pane of a desk, by day and by night."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Page

from apps.accounts.models import User
from apps.coaching.actions.nudges import queue_nudges
from apps.coaching.kinds import FEEDBACK_RETURNED, NUDGE, QUESTION_ANSWERED
from apps.coaching.messages import tell_of_answer, tell_of_feedback
from apps.mail.actions import queue_many
from apps.mail.adapter import AccountAdapter
from apps.mail.kinds import all_kinds
from apps.mail.models import SIGN_IN, OutgoingEmail
from apps.metrics.kinds import REPORT_READY
from apps.metrics.messages import tell_of_closed_term
from apps.outcomes.kinds import CLOSE_OUT
from apps.outcomes.messages import close_out, close_out_keys
from apps.reminders.kinds import (
    CLASS_DIGEST,
    MEETING_IN_TWO_HOURS,
    MEETING_TOMORROW,
    STUDENT_DIGEST,
    URGENT_TODAY,
)
from apps.reminders.lists import class_list
from apps.reminders.messages import LISTED, Turn, about_meeting, list_of_the_day
from apps.reminders.models import Preference
from apps.students.actions.invitations import invite_students
from apps.students.kinds import INVITATION
from apps.students.next_steps import NextStep, StepKind
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY, ago, ahead
from tests.coaching.factories import QuestionFactory, ResourceFactory, SubmissionFactory
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, StudentFactory, TermFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]

Look = Callable[[Page, str], None]

ABOUT_NOBODY = {
    StepKind.READ_FEEDBACK: "debrief",
    StepKind.READ_ANSWER: "",
    StepKind.SET_UP_CAMPAIGN: "purpose",
    StepKind.KEEP_PACE: "2",
    StepKind.CONFIRM_OFFER: "",
    StepKind.CLOSE_OUT: "Fall 2025",
}
DETAILS = {
    StepKind.KEEP_PROMISE: "Send the survey of the harbor",
    StepKind.ASK_ABOUT_PROMISE: "Ask the plant manager",
    StepKind.WRITE_TO_REFERRAL: "Dana Whitfield",
    **ABOUT_NOBODY,
}


def ana() -> User:
    return StudentFactory(user=UserFactory(student=True, given_name="Ana")).user


def step(kind: StepKind, number: int) -> NextStep:
    is_own = kind in ABOUT_NOBODY
    return NextStep(
        kind=kind,
        student=1,
        subject=number,
        contact=None if is_own else number,
        contact_name="" if is_own else "Marcus Bell",
        organization="Larkspur Health",
        happened_at=ago(days=9),
        due_at=NOW + timedelta(days=number - 3, hours=4),
        detail=DETAILS.get(kind, ""),
    )


def steps() -> list[NextStep]:
    return [step(kind, number) for number, kind in enumerate(StepKind, start=1)]


def talk(kind: str) -> None:
    contact = ContactFactory(
        student=ana().student, name="Marcus Bell", organization="Larkspur Health"
    )
    meeting = MeetingFactory(contact=contact, starts_at=ahead(days=1), place="12 Quay Street")
    about_meeting(kind, meeting, Preference.of(meeting.student.user).rhythm, now=NOW)


def the_list(kind: str, user: User, items: list) -> None:
    turn = Turn(kind, user.pk, TODAY)
    draft = list_of_the_day(turn, user, items, [], Preference.of(user).rhythm, now=NOW)
    assert draft is not None
    queue_many(drafts=[draft])


def class_digest() -> None:
    user = UserFactory(counselor=True, given_name="Ruth")
    for term in ("Fall 2025", "Fall 2025, evening"):
        cohort = CohortFactory(term=TermFactory(name=term), counselors=[user])
        EnrolmentFactory.create_batch(2, cohort=cohort)
        EnrolmentFactory(cohort=cohort, enrolled_on=TODAY)
    the_list(CLASS_DIGEST, user, class_list(user, NOW))


def invitation() -> None:
    cohort = EnrolmentFactory(student__given_name="Ana").cohort
    invite_students(cohort=cohort, only=None, by=UserFactory(counselor=True), now=NOW)


def nudge() -> None:
    student = ana().student
    cohort = EnrolmentFactory(student=student, cohort__name="Tuesday evening").cohort
    queue_nudges(
        cohort=cohort,
        students=[student],
        subject="One small step, {first_name}",
        body="How about this: {next_step}?\n\nCome by if you like.\n\n{counselor}",
        steps={student.pk: "write down what you learned"},
        resource=ResourceFactory(title="Whom you know already"),
        by=UserFactory(counselor=True, given_name="Ruth"),
        now=NOW,
    )


def feedback() -> None:
    row = SubmissionFactory(student=ana().student, returned=True, is_to_be_revised=True)
    tell_of_feedback(row, now=NOW)


def answer() -> None:
    tell_of_answer(QuestionFactory(student=ana().student, answered=True), now=NOW)


def closed_term() -> None:
    user = UserFactory(administrator=True)
    tell_of_closed_term(TermFactory(name="Spring 2025"), user, now=NOW)


def last_question() -> None:
    place = EnrolmentFactory(student=ana().student, cohort__term__name="Fall 2025")
    queue_many(drafts=[close_out(place, close_out_keys(place)[-1], now=NOW)])


def sign_in(event: str, user: User | None) -> None:
    link = f"{settings.SITE_URL}/accounts/password/reset/key/4k-cz1t0e-3f0a7b3f5d0e2d3b0a0f8c9b/"
    words = {"user": user, "password_reset_url": link}
    AccountAdapter().send_mail(f"account/email/{event}", "somebody@campus.example", words)


MAILS: dict[tuple[str, str], Callable[[], None]] = {
    (MEETING_TOMORROW, ""): lambda: talk(MEETING_TOMORROW),
    (MEETING_IN_TWO_HOURS, ""): lambda: talk(MEETING_IN_TWO_HOURS),
    (STUDENT_DIGEST, ""): lambda: the_list(STUDENT_DIGEST, ana(), steps()),
    (STUDENT_DIGEST, "rest"): lambda: the_list(STUDENT_DIGEST, ana(), steps()[LISTED:]),
    (URGENT_TODAY, ""): lambda: the_list(URGENT_TODAY, ana(), [step(StepKind.KEEP_PROMISE, 5)]),
    (CLASS_DIGEST, ""): class_digest,
    (INVITATION, ""): invitation,
    (NUDGE, ""): nudge,
    (FEEDBACK_RETURNED, ""): feedback,
    (QUESTION_ANSWERED, ""): answer,
    (REPORT_READY, ""): closed_term,
    (CLOSE_OUT, ""): last_question,
    (SIGN_IN, "reset"): lambda: sign_in("password_reset_key", ana()),
    (SIGN_IN, "unknown"): lambda: sign_in("unknown_account", None),
    (SIGN_IN, "changed"): lambda: sign_in("password_changed", ana()),
}


def test_every_kind_is_looked_at() -> None:
    assert {kind for kind, _ in MAILS} == {kind.name for kind in all_kinds()}


@pytest.mark.parametrize("width", [390, 680])
@pytest.mark.parametrize("mail", MAILS, ids="-".join)
def test_it_is_readable(
    open_page: Callable[[int], Page], look: Look, mail: tuple[str, str], width: int
) -> None:
    MAILS[mail]()
    email = OutgoingEmail.objects.get()
    page = open_page(width)
    page.set_content(email.html_body)
    name = "-".join(part for part in ("mail", *mail) if part)
    look(page, name)
    assert page.locator("img, script, link, [style]").count() == 0
    page.set_content("<!doctype html><html lang=en><title>Text</title><main><h1>Text</h1><pre>")
    page.locator("pre").evaluate("(pre, words) => { pre.textContent = words }", email.text_body)
    page.add_style_tag(content="pre { white-space: pre-wrap; overflow-wrap: anywhere }")
    page.screenshot(path=f"var/screenshots/{name}-text-{width}.png", full_page=True)
