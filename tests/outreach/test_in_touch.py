"""The page of whom a student keeps in touch with, and what it says about one contact."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from apps.outreach.in_touch import InTouchList, Rhythm, Show, in_touch_of, usual_rhythm
from apps.outreach.models import Cadence, Reply, TouchKind
from apps.outreach.templatetags.rhythm import every
from tests.clock import NOW, TODAY, ago, ahead
from tests.contacts.factories import ContactFactory, WishFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory, CadenceFactory, TouchFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, StudentFactory

pytestmark = pytest.mark.django_db


def shown(student, show, now=NOW):
    people = InTouchList(student=student, show=show, now=now)
    return [row.contact for row in people.rows(people.page(""))]


def touched(student, days, **contact):
    """Return a contact with whom something passed so many days ago."""
    contact = ContactFactory(student=student, **contact)
    TouchFactory(contact=contact, happened_at=ago(days=days))
    return contact


def test_lists_who_is_due_the_longest_first_and_who_comes_within_two_weeks():
    student = StudentFactory()
    long_ago, today = touched(student, 400), touched(student, 90)
    tomorrow, in_two_weeks = touched(student, 89), touched(student, 76)
    later = touched(student, 75)
    touched(StudentFactory(), 400)
    assert shown(student, Show.DUE) == [long_ago, today]
    assert shown(student, Show.SOON) == [tomorrow, in_two_weeks]
    assert shown(student, Show.EVERYONE) == [long_ago, today, tomorrow, in_two_weeks, later]


def test_leaves_out_of_what_is_due_who_wants_a_pause_or_is_about_to_talk():
    student = StudentFactory()
    paused = touched(student, 400, email="ruth@harbor.example")
    WishFactory(key="ruth@harbor.example", paused=True)
    agreed = touched(student, 300)
    MeetingFactory(student=student, contact=agreed, starts_at=ahead(days=2))
    assert shown(student, Show.DUE) == []
    people = InTouchList(student=student, show=Show.EVERYONE, now=NOW)
    rows = people.rows(people.page(""))
    assert [(r.contact, r.is_silenced, r.is_meeting_ahead, r.is_due) for r in rows] == [
        (paused, True, False, False),
        (agreed, False, True, False),
    ]


def test_lists_apart_whom_the_student_chose_never_to_be_reminded_of():
    student = StudentFactory()
    contact = touched(student, 400)
    CadenceFactory(student=student, contact=contact, days=None)
    assert shown(student, Show.EVERYONE) == []
    people = InTouchList(student=student, show=Show.NEVER, now=NOW)
    (row,) = people.rows(people.page(""))
    assert (row.contact, row.last_touch_at) == (contact, ago(days=400))
    assert every(row.rhythm) == "never, as you chose"


def test_shows_fifty_on_a_page():
    student = StudentFactory()
    for days in range(100, 153):
        touched(student, days)
    people = InTouchList(student=student, show=Show.DUE, now=NOW)
    assert [len(people.rows(people.page(number))) for number in ("", "2", "nonsense", "9")] == [
        50,
        3,
        50,
        3,
    ]


def test_says_whose_cadence_holds():
    student = StudentFactory()
    EnrolmentFactory(student=student, cohort=CohortFactory(keep_in_touch_days=120))
    contact = touched(student, 10, tags=["fair", "mentors"])
    assert in_touch_of(contact, NOW).rhythm == Rhythm(120, "usual")
    CadenceFactory(student=student, of_tag=True, tag="mentors", days=60)
    CadenceFactory(student=student, of_tag=True, tag="fair", days=45)
    assert in_touch_of(contact, NOW).rhythm == Rhythm(45, "tag", "fair")
    CadenceFactory(student=student, contact=contact, days=30)
    told = in_touch_of(contact, NOW)
    assert (told.rhythm, told.write_on) == (Rhythm(30, "own"), TODAY + timedelta(days=20))
    assert usual_rhythm(contact) == Rhythm(45, "tag", "fair")


def test_says_the_same_of_one_contact_as_the_list():
    student = StudentFactory()
    contact = touched(student, 400)
    people = InTouchList(student=student, show=Show.DUE, now=NOW)
    assert people.rows(people.page("")) == [in_touch_of(contact, NOW)]


@pytest.mark.parametrize(
    ("days", "words"),
    [(7, "every week"), (90, "about every three months"), (100, "every 100 days")],
)
def test_writes_a_cadence_in_words(days, words):
    assert every(Rhythm(days, "usual")) == words
    assert every(Rhythm(days, "own")) == f"{words}, as you chose"
    assert every(Rhythm(days, "tag", "fair")) == f"{words}, by your tag “fair”"


class TestWarnsOfTooMuch:
    """Within three weeks of the student's own last note, as long as nothing came back."""

    def wait_until(self, contact, now=NOW):
        return in_touch_of(contact, now).wait_until

    def test_for_twenty_one_days_to_the_second(self):
        contact = TouchFactory(happened_at=NOW).contact
        last = NOW + timedelta(days=21) - timedelta(seconds=1)
        assert self.wait_until(contact, last) == date(2025, 11, 5)
        assert self.wait_until(contact, last + timedelta(seconds=1)) is None

    def test_after_a_thank_you_and_a_note_as_well(self):
        met = MeetingFactory(
            held=True, starts_at=ago(days=3), thank_you_sent_at=ago(days=2)
        ).contact
        assert self.wait_until(met) == TODAY + timedelta(days=19)
        asked = AttemptFactory(answered=True).contact
        AttemptFactory(contact=asked, sent_at=ago(days=1))
        assert self.wait_until(asked) == TODAY + timedelta(days=20)

    @pytest.mark.parametrize("kind", [TouchKind.HEARD, TouchKind.LEAD])
    def test_not_once_they_have_written(self, kind):
        contact = TouchFactory(happened_at=ago(days=2)).contact
        assert self.wait_until(contact)
        TouchFactory(contact=contact, kind=kind, happened_at=ago(days=1))
        assert self.wait_until(contact) is None

    def test_not_once_they_have_answered_or_talked(self):
        answered = AttemptFactory(sent_at=ago(days=5), reply=Reply.YES, replied_at=ago(days=4))
        assert self.wait_until(answered.contact) is None
        met = MeetingFactory(held=True, starts_at=ago(days=1)).contact
        assert self.wait_until(met) is None


