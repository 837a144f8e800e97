"""What passes between the two besides asking: put down, put right, taken back."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.outreach import keep_in_touch
from apps.outreach.actions import attempts, touches
from apps.outreach.actions.attempts import SaidAlready
from apps.outreach.models import Attempt, Channel, Reply, Touch, TouchKind
from apps.students.models import Student
from tests.clock import NOW, TODAY, ago
from tests.constraints import refused_by
from tests.contacts.factories import ContactFactory
from tests.outreach.factories import AttemptFactory, TouchFactory

SAID = {"kind": "message", "channel": "phone", "on": "2025-10-14", "at": "09:30", "text": ""}


@pytest.fixture
def ruth(ana):
    return ContactFactory(student=ana, name="Ruth Adeyemi")


@pytest.fixture
def attempt(ruth):
    return AttemptFactory(contact=ruth)


def new(contact):
    return f"/contacts/{contact.pk}/touches/new/"


class TestPutsDown:
    @pytest.mark.parametrize("kind", TouchKind)
    def test_each_kind_on_the_students_own_clock(self, ana, ana_client, ruth, kind):
        ana.user.time_zone = "Asia/Tokyo"
        ana.user.save()
        response = ana_client.post(new(ruth), {**SAID, "kind": kind, "text": "Met by chance."})
        landed = kind == TouchKind.LANDED
        assert response.url == ("/news/" if landed else f"/contacts/{ruth.pk}/")
        touch = Touch.objects.get()
        assert (touch.contact, touch.student, touch.kind) == (ruth, ana, kind)
        assert (touch.channel, touch.text) == (Channel.PHONE, "Met by chance.")
        assert touch.happened_at == datetime(2025, 10, 14, 0, 30, tzinfo=UTC)

    def test_once_what_is_said_twice(self, ana_client, ruth):
        for _ in range(2):
            ana_client.post(new(ruth), SAID)
        assert Touch.objects.count() == 1

    def test_begins_with_a_message_of_now_or_what_the_link_says(self, ana_client, ruth):
        page = ana_client.get(new(ruth)).text
        assert 'value="2025-10-15"' in page
        assert 'value="11:00"' in page
        form = ana_client.get(new(ruth)).context["form"]
        assert form.initial["kind"] == TouchKind.MESSAGE
        form = ana_client.get(new(ruth), {"kind": "landed"}).context["form"]
        assert form.initial["kind"] == TouchKind.LANDED
        form = ana_client.get(new(ruth), {"kind": "pigeon"}).context["form"]
        assert form.initial["kind"] == TouchKind.MESSAGE

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"on": "2025-10-15", "at": "11:01"}, "This is still to come"),
            ({"on": "2025-10-16"}, "Please look at the day again"),
            ({"on": "2020-10-15"}, "Please look at the day again"),
            ({"kind": "pigeon"}, "Select a valid choice"),
            ({"channel": ""}, "This field is required"),
            ({"at": ""}, "This field is required"),
        ],
    )
    def test_asks_again_where_something_cannot_be(self, ana_client, ruth, wrong, words):
        assert words in ana_client.post(new(ruth), {**SAID, **wrong}).text
        assert not Touch.objects.exists()

    def test_nothing_about_somebody_elses_contact_or_an_erased_one(
        self, ana, ana_client, ben_client, ruth
    ):
        erased = ContactFactory(student=ana, erased=True)
        assert ben_client.post(new(ruth), SAID).status_code == 404
        assert ana_client.post(new(erased), SAID).status_code == 404
        assert not Touch.objects.exists()


class TestPutsRight:
    @pytest.fixture
    def touch(self, ruth):
        return TouchFactory(contact=ruth, happened_at=ago(days=21, seconds=17), text="Sent a card.")

    def shown(self, client, touch):
        return client.get(f"/touches/{touch.pk}/").context["form"].initial

    def test_and_keeps_the_second_of_what_is_left_as_it_was(self, ana_client, touch):
        data = {**SAID, **{key: str(value) for key, value in self.shown(ana_client, touch).items()}}
        data = {**data, "kind": "heard", "text": "Got a card."}
        assert ana_client.post(f"/touches/{touch.pk}/", data).status_code == 302
        before, _ = touch.happened_at, touch.refresh_from_db()
        assert (touch.happened_at, touch.kind, touch.text) == (before, "heard", "Got a card.")

    def test_the_day_which_moves_the_day_to_write_again(self, ana, ana_client, touch):
        students = Student.objects.filter(pk=ana.pk)
        ana_client.post(f"/touches/{touch.pk}/", SAID)
        (row,) = keep_in_touch.in_touch(students, NOW)
        assert row.write_on == TODAY + timedelta(days=89)

    def test_not_onto_what_stands_there_already(self, ana_client, ruth, touch):
        ana_client.post(new(ruth), SAID)
        response = ana_client.post(f"/touches/{touch.pk}/", SAID)
        assert "The same stands there already" in response.text
        touch.refresh_from_db()
        assert touch.text == "Sent a card."

    def test_nothing_of_somebody_elses_or_about_an_erased_person(
        self, ana, ana_client, ben_client, touch
    ):
        about = ContactFactory(student=ana, erased=True)
        gone = TouchFactory(contact=about)
        for client, row in ((ben_client, touch), (ana_client, gone)):
            for path in (f"/touches/{row.pk}/", f"/touches/{row.pk}/remove/"):
                assert client.post(path, SAID).status_code == 404
        assert Touch.objects.count() == 2

    def test_by_taking_it_back(self, ana, ana_client, touch):
        response = ana_client.post(f"/touches/{touch.pk}/remove/")
        assert response.url == f"/contacts/{touch.contact_id}/"
        assert not Touch.objects.exists()
        assert not keep_in_touch.in_touch(Student.objects.filter(pk=ana.pk), NOW)


def test_leads_from_the_persons_page_to_what_can_be_put_right(ana, ana_client, ruth):
    attempt = AttemptFactory(contact=ruth, answered=True)
    touch = TouchFactory(contact=ruth)
    page = ana_client.get(f"/contacts/{ruth.pk}/").text
    for path in (f"/notes/{attempt.pk}/", f"/notes/{attempt.pk}/reply/", f"/touches/{touch.pk}/"):
        assert f'href="{path}"' in page
    gone = TouchFactory(contact=ContactFactory(student=ana, erased=True))
    page = ana_client.get(f"/contacts/{gone.contact_id}/").text
    assert f"/touches/{gone.pk}/" not in page


@pytest.mark.django_db
def test_keeps_no_words_about_somebody_who_was_erased_meanwhile():
    contact = ContactFactory(erased=True)
    about = {"kind": TouchKind.HEARD, "channel": Channel.EMAIL, "happened_at": NOW}
    touch = touches.log_touch(contact=contact, **about, text="She likes tea.")
    assert touch.text == ""
    assert touches.edit_touch(touch=touch, **about, text="She likes tea.").text == ""


class TestNoteLoggedByMistake:
    def page(self, attempt, name=""):
        return f"/notes/{attempt.pk}/{name}"

    def test_is_put_right(self, ana_client, attempt):
        response = ana_client.post(self.page(attempt), SAID)
        assert response.url == f"/contacts/{attempt.contact_id}/"
        attempt.refresh_from_db()
        assert (attempt.channel, attempt.sent_at) == (
            Channel.PHONE,
            datetime(2025, 10, 14, 13, 30, tzinfo=UTC),
        )

    def test_stays_before_its_reply(self, ana_client, attempt):
        Attempt.objects.update(reply=Reply.NO, replied_at=ago(days=9))
        for day, status in (("2025-10-06", 302), ("2025-10-07", 200)):
            response = ana_client.post(self.page(attempt), {**SAID, "on": day})
            assert response.status_code == status
        assert "Their answer came before that" in response.text
        attempt.refresh_from_db()
        with pytest.raises(ValueError, match="before its reply"):
            attempts.edit_attempt(attempt=attempt, channel=Channel.EMAIL, sent_at=ago(days=8))

    def test_does_not_become_another_one(self, ana_client, ruth, attempt):
        other = AttemptFactory(contact=ruth, channel=Channel.PHONE, sent_at=ago(days=3))
        data = {**SAID, "on": "2025-10-12", "at": "11:00"}
        assert "The same stands there already" in ana_client.post(self.page(attempt), data).text
        with pytest.raises(SaidAlready):
            attempts.edit_attempt(attempt=attempt, channel=other.channel, sent_at=other.sent_at)

    def test_is_taken_back(self, ana_client, attempt):
        assert ana_client.post(self.page(attempt, "remove/")).status_code == 302
        assert not Attempt.objects.exists()

    def test_is_taken_back_with_its_answer_at_the_second_yes_only(self, ana_client, attempt):
        Attempt.objects.update(reply=Reply.YES, replied_at=ago(days=9))
        page = ana_client.post(self.page(attempt, "remove/"))
        assert "The answer goes with the note." in page.text
        assert Attempt.objects.exists()
        ana_client.post(self.page(attempt, "remove/"), {"confirmed": "yes"})
        assert not Attempt.objects.exists()

    def test_is_ones_own(self, ben_client, attempt):
        for path in (self.page(attempt), self.page(attempt, "remove/")):
            assert ben_client.post(path, {**SAID, "confirmed": "yes"}).status_code == 404
        assert Attempt.objects.exists()

    def test_leads_to_what_else_can_be_done(self, ana_client, attempt):
        page = ana_client.get(self.page(attempt)).text
        assert self.page(attempt, "remove/") in page
        assert self.page(attempt, "reply/") in page


@pytest.mark.django_db
def test_is_about_a_contact_of_the_same_student():
    with refused_by("outreach_touch_with_own_contact"):
        Touch.objects.filter(pk=TouchFactory().pk).update(contact=ContactFactory())
