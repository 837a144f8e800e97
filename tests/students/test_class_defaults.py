"""What a class says where a student has chosen nothing, and the programme where the class does."""

import pytest

from apps.accounts.models import User
from apps.outreach.notes import values_for
from apps.reminders.models import Preference
from apps.students.class_defaults import class_mail_caps, usual_minutes
from tests.clock import NOW
from tests.contacts.factories import ContactFactory
from tests.reminders.factories import PreferenceFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, StudentFactory, TermFactory

pytestmark = pytest.mark.django_db


def test_the_class_says_how_many_mails_come_to_who_has_chosen_nothing(cohort, ana, settings):
    def cap(*caps):
        return Preference.of(User.objects.get(pk=ana.user_id), *caps).weekly_cap

    assert cap() == settings.REMINDER_WEEKLY_CAP
    cohort.weekly_mail_cap = 2
    cohort.save()
    assert cap() == 2
    assert cap({}) == settings.REMINDER_WEEKLY_CAP
    PreferenceFactory(user=ana.user, weekly_cap=5)
    assert cap() == 5


def test_asks_about_many_people_at_once(cohort, ana, ben, django_assert_num_queries):
    cohort.weekly_mail_cap = 2
    cohort.save()
    with django_assert_num_queries(1):
        assert class_mail_caps([ana.user_id, ben.user_id, None]) == {ana.user_id: 2}
    with django_assert_num_queries(0):
        assert class_mail_caps([None]) == {}


def test_the_latest_class_counts(settings):
    student = StudentFactory()
    assert usual_minutes(student) == settings.CONVERSATION_MINUTES
    earlier = CohortFactory(term=TermFactory(finished=True), usual_minutes=45)
    EnrolmentFactory(student=student, cohort=earlier)
    assert usual_minutes(student) == 45
    EnrolmentFactory(student=student, cohort=CohortFactory(usual_minutes=15))
    assert usual_minutes(student) == 15


def test_notes_and_new_conversations_begin_with_the_minutes_of_the_class(cohort, ana, ana_client):
    cohort.usual_minutes = 35
    cohort.save()
    contact = ContactFactory(student=ana)
    assert values_for(contact, now=NOW)["minutes"] == "35"
    page = ana_client.get(f"/contacts/{contact.pk}/meet/")
    assert 'value="35"' in page.text
