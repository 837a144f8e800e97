import pytest
from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.reminders.models import Look, Preference
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY
from tests.constraints import refused_by
from tests.reminders.factories import PreferenceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("reminders_preference_digest_is_known", {"digest": "hourly"}),
        ("reminders_preference_hours_of_a_day", {"hour": 24, "no_quiet": True}),
        ("reminders_preference_hours_of_a_day", {"quiet_until": 24}),
        ("reminders_preference_days_of_a_week", {"days": []}),
        ("reminders_preference_days_of_a_week", {"days": [8]}),
        ("reminders_preference_days_of_a_week", {"days": [0, 1]}),
        ("reminders_preference_cap_in_bounds", {"weekly_cap": 0}),
        ("reminders_preference_cap_in_bounds", {"weekly_cap": 15}),
        ("reminders_preference_hour_is_not_quiet", {"hour": 21}),
        ("reminders_preference_hour_is_not_quiet", {"hour": 6}),
        ("reminders_preference_hour_is_not_quiet", {"quiet_from": 8, "quiet_until": 9}),
    ],
)
def test_refuses_hours_and_days_that_there_are_not(constraint, fields):
    with refused_by(constraint):
        PreferenceFactory(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"hour": 7},
        {"hour": 20},
        {"quiet_from": 9, "quiet_until": 10},
        {"quiet_from": 8, "quiet_until": 8},
        {"days": [7]},
    ],
)
def test_takes_what_leaves_an_hour_and_a_day(fields):
    PreferenceFactory(**fields).full_clean()


def test_says_in_words_why_an_hour_does_not_go():
    with pytest.raises(ValidationError, match="Your hour lies in your quiet hours"):
        PreferenceFactory.build(user=UserFactory(), hour=22).full_clean()


def test_gives_the_programmes_choice_to_whom_has_none(settings):
    settings.REMINDER_HOUR = 10
    preference = Preference.of(UserFactory())
    preference.full_clean()
    assert preference.pk is None
    assert preference.rhythm.hour == 10
    saved = PreferenceFactory(hour=11)
    assert Preference.of(saved.user) == saved


def test_has_a_bookmark_for_every_account_from_the_start():
    user = UserFactory()
    assert Look.objects.due(NOW).get().user == user


@pytest.mark.parametrize(
    ("change", "asks"),
    [
        ({"time_zone": "Asia/Tokyo"}, True),
        ({"is_active": False}, True),
        ({"roles": ["student"]}, True),
        ({"full_name": "Ana", "time_zone": ""}, False),
    ],
)
def test_looks_again_when_the_account_changes_what_matters(change, asks):
    user = UserFactory()
    Look.objects.update(looked_on=TODAY, next_at=None)
    User.objects.filter(pk=user.pk).update(**change)
    assert Look.objects.due(NOW).exists() is asks
    assert Look.objects.get().looked_on == TODAY


def test_goes_with_the_account():
    user = PreferenceFactory().user
    user.delete()
    assert not Look.objects.exists()