class TestWithoutAnythingThatPassedBothWays:
    def test_names_no_day(self):
        attempt = AttemptFactory(sent_at=ago(days=200))
        told = in_touch_of(attempt.contact, NOW)
        assert (told.last_touch_at, told.write_on, told.is_due) == (ago(days=200), None, False)
        assert told.rhythm == Rhythm(90, "usual")

    def test_keeps_what_the_student_chose(self):
        contact = CadenceFactory(days=40).contact
        told = in_touch_of(contact, NOW)
        assert (told.rhythm, told.last_touch_at) == (Rhythm(40, "own"), None)


class TestOnThePageOfAContact:
    def words(self, contact, now=NOW):
        context = {"in_touch": in_touch_of(contact, now), "contact": contact}
        html = render_to_string(
            "outreach/_in_touch.html", context, request=RequestFactory().get("/")
        )
        return " ".join(html.split())

    def test_says_when_it_was_when_it_is_and_how_often(self):
        contact = TouchFactory(happened_at=ago(days=30)).contact
        said = self.words(contact)
        assert "September 15, 2025" in said
        assert "Dec 14, 2025" in said
        assert "About every three months" in said
        assert "kind=keep_in_touch" not in said
        assert "kind=keep_in_touch" in self.words(contact, ahead(days=60))

    def test_warns_of_too_much(self):
        contact = TouchFactory(happened_at=ago(days=2)).contact
        assert "Before November 3 more news may be too much." in self.words(contact)

    def test_says_that_nothing_has_passed(self):
        said = self.words(ContactFactory())
        assert "Nothing has passed between you yet" in said
        assert "Once they have answered, or you have talked" in said

    def test_has_a_small_form_with_what_holds_now(self):
        contact = CadenceFactory(days=60).contact
        said = self.words(contact)
        assert f'action="/contacts/{contact.pk}/in-touch/"' in said
        assert 'id="often-days" checked' in said
        assert 'value="60"' in said
        Cadence.objects.update(days=None)
        assert 'id="often-never" checked' in self.words(contact)
        Cadence.objects.all().delete()
        assert 'id="often-usual" checked' in self.words(contact)


class TestPages:
    def form(self, client, contact, **data):
        return client.post(f"/contacts/{contact.pk}/in-touch/", data)

    @pytest.fixture
    def ruth(self, ana):
        return touched(ana, 400, name="Ruth Adeyemi", tags=["fair"])

    def test_leads_to_a_few_lines_for_whoever_is_due(self, ana_client, ruth):
        page = ana_client.get("/in-touch/").text
        assert "Ruth Adeyemi" in page
        assert f"/contacts/{ruth.pk}/write/?kind=keep_in_touch" in page
        assert "Time for a few lines" in page
        assert "Sep 10, 2024" in page

    def test_says_what_belongs_there_while_nobody_does(self, ana_client):
        for show in ("due", "soon", "everyone", "never", "nonsense"):
            assert "ch-empty" in ana_client.get("/in-touch/", {"show": show}).text

    @pytest.mark.parametrize(("days", "kept"), [("7", 7), ("730", 730)])
    def test_keeps_a_cadence_for_one_contact(self, ana_client, ruth, days, kept):
        assert self.form(ana_client, ruth, how="days", days=days).status_code == 302
        assert Cadence.objects.get().days == kept

    @pytest.mark.parametrize("days", ["6", "731", "", "often"])
    def test_refuses_days_that_are_out_of_range(self, ana_client, ruth, days):
        response = self.form(ana_client, ruth, how="days", days=days)
        assert response.status_code == 200
        assert "is-invalid" in response.text
        assert not Cadence.objects.exists()

    def test_changes_to_never_and_back_to_what_is_usual(self, ana_client, ruth):
        self.form(ana_client, ruth, how="days", days="30")
        self.form(ana_client, ruth, how="never", days="nonsense")
        assert Cadence.objects.get().days is None
        self.form(ana_client, ruth, how="usual")
        assert not Cadence.objects.exists()

    def test_keeps_and_takes_away_a_cadence_for_a_tag(self, ana, ana_client, ruth):
        ana_client.post("/in-touch/tag/", {"tag": "fair", "days": "60"})
        assert (Cadence.objects.get().tag, Cadence.objects.get().days) == ("fair", 60)
        page = ana_client.get("/in-touch/").text
        assert "About every two months, by your tag “fair”" in page
        ana_client.post("/in-touch/tag/", {"tag": "fair", "days": "6"})
        assert Cadence.objects.get().days == 60
        ana_client.post("/in-touch/tag/", {"tag": "fair", "days": ""})
        assert not Cadence.objects.exists()

    def test_takes_away_ones_own_tag_only(self, ana_client, ben):
        CadenceFactory(student=ben, of_tag=True, tag="fair")
        ana_client.post("/in-touch/tag/", {"tag": "fair", "days": ""})
        assert Cadence.objects.get().student == ben

    def test_shows_a_form_for_one_contact(self, ana_client, ruth):
        page = ana_client.get(f"/contacts/{ruth.pk}/in-touch/").text
        assert "As usual: about every three months" in page
        assert "The last touch was on September 10, 2024." in page
