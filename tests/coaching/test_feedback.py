"""What waits for a counselor's word, the longest first, and giving it back."""

from collections.abc import Callable

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.coaching.actions.feedback import TooLate, begin_to_read, return_submission
from apps.coaching.models import Rubric, Submission
from apps.coaching.queue import Queue
from apps.coaching.waiting import waiting_for
from apps.mail.conditions import is_still_wanted
from apps.mail.models import OutgoingEmail
from apps.reminders.next_steps import next_steps_of
from apps.students.models import Cohort, Student
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY, ago, ahead
from tests.coaching.factories import (
    QuestionFactory,
    RubricVersionFactory,
    SubmissionFactory,
)
from tests.coaching.starters import begin_with_rubrics
from tests.constraints import refused_by
from tests.meetings.factories import MeetingFactory
from tests.students.factories import EnrolmentFactory, TermFactory

pytestmark = pytest.mark.django_db


def give_back(row: Submission, by: User, **more: object) -> Submission:
    usual = {
        "comment": "Good.",
        "rubric_version": None,
        "scores": {},
        "is_to_be_revised": False,
    }
    return return_submission(submission=row, by=by, now=NOW, **{**usual, **more})


def test_the_longest_waiting_comes_first(
    ana: Student, ben: Student, cohort: Cohort, counselor: User, now: object
) -> None:
    later = SubmissionFactory(student=ana, handed_in_at=ago(days=1))
    first = SubmissionFactory(student=ana, handed_in_at=ago(days=5), being_read=True)
    question = QuestionFactory(student=ana, cohort=cohort, asked_at=ago(days=3))
    SubmissionFactory(student=ana, returned=True)
    SubmissionFactory(student=ana, withdrawn_at=NOW)
    SubmissionFactory(student=ben)
    queue = Queue.of(counselor, now=NOW)
    assert [waiting.row for waiting in queue.rows] == [first, question, later]
    assert [waiting.in_words for waiting in queue.rows] == ["5 days", "3 days", "Since yesterday"]
    assert waiting_for(counselor) == queue.total == 3
    assert dict((key, count) for key, _, count in queue.counts) == {
        "debrief": 2,
        "prep_sheet": 0,
        "draft": 0,
        "question": 1,
    }
    assert [row.row for row in Queue.of(counselor, kind="question", now=NOW).rows] == [question]


def test_it_waits_for_the_class_of_its_term(ana: Student, counselor: User) -> None:
    """Whoever taught the student last year does not read what is handed in this year."""
    before = UserFactory(counselor=True)
    old = EnrolmentFactory(
        student=ana, cohort__term=TermFactory(finished=True), enrolled_on=TODAY.replace(year=2024)
    )
    old.cohort.counselors.add(before)
    row = SubmissionFactory(student=ana)
    assert list(Submission.objects.for_counselor(counselor)) == [row]
    assert not Submission.objects.for_counselor(before).exists()


def test_nobody_reads_their_own(ana: Student, cohort: Cohort) -> None:
    assert ana.user
    ana.user.roles = [*ana.user.roles, "counselor"]
    ana.user.save()
    cohort.counselors.add(ana.user)
    SubmissionFactory(student=ana)
    QuestionFactory(student=ana, cohort=cohort)
    assert waiting_for(ana.user) == 0


def test_of_two_who_return_at_once_the_second_is_told(
    ana: Student, counselor: User, cohort: Cohort, sign_in: Callable[[User], Client]
) -> None:
    colleague = UserFactory(counselor=True, full_name="Renee Castillo")
    cohort.counselors.add(colleague)
    row = SubmissionFactory(student=ana, being_read=True)
    give_back(row, colleague, comment="I liked it.")
    with pytest.raises(TooLate) as late:
        give_back(row, counselor)
    assert late.value.submission.returned_by == colleague

    late_page = sign_in(counselor).post(
        f"/feedback/{row.pk}/", {"comment": "What I typed.", "rubric": "none", "return": "yes"}
    )
    assert late_page.status_code == 409
    page = late_page.content.decode()
    assert "Renee Castillo has returned it" in page
    assert "I liked it." in page
    assert "What I typed." in page
    row.refresh_from_db()
    assert row.comment == "I liked it."


