from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.journal.effort import Effort, effort_of
from apps.metrics.facts import read_term
from apps.students.models import Cohort, EffortWeek, Student
from tests.clock import NOW, TODAY, ago
from tests.constraints import refused_by
from tests.meetings.factories import MeetingFactory
from tests.students.factories import EffortWeekFactory

pytestmark = pytest.mark.django_db

MONDAY = date(2025, 10, 13)
WEEK = timedelta(days=7)


def test_sets_conversations_beside_jobs_applied_for(ana: Student) -> None:
    MeetingFactory(student=ana, held=True, starts_at=NOW - WEEK)
    MeetingFactory(student=ana, held=True, starts_at=NOW - WEEK)
    MeetingFactory(student=ana, held=True, is_practice=True, starts_at=ago(days=1))
    MeetingFactory(student=ana)
    EffortWeekFactory(student=ana, week_of=MONDAY - 2 * WEEK, applied_for=9)
    EffortWeekFactory(student=ana, week_of=MONDAY - WEEK, applied_for=0)
    EffortWeekFactory(applied_for=77)
    assert effort_of(ana, TODAY) == [
        Effort(MONDAY, 0, None),
        Effort(MONDAY - WEEK, 2, 0),
        Effort(MONDAY - 2 * WEEK, 0, 9),
    ]


def test_begins_a_week_on_the_students_own_monday(ana: Student) -> None:
    MeetingFactory(student=ana, held=True, starts_at=datetime(2025, 10, 13, 2, tzinfo=UTC))
    assert [week.held for week in effort_of(ana, TODAY)] == [0, 1]  # Sunday evening in New York
    User.objects.filter(pk=ana.user_id).update(time_zone="Asia/Tokyo")
    ana.user.refresh_from_db()
    assert [week.held for week in effort_of(ana, TODAY)] == [1]


def test_is_noted_changed_and_left_open_again(ana_client: Client, ana: Student) -> None:
    page = ana_client.get("/progress/").content.decode()
    assert "not counted" in page
    page = ana_client.post("/progress/effort/", {"applied_for": 12}, follow=True).content.decode()
    assert 'value="12"' in page
    ana_client.post("/progress/effort/", {"applied_for": 3})
    row = EffortWeek.objects.get()
    assert (row.student, row.week_of, row.applied_for) == (ana, MONDAY, 3)
    page = ana_client.post("/progress/effort/", {"applied_for": 201}, follow=True).content.decode()
    assert "less than or equal to 200" in page
    ana_client.post("/progress/effort/", {"applied_for": ""})
    assert not EffortWeek.objects.exists()


def test_counts_in_no_figure(cohort: Cohort, ana: Student) -> None:
    facts = read_term(cohort.term)
    EffortWeekFactory(student=ana, applied_for=40)
    assert read_term(cohort.term) == facts


def test_the_database_keeps_weeks_apart(ana: Student) -> None:
    row = EffortWeekFactory(student=ana)
    with refused_by("students_effortweek_once_a_week"):
        EffortWeekFactory(student=ana, week_of=row.week_of)
    with refused_by("students_effortweek_begins_on_monday"):
        EffortWeek.objects.update(week_of=TODAY)
    with refused_by("students_effortweek_in_bounds"):
        EffortWeek.objects.update(applied_for=201)
