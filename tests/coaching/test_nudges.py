from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.coaching.actions.nudges import queue_nudges
from apps.coaching.first_steps import first_steps
from apps.coaching.models import Nudge, NudgeTemplate
from apps.coaching.nudging import letters
from apps.mail.conditions import is_still_wanted
from apps.mail.message import compose
from apps.mail.models import OutgoingEmail
from apps.students.models import Cohort, Enrolment, Student
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY, ago
from tests.coaching.factories import (
    NudgeTemplateFactory,
    QuestionFactory,
    ResourceFactory,
    SubmissionFactory,
)
from tests.contacts.factories import ContactFactory, ResearchFactory, make_a_beginning
from tests.mail.factories import OutgoingEmailFactory, RefusalFactory, SuppressionFactory
from tests.meetings.factories import (
    CommitmentFactory,
    DebriefFactory,
    MeetingFactory,
    PrepSheetFactory,
    StoryFactory,
)
from tests.outreach.factories import AttemptFactory, DraftFactory, TouchFactory
from tests.reminders.factories import PreferenceFactory
from tests.students.factories import CampaignFactory, EnrolmentFactory, StudentFactory

pytestmark = pytest.mark.django_db

ONE_HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _frozen(now: datetime) -> None:
    """All of it happens at NOW."""


def url(cohort: Cohort) -> str:
    return f"/classes/{cohort.pk}/nudge/"


def send(cohort: Cohort, students: list[Student], *, by: User, now: datetime = NOW) -> list[str]:
    """Queue a nudge to them; return why some get none."""
    _, others = queue_nudges(
        cohort=cohort,
        students=students,
        subject="A word",
        body="Hi {first_name}",
        steps={},
        by=by,
        now=now,
    )
    return [letter.hindrance for letter in others]


def test_shows_how_each_will_read_it(
    counselor_client: Client, counselor: User, cohort: Cohort, ana: Student
) -> None:
    account = StudentFactory(with_account=True)
    other = EnrolmentFactory(cohort=cohort, student=account, enrolled_on=TODAY).student
    make_a_beginning(other)  # on their first day, so there is nothing open
    met = MeetingFactory(student=ana, held=True, starts_at=ago(hours=3)).contact
    template = NudgeTemplateFactory()
    chosen = {"student": [ana.pk, other.pk], "template": template.pk}
    page = counselor_client.get(url(cohort), chosen).content.decode()
    assert f"One small step, {ana.given_name}" in page
    assert "How about this: send a thank-you?" in page
    assert "How about this: write to one person you are curious about?" in page
    assert counselor.name in page
    assert met.name not in page
    words = {"subject": "Hi from {class}", "body": "{first_name} & co"}
    page = counselor_client.post(url(cohort), {**chosen, **words}).content.decode()
    assert f"Hi from {cohort.name}" in page
    assert f"{other.given_name} &amp; co" in page
    assert not OutgoingEmail.objects.exists()


def test_asks_whom_it_is_for_where_nobody_is_chosen(
    counselor_client: Client, cohort: Cohort, ana: Student
) -> None:
    gone = EnrolmentFactory(cohort=cohort, withdrawn_on=date(2025, 10, 1)).student
    page = counselor_client.get(url(cohort)).content.decode()
    assert ana.name in page
    assert gone.name not in page
    assert "After a good start</option>" in page
    assert "A first note that gets a yes</option>" in page


def test_knows_no_student_of_another_class(
    counselor_client: Client, cohort: Cohort, ben: Student
) -> None:
    assert counselor_client.get(url(cohort), {"student": ben.pk}).status_code == 404


@pytest.mark.parametrize("words", [{"body": "Dear {name}"}, {"subject": "{}"}, {"body": " "}])
def test_sends_nothing_that_nobody_would_fill_in(
    counselor_client: Client, cohort: Cohort, ana: Student, words: dict[str, str]
) -> None:
    asked = {"student": ana.pk, "subject": "A word", "body": "Hi", "do": "send", **words}
    assert counselor_client.post(url(cohort), asked).status_code == 200
    assert not OutgoingEmail.objects.exists()


