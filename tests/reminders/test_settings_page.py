import re
from datetime import UTC, datetime, timedelta

import pytest

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.mail.models import Refusal
from apps.reminders.kinds import kinds_for
from apps.reminders.models import Look, Preference
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY, ago
from tests.mail.factories import OutgoingEmailFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory
from tests.reminders.factories import PreferenceFactory
from tests.students.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db

URL = "/account/reminders/"
UNTICKED = {"meeting_in_two_hours", "student_digest"}  # the second is a matter of how often
SENT = {
    "hour": 9,
    "time_zone": "Europe/Madrid",
    "digest": "daily",
    "quiet_from": 22,
    "quiet_until": 6,
    "days": [1, 4],
    "weekly_cap": 3,
    "kinds": sorted({kind.name for kind in kinds_for(User(roles=[Role.STUDENT]))} - UNTICKED),
}


def test_shows_the_programmes_choice_to_whom_has_made_none(ana_client):
    page = ana_client.get(URL).content.decode()
    assert '<option value="8" selected>8:00 am</option>' in page
    assert '<option value="21" selected>9:00 pm</option>' in page
    assert "No mail has been written to you yet." in page
    assert not Preference.objects.exists()


def test_saves_everything_and_looks_again(ana_client, ana):
    response = ana_client.post(URL, SENT, follow=True)
    assert "Saved." in response.content.decode()
    preference = Preference.objects.get()
    assert (preference.user, preference.hour, preference.digest) == (ana.user, 9, "daily")
    assert (preference.quiet_from, preference.quiet_until) == (22, 6)
    assert (preference.days, preference.weekly_cap) == ([1, 4], 3)
    ana.user.refresh_from_db()
    assert ana.user.time_zone == "Europe/Madrid"
    assert [refusal.kind for refusal in Refusal.objects.all()] == ["meeting_in_two_hours"]
    assert Look.objects.due(NOW).filter(user=ana.user).exists()


def test_saves_again_over_what_was_saved(ana_client, ana):
    PreferenceFactory(user=ana.user)
    Refusal.objects.create(user=ana.user, kind="student_digest")
    Refusal.objects.create(user=ana.user, kind="meeting_tomorrow")
    radio = re.search('<input[^>]*value="none"[^>]*>', ana_client.get(URL).content.decode())
    assert radio
    assert "checked" in radio[0]
    ana_client.post(URL, {**SENT, "digest": "weekly"})
    assert Preference.objects.get().digest == "weekly"
    assert [refusal.kind for refusal in Refusal.objects.all()] == ["meeting_in_two_hours"]
    ana_client.post(URL, {**SENT, "digest": "none"})
    assert {refusal.kind for refusal in Refusal.objects.all()} == {
        "meeting_in_two_hours",
        "student_digest",
    }


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hour": 23}, "Your hour lies in your quiet hours"),
        ({"days": []}, "Choose at least one day."),
        ({"time_zone": "Mars/Base"}, "Mars/Base"),
        ({"hour": 24}, "24 is not one"),
        ({"kinds": ["sign_in"]}, "sign_in is not one"),
    ],
)
def test_says_what_does_not_go_and_saves_nothing(ana_client, ana, change, words):
    response = ana_client.post(URL, {**SENT, **change})
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not Preference.objects.exists()
    ana.user.refresh_from_db()
    assert ana.user.time_zone == ""


def test_pauses_for_two_weeks_and_comes_back(ana_client):
    assert "Pause for two weeks" in ana_client.get(URL).content.decode()
    page = ana_client.post(URL, {"pause": "yes"}, follow=True).content.decode()
    assert "Paused until October 29" in page
    assert Preference.objects.get().paused_until == TODAY + timedelta(weeks=2)
    page = ana_client.post(URL, {"pause": "no"}, follow=True).content.decode()
    assert "Resume now" not in page
    assert Preference.objects.get().paused_until is None


def test_asks_counselors_about_their_own_kinds_only(counselor_client):
    page = counselor_client.get(URL).content.decode()
    assert "Your classes, once a week" in page
    assert "How often" not in page
    sent = {name: value for name, value in SENT.items() if name != "digest"}
    assert counselor_client.post(URL, {**sent, "kinds": []}).status_code == 302
    assert [refusal.kind for refusal in Refusal.objects.all()] == ["class_digest"]


def test_asks_nobody_about_kinds_they_cannot_get(sign_in):
    page = sign_in(UserFactory(student_worker=True)).get(URL).content.decode()
    assert "Sign-in mail always comes" not in page
    assert "Nothing will be due soon" in page


def test_shows_the_next_list_as_things_stand(ana_client, ana):
    note = AttemptFactory(student=ana)
    page = ana_client.get(URL).content.decode()
    assert "Monday, October 20, 8:00 am, as things stand" in page
    assert f"Follow up with {note.contact.name}" in page


def test_shows_what_is_due_before_the_list_does(ana_client, ana):
    AttemptFactory(student=ana)
    meeting = MeetingFactory(student=ana, held=True, starts_at=ago(hours=1))
    page = ana_client.get(URL).content.decode()
    assert "Thursday, October 16, 8:00 am, as things stand" in page
    assert f"Thank {meeting.contact.name}" in page
    assert "Follow up with" not in page


def test_shows_the_conversation_named_next(ana_client, ana):
    meeting = MeetingFactory(student=ana, starts_at=datetime(2025, 10, 17, 14, tzinfo=UTC))
    page = ana_client.get(URL).content.decode()
    assert "Thursday, October 16, 8:00 am, as things stand" in page
    assert f"<strong>Friday, 10:00 am:</strong> {meeting.contact.name}" in page
    Refusal.objects.create(user=ana.user, kind="meeting_tomorrow")
    assert "Friday, October 17, 8:00 am, as things stand" in ana_client.get(URL).content.decode()


def test_shows_a_counselor_the_next_look_at_the_class(counselor_client, cohort):
    student = EnrolmentFactory(cohort=cohort).student
    AttemptFactory(student=student, sent_at=ago(days=30))
    page = counselor_client.get(URL).content.decode()
    assert "Monday, October 20, 8:00 am" in page
    assert "1 student with something that waits" in page


def test_tells_what_became_of_each_mail(ana_client, ana):
    for trait in ("sent", "unknown", "failed", "expired", "cancelled"):
        OutgoingEmailFactory(recipient=ana.user, **{trait: True})
    OutgoingEmailFactory(recipient=ana.user, kind="urgent_today")
    OutgoingEmailFactory(recipient=ana.user, kind="of old")
    OutgoingEmailFactory(kind="sign_in")
    page = ana_client.get(URL).content.decode()
    for words in ("Sent", "May have arrived", "Turned away", "Not sent", "Waiting"):
        assert words in page
    assert page.count("Conversation tomorrow") == 5 + 1  # and the box to tick
    assert 'Oct 15<span class="ch-role">11:00 am</span>' in page
    assert "Signing in" not in page


def test_counts_what_came_in_seven_days(ana_client, ana):
    OutgoingEmailFactory.create_batch(2, recipient=ana.user, sent=True, due_at=ago(days=6))
    OutgoingEmailFactory(recipient=ana.user, sent=True, due_at=ago(days=8))
    assert '<p class="ch-mid">2 ' in ana_client.get(URL).content.decode()
