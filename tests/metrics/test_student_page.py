"""One student's record: opened with a reason that the student reads, showing what is shared."""

from datetime import timedelta

import pytest
import time_machine

from apps.students.models import Reason, RecordVisit
from tests.accounts.factories import UserFactory
from tests.clock import NOW, ago
from tests.coaching.factories import NoteFactory, NudgeFactory, SubmissionFactory
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import (
    CommitmentFactory,
    FindingFactory,
    JottingsFactory,
    MeetingFactory,
    StoryFactory,
)
from tests.metrics.standstills import meet
from tests.outcomes.factories import OfferFactory
from tests.outreach.factories import AttemptFactory, DraftFactory, TouchFactory
from tests.students.factories import EnrolmentFactory, RecordVisitFactory

pytestmark = pytest.mark.django_db


def url(cohort, student):
    return f"/classes/{cohort.pk}/students/{student.pk}/"


@pytest.fixture
def opened(ana, counselor):
    return RecordVisitFactory(student=ana, viewer=counselor)


def test_asks_for_the_reason_first_and_keeps_it(counselor_client, counselor, cohort, ana):
    page = counselor_client.get(url(cohort, ana)).text
    assert "Why do you open it?" in page
    assert "What happened" not in page
    page = counselor_client.post(url(cohort, ana), {"reason": "support"}, follow=True).text
    assert "What happened" in page
    assert "helping with a question" in page
    visit = RecordVisit.objects.get()
    assert (visit.student, visit.viewer, visit.reason) == (ana, counselor, Reason.SUPPORT)


def test_takes_no_reason_that_it_does_not_know(counselor_client, cohort, ana):
    page = counselor_client.post(url(cohort, ana), {"reason": "curious"}).text
    assert "Why do you open it?" in page
    assert not RecordVisit.objects.exists()


def test_opens_from_the_board_with_the_class_as_the_reason_once_a_day(
    counselor_client, cohort, ana
):
    board = f"/classes/{cohort.pk}/open/"
    for _ in range(2):
        answer = counselor_client.post(board, {"student": ana.pk})
        assert answer.url == url(cohort, ana)
    assert [visit.reason for visit in RecordVisit.objects.all()] == [Reason.CLASS]
    assert counselor_client.post(board, {"student": "x"}).url == f"/classes/{cohort.pk}/"


def test_stays_open_for_eight_hours_to_the_one_who_gave_the_reason(
    sign_in, counselor, cohort, ana, opened
):
    colleague = UserFactory(counselor=True)
    cohort.counselors.add(colleague)
    assert "Why do you open it?" in sign_in(colleague).get(url(cohort, ana)).text
    client = sign_in(counselor)
    assert "What happened" in client.get(url(cohort, ana)).text
    with time_machine.travel(NOW + timedelta(hours=8), tick=False):
        assert "Why do you open it?" in client.get(url(cohort, ana)).text


def test_knows_nobody_of_another_class(counselor_client, cohort, other_cohort, ben, ana):
    for data in (None, {"reason": "class"}):
        ask = counselor_client.post if data else counselor_client.get
        assert ask(url(cohort, ben), data).status_code == 404
        assert ask(url(other_cohort, ben), data).status_code == 404
    assert (
        counselor_client.post(f"/classes/{cohort.pk}/open/", {"student": ben.pk}).status_code == 404
    )
    assert not RecordVisit.objects.exists()


def test_shows_what_happened_in_order_with_whom(counselor_client, cohort, ana, opened):
    contact = ContactFactory(student=ana, name="Ada Lind", organization="Harbor & Sons")
    AttemptFactory(contact=contact, answered=True, sent_at=ago(days=12))
    MeetingFactory(contact=contact, thanked=True, starts_at=ago(days=4))
    TouchFactory(contact=contact, happened_at=ago(days=1))
    page = counselor_client.get(url(cohort, ana)).text
    told = ["Sent some news", "Thank-you sent", "Conversation, in person", "Reply: yes", "E-mail"]
    places = [page.index(words) for words in told]
    assert places == sorted(places)
    assert "Harbor &amp; Sons" in page


SECRETS = "private-word"


def test_keeps_back_what_is_private_and_every_address(counselor_client, cohort, ana, opened):
    contact = ContactFactory(
        student=ana,
        email=f"{SECRETS}@harbor.example",
        more_emails=[f"{SECRETS}2@harbor.example"],
        phones=[f"555 {SECRETS}"],
        links=[f"https://people.example/{SECRETS}"],
        note=SECRETS,
        how_known=SECRETS,
        tags=[SECRETS],
    )
    meeting = meet(ana, 5, contact=contact, place=f"Room {SECRETS}", mode_reason=SECRETS)
    FindingFactory(meeting=meeting, opening=True, text=f"They hire: {SECRETS}")
    FindingFactory(meeting=meeting, text="Everyone runs tests here.")
    CommitmentFactory(meeting=meeting, what=f"Send {SECRETS}")
    JottingsFactory(meeting=meeting, text=SECRETS)
    meeting.debrief.change_next_time = SECRETS
    meeting.debrief.save()
    AttemptFactory(contact=contact, subject=SECRETS, text=SECRETS, reason=SECRETS)
    DraftFactory(contact=contact, subject=SECRETS, parts={"body": SECRETS})
    TouchFactory(contact=contact, kind="lead", subject=SECRETS, text=SECRETS)
    OfferFactory(student=ana, organization=SECRETS)
    StoryFactory(student=ana, title=SECRETS)
    StoryFactory(student=ana, title=f"Unsigned {SECRETS}", shared=True, is_signed=False)
    StoryFactory(student=ana, title="The order form", shared=True)
    NoteFactory(student=ana, text=SECRETS)
    SubmissionFactory(student=ana, content=[{"heading": "H", "text": SECRETS}])
    page = counselor_client.get(url(cohort, ana)).text
    assert SECRETS not in page
    for words in ("Everyone runs tests here.", "The order form", contact.name):
        assert words in page


def test_asks_the_database_as_often_for_much_as_for_little(
    counselor_client, cohort, ana, opened, django_assert_max_num_queries
):
    def fill(number):
        for _ in range(number):
            meeting = meet(ana, 5)
            FindingFactory(meeting=meeting)
            AttemptFactory(contact=meeting.contact, answered=True)
            TouchFactory(contact=meeting.contact)
            StoryFactory(student=ana, shared=True)
            SubmissionFactory(student=ana, meeting=meeting)
            NudgeFactory(student=ana, cohort=cohort)

    fill(2)
    counselor_client.get(url(cohort, ana))
    with django_assert_max_num_queries(40) as few:
        counselor_client.get(url(cohort, ana))
    fill(12)
    with django_assert_max_num_queries(len(few.captured_queries)):
        counselor_client.get(url(cohort, ana))


def test_tells_the_student_who_looked_when_and_why(ana_client, ben_client, ana, opened):
    RecordVisitFactory(student=ana, viewer=None, reason=Reason.REPORT, visited_at=ago(days=2))
    page = ana_client.get("/record/visits/").text
    assert opened.viewer.name in page
    assert "October 15, 2025" in page
    assert page.index("Looking after the class") < page.index("Checking the report")
    assert "Somebody who has left" in page
    assert "/record/visits/" in ana_client.get("/today/").text
    assert "Nobody yet" in ben_client.get("/record/visits/").text


def test_still_opens_for_somebody_who_withdrew(counselor_client, counselor, cohort):
    gone = EnrolmentFactory(cohort=cohort, withdrawn=True).student
    RecordVisitFactory(student=gone, viewer=counselor)
    assert counselor_client.get(url(cohort, gone)).status_code == 200