def test_queues_a_mail_that_is_answered_to_the_counselor(
    counselor_client: Client, counselor: User, cohort: Cohort, ana: Student
) -> None:
    resource = ResourceFactory(title="Five <names>")
    asked = {"student": ana.pk, "resource": resource.pk, "do": "send"}
    words = {"subject": "For {first_name}", "body": "One <b>line</b>\r\n\r\nand {next_step}"}
    response = counselor_client.post(url(cohort), {**asked, **words}, follow=True)
    assert f"A nudge to {ana.name} is on its way" in response.content.decode()
    nudge = Nudge.objects.get()
    assert (nudge.student, nudge.cohort, nudge.by, nudge.queued_at) == (ana, cohort, counselor, NOW)
    email = nudge.mail
    assert email
    assert (email.kind, email.recipient, email.subject) == (
        "nudge",
        ana.user,
        f"For {ana.given_name}",
    )
    assert f"/resources/{resource.pk}/" in email.text_body
    assert "One <b>line</b>\n\nand make a beginning" in email.text_body
    assert "One &lt;b&gt;line&lt;/b&gt;" in email.html_body
    assert "Five &lt;names&gt;" in email.html_body
    message = message_from_bytes(compose(email))
    assert message["Reply-To"] == counselor.email
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


HINDRANCES: list[tuple[str, Callable[[Student], Any]]] = [
    (
        "Is not in the class at present.",
        lambda student: Enrolment.objects.filter(student=student).update(withdrawn_on=TODAY),
    ),
    (
        "Has no account to which mail goes.",
        lambda student: Student.objects.filter(pk=student.pk).update(user=None),
    ),
    (
        "Has no account to which mail goes.",
        lambda student: User.objects.filter(pk=student.user_id).update(is_active=False),
    ),
    (
        "Mail to their address has come back.",
        lambda student: SuppressionFactory(address=student.user.email),
    ),
    (
        "Does not want mail of this kind.",
        lambda student: RefusalFactory(user=student.user, kind="nudge"),
    ),
    (
        "Has as many mails this week as they want.",
        lambda student: [
            PreferenceFactory(user=student.user, weekly_cap=1),
            OutgoingEmailFactory(recipient=student.user, sent=True, due_at=ago(days=6)),
        ],
    ),
]


@pytest.mark.parametrize(("words", "hinder"), HINDRANCES)
def test_says_who_gets_none_and_why(
    counselor_client: Client,
    cohort: Cohort,
    ana: Student,
    words: str,
    hinder: Callable[[Student], Any],
) -> None:
    hinder(ana)
    asked = {"student": ana.pk, "subject": "A word", "body": "Hi"}
    assert words in counselor_client.post(url(cohort), asked).content.decode()
    counselor_client.post(url(cohort), {**asked, "do": "send"})
    assert not Nudge.objects.exists()


def test_sends_one_a_day_whichever_counselor_writes(cohort: Cohort, ana: Student) -> None:
    counselors = [UserFactory(counselor=True) for _ in range(3)]
    answers = [send(cohort, [ana], by=each) for each in counselors]
    assert answers == [[], *[["Has a nudge today already."]] * 2]
    assert send(cohort, [ana], by=counselors[1], now=NOW + timedelta(days=1)) == []
    assert Nudge.objects.count() == 2


def test_leaves_by_day_where_the_student_is(cohort: Cohort, counselor: User, ana: Student) -> None:
    User.objects.filter(pk=ana.user_id).update(time_zone="Asia/Tokyo")  # it is midnight there
    ana.user.refresh_from_db()
    send(cohort, [ana], by=counselor)
    assert OutgoingEmail.objects.get().due_at == datetime(2025, 10, 15, 23, tzinfo=UTC)


def test_asks_as_often_for_a_whole_class(
    cohort: Cohort, counselor: User, django_assert_num_queries: Any
) -> None:
    students = [
        EnrolmentFactory(cohort=cohort, student=StudentFactory(with_account=True)).student
        for _ in range(12)
    ]
    loaded = list(Student.objects.select_related("user"))
    assert len(loaded) == len(students)
    for group in (loaded[:2], loaded):
        with django_assert_num_queries(8):
            letters(
                cohort,
                group,
                subject="A",
                body="B",
                steps=first_steps(group, NOW),
                by=counselor,
                now=NOW,
            )


