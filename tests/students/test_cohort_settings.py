"""The settings of a class, kept by those who look after it."""

import pytest

from apps.outreach.state import Kind, state_of
from apps.students.models import Cohort, FollowUpPolicy
from tests.clock import NOW, ago
from tests.constraints import refused_by
from tests.outreach.factories import AttemptFactory
from tests.students.factories import CohortFactory

SETTINGS = {
    "goal": "15",
    "follow_up_policy": "three_and_seven",
    "most_attempts": "3",
    "most_asks_a_week": "5",
    "calls_people_known_well": "on",
    "keep_in_touch_days": "120",
}
ONE_WEEK = {"follow_up_policy": "one_week"}


def url(cohort):
    return f"/classes/{cohort.pk}/settings/"


@pytest.mark.parametrize("client", ["counselor_client", "administrator_client"])
def test_keeps_what_a_counselor_or_an_administrator_says(request, cohort, client):
    client = request.getfixturevalue(client)
    assert client.post(url(cohort), SETTINGS).url == f"/classes/{cohort.pk}/"
    cohort.refresh_from_db()
    assert {name: getattr(cohort, name) for name in SETTINGS} == {
        "goal": 15,
        "follow_up_policy": FollowUpPolicy.THREE_AND_SEVEN,
        "most_attempts": 3,
        "most_asks_a_week": 5,
        "calls_people_known_well": True,
        "keep_in_touch_days": 120,
    }


def test_changes_this_class_and_nothing_else_of_it(counselor_client, cohort):
    other = CohortFactory(term=cohort.term)
    before = cohort.name, cohort.term_id, list(cohort.counselors.all())
    counselor_client.post(url(cohort), {**SETTINGS, "name": "Another", "term": other.term_id + 1})
    cohort.refresh_from_db()
    other.refresh_from_db()
    assert (cohort.name, cohort.term_id, list(cohort.counselors.all())) == before
    assert other.goal == 12


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("goal", 1, 200),
        ("most_attempts", 1, 10),
        ("most_asks_a_week", 1, 100),
        ("keep_in_touch_days", 7, 730),
    ],
)
def test_takes_numbers_within_their_bounds(counselor_client, cohort, name, least, most):
    for value in (least, most):
        counselor_client.post(url(cohort), {**SETTINGS, name: str(value)})
        cohort.refresh_from_db()
        assert getattr(cohort, name) == value
    for value in (least - 1, most + 1, "", "many"):
        response = counselor_client.post(url(cohort), {**SETTINGS, name: str(value)})
        assert "is-invalid" in response.text
    cohort.refresh_from_db()
    assert getattr(cohort, name) == most


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"goal": 0}, "students_cohort_goal_positive"),
        ({"most_attempts": 0}, "students_cohort_attempts_from_1_to_10"),
        ({"most_attempts": 11}, "students_cohort_attempts_from_1_to_10"),
        ({"most_asks_a_week": 0}, "students_cohort_asks_positive"),
        ({"keep_in_touch_days": 6}, "students_cohort_keeps_in_touch_from_a_week_to_two_years"),
        ({"keep_in_touch_days": 731}, "students_cohort_keeps_in_touch_from_a_week_to_two_years"),
        ({"follow_up_policy": "daily"}, "students_cohort_follow_up_policy_is_known"),
    ],
)
def test_the_database_keeps_the_bounds_too(values, constraint):
    with refused_by(constraint):
        Cohort.objects.filter(pk=CohortFactory().pk).update(**values)


def test_holds_at_once_for_notes_that_were_sent(counselor_client, ana, cohort):
    contact = AttemptFactory(student=ana, sent_at=ago(days=8)).contact  # a Tuesday
    assert state_of(contact, NOW).kind == Kind.FOLLOW_UP
    counselor_client.post(url(cohort), {**SETTINGS, "most_attempts": "1"})
    assert state_of(contact, NOW).kind == Kind.WAITING  # until the seventh business day
    counselor_client.post(url(cohort), {**SETTINGS, "most_attempts": "1"} | ONE_WEEK)
    assert state_of(contact, NOW).kind == Kind.QUIET


def test_is_for_those_who_look_after_the_class(other_counselor_client, ana_client, cohort):
    assert other_counselor_client.get(url(cohort)).status_code == 404
    assert other_counselor_client.post(url(cohort), SETTINGS).status_code == 404
    assert ana_client.post(url(cohort), SETTINGS).status_code == 403


def test_explains_each_setting_and_is_linked_from_the_board(counselor_client, cohort):
    page = counselor_client.get(url(cohort)).text
    for words in (
        "Held by the end of the term.",
        "at least a week between two notes",
        "After the last one the silence counts as an answer.",
        "Counted from the last time that something passed",
        "it has no wrong hour",
    ):
        assert words in page
    assert "/holidays/" not in page
    assert url(cohort) in counselor_client.get(f"/classes/{cohort.pk}/").text
