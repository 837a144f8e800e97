"""The demo semester: proper on any day, plausible, and only where it may be."""

from datetime import UTC, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from apps.accounts.models import Invitation, User
from apps.coaching.models import Note, Question, Submission
from apps.coaching.queue import Queue, returned_lately
from apps.contacts.models import Contact
from apps.exchange.demo.calendar import finished_term, running_term
from apps.exchange.demo.classmates import CLASSMATES
from apps.exchange.demo.loading import load_demo
from apps.exchange.demo.semester import make_semester
from apps.exchange.demo.story import AMARA, tell_story
from apps.exchange.progress import Progress
from apps.exchange.workbook.loading import Limits, load_workbook
from apps.exchange.workbook.problems import Problems
from apps.mail.models import OutgoingEmail, State
from apps.meetings.models import Commitment, Meeting, Story
from apps.metrics.attention import Flag
from apps.metrics.class_board import class_board
from apps.metrics.models import Release, ReportSnapshot
from apps.metrics.nudge_effect import nudge_effect
from apps.metrics.publishing import verify
from apps.metrics.semester import semester_report
from apps.outreach.models import Attempt, Touch
from apps.outreach.tone import check
from apps.reminders.next_steps import next_steps
from apps.students.models import (
    Cohort,
    Enrolment,
    FollowUpPolicy,
    Student,
    Term,
    institution_zone,
)
from tests.clock import NOW, TODAY

ZONES = ["America/New_York", "Pacific/Auckland", "Asia/Kolkata", "America/Los_Angeles", "UTC"]