def test_what_was_taken_back_cannot_be_returned(ana: Student, counselor: User) -> None:
    with pytest.raises(TooLate):
        give_back(SubmissionFactory(student=ana, withdrawn_at=NOW), counselor)


def test_the_first_to_read_is_named(ana: Student, counselor: User) -> None:
    row = SubmissionFactory(student=ana)
    begin_to_read(submission=row, by=counselor, now=ago(hours=1))
    begin_to_read(submission=row, by=UserFactory(counselor=True), now=NOW)
    row.refresh_from_db()
    assert (row.read_by, row.read_at) == (counselor, ago(hours=1))


def test_a_rubric_and_a_comment_go_back(
    ana: Student, ana_client: Client, counselor_client: Client, counselor: User
) -> None:
    row = SubmissionFactory(student=ana, word="Is it deep enough?")
    version = RubricVersionFactory()
    page = counselor_client.get(f"/feedback/{row.pk}/").content.decode()
    assert "They price by the hour." not in page  # only whoever begins to read sees it
    page = counselor_client.post(f"/feedback/{row.pk}/read/", follow=True).content.decode()
    assert "They price by the hour." in page
    assert "Is it deep enough?" in page

    page = counselor_client.get(f"/feedback/{row.pk}/?rubric={version.pk}").content.decode()
    assert "Choice of person" in page
    form = {"rubric": version.pk, "level-person": "2", "comment": "Lovely.", "again": "yes"}
    page = counselor_client.post(f"/feedback/{row.pk}/", form).content.decode()
    assert "Choose a level here too" in page
    row.refresh_from_db()
    assert row.returned_at is None

    form |= {"level-news": "0"}
    counselor_client.post(f"/feedback/{row.pk}/", form)
    row.refresh_from_db()
    assert row.scores == {"person": 2, "news": 0}
    assert (row.rubric_version, row.returned_by) == (version, counselor)
    assert row.is_to_be_revised

    page = ana_client.get(f"/handed-in/{row.pk}/").content.decode()
    for words in ("Lovely.", "Just so.", "Not there yet", "for another round", "I have read it"):
        assert words in page


def test_a_comment_or_a_rubric_is_needed(ana: Student, counselor_client: Client) -> None:
    row = SubmissionFactory(student=ana, being_read=True)
    page = counselor_client.post(f"/feedback/{row.pk}/", {"rubric": "none", "return": "yes"})
    assert "Write a comment, or choose" in page.content.decode()


def test_the_next_round_shows_the_comment_before(
    ana: Student, counselor_client: Client, counselor: User
) -> None:
    version = RubricVersionFactory()
    first = SubmissionFactory(student=ana, being_read=True)
    give_back(first, counselor, comment="Say more.", rubric_version=version, scores={"person": 1})
    RubricVersionFactory(rubric=version.rubric, number=2)
    second = SubmissionFactory(
        student=ana, meeting=first.meeting, round=2, being_read=True, handed_in_at=NOW, read_at=NOW
    )
    response = counselor_client.get(f"/feedback/{second.pk}/")
    assert "Say more." in response.content.decode()
    assert response.context["chosen_rubric"] == str(version.pk)


def test_the_rubric_used_last_is_there_again(
    ana: Student, counselor_client: Client, counselor: User
) -> None:
    begin_with_rubrics()
    first = SubmissionFactory(student=ana, being_read=True)
    response = counselor_client.get(f"/feedback/{first.pk}/")
    seeded = Rubric.objects.get(made_by=None)
    assert response.context["chosen_rubric"] == str(seeded.versions.get().pk)

    version = RubricVersionFactory()
    give_back(first, counselor, rubric_version=version, scores={"person": 1, "news": 1})
    other = SubmissionFactory(student=ana, being_read=True)
    response = counselor_client.get(f"/feedback/{other.pk}/")
    assert response.context["chosen_rubric"] == str(version.pk)
    response = counselor_client.get(f"/feedback/{other.pk}/?rubric=none")
    assert response.context["chosen_rubric"] == "none"