ACTS: dict[str, Callable[[Student, datetime], Any]] = {
    "contact": lambda s, at: ContactFactory(student=s, created_at=at),
    "note sent": lambda s, at: AttemptFactory(student=s, sent_at=at),
    "note logged": lambda s, at: AttemptFactory(student=s, sent_at=ago(days=9), created_at=at),
    "reply": lambda s, at: AttemptFactory(
        student=s, sent_at=ago(days=9), replied_at=at, reply="yes"
    ),
    "draft": lambda s, at: DraftFactory(student=s, saved_at=at),
    "touch": lambda s, at: TouchFactory(student=s, happened_at=at),
    "meeting": lambda s, at: MeetingFactory(student=s, created_at=at),
    "thank-you": lambda s, at: MeetingFactory(student=s, held=True, thank_you_sent_at=at),
    "preparation": lambda s, at: PrepSheetFactory(meeting__student=s, saved_at=at),
    "debrief": lambda s, at: DebriefFactory(
        meeting__student=s, meeting__held=True, saved_at=at, completed_at=at
    ),
    "promise kept": lambda s, at: CommitmentFactory(
        meeting__student=s, meeting__held=True, done_at=at
    ),
    "story": lambda s, at: StoryFactory(student=s, created_at=at),
    "campaign": lambda s, at: CampaignFactory(student=s, saved_at=at),
    "submission": lambda s, at: SubmissionFactory(student=s, handed_in_at=at),
    "question": lambda s, at: QuestionFactory(student=s, asked_at=at),
    "research": lambda s, at: ResearchFactory(contact__student=s, created_at=at),
}


@pytest.mark.parametrize("act", ACTS)
def test_drops_it_for_whoever_acts_before_it_leaves(
    act: str, cohort: Cohort, counselor: User, ana: Student, ben: Student
) -> None:
    ACTS[act](ana, NOW - ONE_HOUR)
    send(cohort, [ana], by=counselor)
    email = OutgoingEmail.objects.get()
    with time_machine.travel(NOW + 2 * ONE_HOUR, tick=False):
        assert is_still_wanted(email)
        ACTS[act](ben, NOW + ONE_HOUR)
        assert is_still_wanted(email)
    if act == "campaign":
        ana.campaign.delete()
    ACTS[act](ana, NOW + ONE_HOUR)
    with time_machine.travel(NOW + 2 * ONE_HOUR, tick=False):
        assert not is_still_wanted(email)


def test_takes_rows_of_a_workbook_for_nobodys_act(
    cohort: Cohort, counselor: User, ana: Student
) -> None:
    send(cohort, [ana], by=counselor)
    ContactFactory(student=ana, external_id="C1", created_at=NOW + ONE_HOUR)
    with time_machine.travel(NOW + 2 * ONE_HOUR, tick=False):
        assert is_still_wanted(OutgoingEmail.objects.get())


def test_drops_it_for_whoever_leaves_the_class(
    cohort: Cohort, counselor: User, ana: Student
) -> None:
    send(cohort, [ana], by=counselor)
    Enrolment.objects.filter(student=ana).update(withdrawn_on=TODAY)
    assert not is_still_wanted(OutgoingEmail.objects.get())


def test_drops_a_mail_of_the_kind_that_is_no_nudge(ana: Student) -> None:
    assert not is_still_wanted(OutgoingEmailFactory(kind="nudge", recipient=ana.user))


def test_keeps_templates(counselor_client: Client) -> None:
    words = {"name": "Before the break", "subject": "A week off", "body": "Rest, {first_name}."}
    counselor_client.post("/nudges/templates/new/", {**words, "body": "{nobody}"})
    assert not NudgeTemplate.objects.filter(name=words["name"]).exists()
    counselor_client.post("/nudges/templates/new/", words)
    row = NudgeTemplate.objects.get(name=words["name"])
    counselor_client.post(f"/nudges/templates/{row.pk}/", {**words, "subject": "Rest well"})
    counselor_client.post(f"/nudges/templates/{row.pk}/retire/")
    row.refresh_from_db()
    assert (row.subject, row.is_retired) == ("Rest well", True)
    assert "Laid aside" in counselor_client.get("/nudges/templates/").content.decode()
    counselor_client.post(f"/nudges/templates/{row.pk}/retire/", {"again": "1"})
    row.refresh_from_db()
    assert not row.is_retired


def test_begins_with_four_templates(counselor_client: Client) -> None:
    page = counselor_client.get("/nudges/templates/").content.decode()
    for name in ("Nobody on the list yet", "Notes without an answer", "After a good start"):
        assert name in page
    assert NudgeTemplate.objects.count() == 4