@hypothesis_settings(max_examples=8, deadline=None)
@given(
    now=st.datetimes(datetime(2025, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)
def test_makes_proper_workbooks_on_any_day_in_any_zone(now, zone):
    today = now.astimezone(zone).date()
    stories = [partial(tell_story, who) for who in (AMARA, *CLASSMATES)]
    for term, told in ((finished_term(today), []), (running_term(today), stories)):
        problems = Problems()
        book = make_semester(term, now=now, zone=zone, first_id=1001, stories=told)
        load_workbook(
            book.to_upload(),
            limits=Limits(rows=10_000, bytes=10_000_000),
            now=now,
            problems=problems,
            progress=Progress(lambda words, done, total: None, total=7),
        )
        assert list(problems) == []
    assert finished_term(today).code != running_term(today).code
    assert finished_term(today).closes_on < today < running_term(today).ends_on


def test_makes_the_same_semester_from_the_same_moment():
    def rows() -> dict[str, list[dict[str, object]]]:
        term = finished_term(TODAY)
        return make_semester(term, now=NOW, zone=ZoneInfo("America/New_York"), first_id=1001).rows

    assert rows() == rows()


@pytest.fixture
def _demo(db, now, settings):
    settings.DEMO = True  # its people sign in only where it is one
    assert load_demo(now=now)


@pytest.mark.usefixtures("_demo")
def test_has_a_finished_term_in_which_a_fifth_had_an_offer_and_one_under_way():
    finished = Term.objects.get(code=finished_term(TODAY).code)
    report = semester_report(term=finished, now=NOW)
    assert report["offer_rate"]["enrolled"]["k"] == 20
    assert 90 <= report["offer_rate"]["enrolled"]["n"] <= 100
    assert report["any_offer_rate"]["k"] > 20
    assert report["population"]["known_outcome"] > 40

    running = Term.objects.get(code=running_term(TODAY).code)
    assert running.starts_on < TODAY < running.ends_on
    assert Enrolment.objects.filter(cohort__term=running).count() == 100
    assert Cohort.objects.filter(term=running).count() == 3
    assert Meeting.objects.filter(status="scheduled", starts_at__gt=NOW).count() > 10

    assert ReportSnapshot.objects.filter(cohort=None, audience="internal").count() == 2


@pytest.mark.usefixtures("_demo")
def test_gives_the_student_something_of_everything():
    student = Student.objects.get(user__email="student@demo.example")

    upcoming = Meeting.objects.scheduled().filter(student=student).order_by("starts_at")
    local = upcoming[0].starts_at.astimezone(institution_zone())
    assert (local.date() - TODAY).days == 1
    assert local.time() == time(10)
    steps = next_steps(Student.objects.filter(pk=student.pk), NOW)
    kinds = [step.kind for step in steps]
    assert (kinds.count("thank"), kinds.count("follow_up")) == (2, 2)
    assert {step.is_overdue(NOW) for step in steps} == {True, False}
    assert Meeting.objects.held().filter(student=student).count() == 7


@pytest.mark.usefixtures("_demo")
def test_lets_five_people_sign_in_and_writes_to_nobody_real():
    users = {user.email: user for user in User.objects.all()}
    for who in ("student", "counselor", "substitute", "worker", "admin"):
        assert users[f"{who}@demo.example"].check_password("demo")
    assert sum(user.has_usable_password() for user in users.values()) == 5
    assert users["admin@demo.example"].roles == ["administrator"]
    assert Cohort.objects.filter(counselors=users["counselor@demo.example"]).count() == 2

    addresses = [*users, *Contact.objects.exclude(email="").values_list("email", flat=True)]
    assert {address.rpartition(".")[2] for address in addresses} == {"example"}
    assert {email.state for email in OutgoingEmail.objects.all()} == {State.SENT}


@pytest.mark.django_db
def test_is_loaded_once_and_only_where_it_is_a_demo(settings, now, capsys, everything):
    settings.DEMO = False
    with pytest.raises(CommandError, match="password is public"):
        call_command("load_demo")
    assert not User.objects.exists()

    settings.DEMO = True
    call_command("load_demo")
    before = everything()
    call_command("load_demo")
    assert everything() == before
    assert capsys.readouterr().out.splitlines() == [
        "The demo semester is loaded.",
        "The demo semester is there already and is kept.",
    ]


@pytest.mark.usefixtures("_demo")
def test_shows_conversations_proposed_prepared_and_debriefed():
    student = Student.objects.get(user__email="student@demo.example")
    meetings = Meeting.objects.filter(student=student)
    assert meetings.proposed().count() == 1
    assert meetings.filter(prep_sheet__isnull=False, questions__isnull=False).exists()
    assert meetings.filter(debrief__completed_at__isnull=False).count() == 4
    assert Commitment.objects.open().filter(meeting__student=student).count() == 2
    assert Story.objects.shared().exclude(student=student).count() == 2
    assert not Story.objects.own().get(student=student, title="The menu that nobody read").shared_at


@pytest.mark.usefixtures("_demo")
def test_shows_notes_with_their_words_news_and_three_policies():
    student = Student.objects.get(user__email="student@demo.example")
    notes = Attempt.objects.filter(student=student).exclude(text="")
    assert {check(note.text).verdict for note in notes} == {"smooth"}
    assert Touch.objects.filter(student=student).count() == 1
    policies = Cohort.objects.exclude(term__closes_on__lt=TODAY).values_list("follow_up_policy")
    assert {policy for (policy,) in policies} == set(FollowUpPolicy.values)


@pytest.fixture
def counselor(_demo):
    return User.objects.get(email="counselor@demo.example")


@pytest.fixture
def told_class(_demo):
    term = Term.objects.get(code=running_term(TODAY).code)
    return Cohort.objects.get(term=term, counselors__email="counselor@demo.example")


def test_shows_on_the_board_who_stands_still_and_how(told_class):
    board = class_board(told_class, NOW)
    top = {needs.name: needs.flags[0] for needs in board.foremost}
    assert top == {
        "Nadia Rahman": Flag.NOBODY_LISTED,
        "Leo Marchetti": Flag.STOPPED,
        "Hana Kim": Flag.THANKS_OVERDUE,
        "Oscar Lund": Flag.NOT_FOLLOWED_UP,
        "Tariq Mansour": Flag.FEEDBACK_WAITS,
    }
    marek = next(row for row in board.rows if row.name == "Marek Dvořák")
    assert marek.quiet_days is not None
    assert marek.quiet_days >= 21
    assert marek.needs is None, "a word was spoken, so the flag rests"
    assert [row.name for row in board.rows if not row.at.purpose] == ["Nadia Rahman"]
    assert min(row.ahead for row in board.rows) < 0 < max(row.ahead for row in board.rows)
    assert [reached.is_past for reached in board.milestones] == [True, False]
    assert 0 < board.milestones[0].students < len(board.rows)


def test_leads_the_counselor_through_board_record_and_feedback(sign_in, counselor, told_class):
    client = sign_in(counselor)
    board = client.get(reverse("class_board", args=[told_class.pk])).content.decode()
    assert "Six people were written to" in board
    leo = Student.objects.get(given_name="Leo", family_name="Marchetti")
    opened = client.post(reverse("class_open", args=[told_class.pk]), {"student": leo.pk})
    assert opened.status_code == 302
    record = client.get(opened.url).content.decode()
    assert "Carmen Ruiz" in record
    queue = client.get(reverse("feedback_queue")).content.decode()
    assert queue.index("Tariq Mansour") < queue.index("Mei-Ling Tan") < queue.index("Rosa Ferreira")
    effect = client.get(reverse("nudge_effect", args=[told_class.pk]))
    assert effect.status_code == 200


def test_has_feedback_waiting_for_one_three_and_five_days_and_one_unseen(counselor):
    queue = Queue.of(counselor, now=NOW)
    pieces = [(row.days, row.row.round) for row in queue.rows if isinstance(row.row, Submission)]
    assert pieces == [(5, 1), (3, 2), (1, 1)]
    assert Question.objects.count() == 2
    assert queue.total == len(pieces) + 1, "the other question is answered"
    unseen = returned_lately(counselor, now=NOW).get(student__user__email="student@demo.example")
    assert unseen.seen_at is None
    assert unseen.rubric_version is not None
    assert unseen.rubric_version.number == 2
    assert set(unseen.scores) == {row["key"] for row in unseen.rubric_version.criteria}
    assert Note.objects.shared().count() == Note.objects.filter(shared_at=None).count() == 1


def test_has_nudges_of_which_some_were_followed_by_a_note(told_class):
    effect = nudge_effect(told_class, NOW)
    assert effect.nudged.n == 8
    assert 4 <= effect.nudged.k < 8
    assert effect.waiting == 0
    assert effect.quiet.n > 0
    assert effect.others.n > 0


def test_tells_the_student_what_came_back_and_asks_about_the_offer(sign_in, told_class):
    user = User.objects.get(email="student@demo.example")
    student = Student.objects.get(user=user)
    kinds = {step.kind for step in next_steps(Student.objects.filter(pk=student.pk), NOW)}
    assert {"confirm_offer", "read_feedback", "read_answer"} <= kinds
    assert student.offers.get(status="open", received_on=TODAY - timedelta(days=20))
    client = sign_in(user)
    assert "Thank Ruth van der Berg" in client.get(reverse("today")).content.decode()
    assert "Keiko Sato" in client.get(reverse("handed_in_list")).content.decode()
    assert student.research.count() == 3
    assert student.effort_weeks.count() == 5
    assert student.record_visits.filter(viewer__email="counselor@demo.example").count() == 1


def test_hands_the_class_to_a_substitute_and_counts_to_a_worker(told_class):
    substitute, worker = (
        User.objects.get(email=f"{who}@demo.example") for who in ("substitute", "worker")
    )
    assert list(Cohort.objects.visible_to(substitute)) == [told_class]
    assert not Cohort.objects.visible_to(worker).exists()
    assert list(Cohort.objects.counted_by(worker)) == [told_class]
    roster = told_class.roster_imports.get()
    assert roster.result["counts"] == {
        **roster.result["counts"],
        "new": 0,
        "changed": 2,
        "problems": 0,
    }
    assert Invitation.objects.usable(NOW).get().user.student.given_name == "Nadia"


@pytest.mark.usefixtures("_demo")
def test_shows_last_terms_report_as_it_was_published():
    published = Release.objects.order_by("audience")
    assert [release.audience for release in published] == ["internal", "shareable"]
    assert all(verify(release).is_sound for release in published)
