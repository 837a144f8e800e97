"""The demo semester: proper on any day, plausible, and only where it may be."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.contacts.models import Contact
from apps.exchange.demo.calendar import finished_term, running_term
from apps.exchange.demo.loading import load_demo
from apps.exchange.demo.semester import make_semester
from apps.exchange.demo.story import tell_story
from apps.exchange.progress import Progress
from apps.exchange.workbook.loading import Limits, load_workbook
from apps.exchange.workbook.problems import Problems
from apps.meetings.models import Commitment, Meeting, Story
from apps.metrics.models import ReportSnapshot
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
    for term, story in ((finished_term(today), None), (running_term(today), tell_story)):
        problems = Problems()
        book = make_semester(term, now=now, zone=zone, first_id=1001, story=story)
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
def _demo(db, now):
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

    assert ReportSnapshot.objects.filter(cohort=None).count() == 2


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
def test_lets_three_people_sign_in_and_writes_to_nobody_real():
    users = {user.email: user for user in User.objects.all()}
    for who in ("student", "counselor", "admin"):
        assert users[f"{who}@demo.example"].check_password("demo")
    assert sum(user.has_usable_password() for user in users.values()) == 3
    assert users["admin@demo.example"].roles == ["administrator"]
    assert Cohort.objects.filter(counselors=users["counselor@demo.example"]).count() == 2

    addresses = [*users, *Contact.objects.exclude(email="").values_list("email", flat=True)]
    assert {address.rpartition(".")[2] for address in addresses} == {"example"}


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