def test_a_mail_tells_the_student_and_names_nobody_they_met(ana: Student, counselor: User) -> None:
    row = SubmissionFactory(student=ana, meeting__contact__name="Wen Li", being_read=True)
    give_back(row, counselor, is_to_be_revised=True)
    mail = OutgoingEmail.objects.get()
    assert mail.kind == "feedback_returned"
    assert mail.recipient == ana.user
    assert mail.subject == "Your debrief came back"
    for body in (mail.subject, mail.text_body, mail.html_body):
        assert "Wen Li" not in body
        assert "Good." not in body
    assert f"/handed-in/{row.pk}/" in mail.text_body
    assert f"/handed-in/{row.pk}/" in mail.html_body
    assert is_still_wanted(mail)
    Submission.objects.update(seen_at=NOW)
    assert not is_still_wanted(mail)


def test_what_came_back_is_a_next_step_until_it_is_seen(
    ana: Student, ana_client: Client, counselor: User
) -> None:
    upcoming = MeetingFactory(student=ana, starts_at=ahead(days=9))
    row = give_back(SubmissionFactory(student=ana, sheet=True, meeting=upcoming), counselor)
    [step] = [step for step in next_steps_of(ana, NOW) if step.kind == "read_feedback"]
    assert (step.kind, step.subject, step.detail) == ("read_feedback", row.pk, "prep_sheet")
    assert step.contact is None
    assert "Read what came back on your preparation" in ana_client.get("/today/").content.decode()
    ana_client.post(f"/handed-in/{row.pk}/seen/")
    assert "read_feedback" not in {step.kind for step in next_steps_of(ana, NOW)}


def test_it_reads_in_the_order_that_things_must_happen(ana: Student) -> None:
    with refused_by("coaching_submission_returned_after_it_came"):
        SubmissionFactory(student=ana, returned=True, handed_in_at=NOW)
    with refused_by("coaching_submission_seen_once_returned"):
        SubmissionFactory(student=ana, seen_at=NOW)
    with refused_by("coaching_submission_stays_once_read"):
        SubmissionFactory(student=ana, being_read=True, withdrawn_at=NOW)
    with refused_by("coaching_submission_read_before_it_returns"):
        SubmissionFactory(student=ana, returned_at=NOW)


def test_it_is_of_one_piece(ana: Student) -> None:
    with refused_by("coaching_submission_is_of_one_piece"):
        SubmissionFactory(student=ana, meeting=None)
    with refused_by("coaching_submission_is_of_one_piece"):
        SubmissionFactory(student=ana, piece="essay")
    with refused_by("coaching_submission_is_of_one_piece"):
        SubmissionFactory(student=ana, draft=True, note_kind="poem")
    row = SubmissionFactory(student=ana)
    with refused_by("coaching_submission_of_a_meeting_once_per_round"):
        SubmissionFactory(student=ana, meeting=row.meeting)
    draft = SubmissionFactory(student=ana, draft=True)
    with refused_by("coaching_submission_of_a_draft_once"):
        SubmissionFactory(student=ana, draft=True, contact=draft.contact, round=2)


def test_lists_show_what_they_should(
    ana: Student, ana_client: Client, counselor_client: Client, cohort: Cohort
) -> None:
    for trait in ({}, {"being_read": True}, {"returned": True}, {"draft": True}, {"sheet": True}):
        SubmissionFactory(student=ana, **trait)
    SubmissionFactory(student=ana, returned=True, seen_at=NOW, is_to_be_revised=True)
    QuestionFactory(student=ana, cohort=cohort, about="Writing a note")
    page = counselor_client.get("/feedback/").content.decode()
    for words in (ana.name, "Being read by", "Writing a note", "Returned in the last two weeks"):
        assert words in page
    assert "Draft" in counselor_client.get("/feedback/?kind=draft").content.decode()
    assert counselor_client.get("/feedback/?kind=nonsense").status_code == 200
    page = ana_client.get("/handed-in/").content.decode()
    for words in ("Came back on", "Being read", "Waiting since", "for another round"):
        assert words in page
