"""Milestones, presets, and the settings of an earlier term."""

from datetime import date, timedelta

import pytest

from apps.students.actions.milestones import COPIED, copy_settings
from apps.students.models import Cohort, Milestone, RecordVisit
from tests.clock import TODAY
from tests.constraints import refused_by
from tests.students.factories import (
    CohortFactory,
    MilestoneFactory,
    RecordVisitFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db


def settings_url(cohort):
    return f"/classes/{cohort.pk}/settings/"


def milestones_of(cohort):
    return [(row.conversations, row.due_on) for row in cohort.milestones.all()]


def test_sets_a_milestone_and_takes_the_later_word_for_a_day(counselor_client, cohort):
    url = f"/classes/{cohort.pk}/milestones/"
    for conversations in (3, 4):
        counselor_client.post(url, {"conversations": conversations, "due_on": "2025-10-15"})
    assert milestones_of(cohort) == [(4, date(2025, 10, 15))]
    assert "4 held by October 15" in counselor_client.get(settings_url(cohort)).text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"conversations": 3, "due_on": "2026-10-15"}, "Choose a day of this term."),
        ({"conversations": 0, "due_on": "2025-10-15"}, "greater than or equal to 1"),
        ({"conversations": "", "due_on": ""}, "required"),
    ],
)
def test_takes_no_milestone_that_makes_no_sense(counselor_client, cohort, data, words):
    answer = counselor_client.post(f"/classes/{cohort.pk}/milestones/", data)
    assert words in answer.text
    assert not Milestone.objects.exists()


def test_takes_a_milestone_away_of_ones_own_class_only(counselor_client, cohort, other_cohort):
    own, other = MilestoneFactory(cohort=cohort), MilestoneFactory(cohort=other_cohort)
    assert counselor_client.post(f"/milestones/{other.pk}/remove/").status_code == 404
    counselor_client.post(f"/milestones/{own.pk}/remove/")
    assert list(Milestone.objects.all()) == [other]


@pytest.mark.parametrize(
    ("preset", "goal"), [("slow", 26), ("weekly", 16), ("several", 125), ("nonsense", 12)]
)
def test_fills_in_the_form_by_a_preset_and_saves_nothing(counselor_client, cohort, preset, goal):
    page = counselor_client.get(f"{settings_url(cohort)}?preset={preset}").text
    assert f'name="goal" value="{goal}"' in page
    cohort.refresh_from_db()
    assert cohort.goal == 12


def test_shows_what_the_goal_asks_for_week_by_week(counselor_client, cohort):
    page = counselor_client.get(settings_url(cohort)).text
    assert "12 by December 12" in page
    assert page.count('<th scope="row">') == 16


@pytest.fixture
def earlier(cohort, counselor):
    term = TermFactory(finished=True)
    row = CohortFactory(
        name=cohort.name,
        term=term,
        counselors=[counselor],
        goal=26,
        usual_minutes=25,
        weekly_mail_cap=3,
        wants_debriefs=True,
        most_asks_a_week=4,
    )
    MilestoneFactory(cohort=row, conversations=3, due_on=term.starts_on + timedelta(days=50))
    return row


def test_takes_over_the_settings_and_milestones_of_an_earlier_term(
    counselor_client, cohort, earlier
):
    MilestoneFactory(cohort=cohort, conversations=9, due_on=TODAY)
    page = counselor_client.get(settings_url(cohort)).text
    assert f"{earlier.name}, {earlier.term.name}" in page
    counselor_client.post(f"{settings_url(cohort)}copy/", {"source": earlier.pk})
    cohort.refresh_from_db()
    assert {name: getattr(cohort, name) for name in COPIED} == {
        name: getattr(earlier, name) for name in COPIED
    }
    assert milestones_of(cohort) == [(3, cohort.term.starts_on + timedelta(days=50))]
    assert (cohort.name, cohort.term_id) != (earlier.name, earlier.term_id)


def test_takes_over_from_classes_that_one_has_looked_after_only(
    counselor_client, cohort, other_counselor
):
    strange = CohortFactory(term=TermFactory(finished=True), counselors=[other_counselor], goal=99)
    counselor_client.post(f"{settings_url(cohort)}copy/", {"source": strange.pk})
    cohort.refresh_from_db()
    assert cohort.goal == 12


def test_copies_every_setting_there_is(earlier, cohort, counselor):
    own = {"id", "created_at", "term", "name"}
    assert {field.name for field in Cohort._meta.concrete_fields} - own == set(COPIED)
    copy_settings(source=earlier, target=cohort, by=counselor)
    copy_settings(source=earlier, target=cohort, by=counselor)
    assert cohort.milestones.count() == 1


def test_the_database_keeps_milestones_and_visits_in_bounds():
    row = MilestoneFactory()
    with refused_by("students_milestone_one_a_day"):
        MilestoneFactory(cohort=row.cohort, due_on=row.due_on)
    with refused_by("students_milestone_asks_for_one_at_least"):
        Milestone.objects.filter(pk=row.pk).update(conversations=0)
    visit = RecordVisitFactory()
    with refused_by("students_recordvisit_reason_is_known"):
        RecordVisit.objects.filter(pk=visit.pk).update(reason="curious")


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"usual_minutes": 0}, "students_cohort_minutes_of_a_day"),
        ({"usual_minutes": 481}, "students_cohort_minutes_of_a_day"),
        ({"weekly_mail_cap": 0}, "students_cohort_mails_from_1_to_14"),
        ({"weekly_mail_cap": 15}, "students_cohort_mails_from_1_to_14"),
    ],
)
def test_the_database_keeps_the_new_settings_in_bounds(values, constraint):
    with refused_by(constraint):
        Cohort.objects.filter(pk=CohortFactory().pk).update(**values)
