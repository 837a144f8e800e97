import pytest

from apps.meetings.actions.talk import save_jottings
from apps.meetings.models import Jottings, PlannedQuestion
from apps.meetings.revisions import StaleText
from tests.clock import NOW
from tests.meetings.factories import (
    JottingsFactory,
    MeetingFactory,
    PlannedQuestionFactory,
    PrepSheetFactory,
)

pytestmark = pytest.mark.django_db

AUTOSAVE = {"X-Autosave": "1"}


@pytest.fixture
def meeting(ana):
    return MeetingFactory(student=ana, starts_at=NOW)


def save(meeting, text, *asked, revision=0):
    return save_jottings(meeting=meeting, revision=revision, text=text, asked=asked, now=NOW)


def ticked(meeting):
    rows = PlannedQuestion.objects.filter(meeting=meeting, is_asked=True)
    return set(rows.values_list("pk", flat=True))


class TestAction:
    def test_keeps_notes_and_ticks_under_one_revision(self, meeting):
        one, two = PlannedQuestionFactory.create_batch(2, meeting=meeting)
        assert save(meeting, "ask early", one.pk).revision == 1
        assert ticked(meeting) == {one.pk}
        assert save(meeting, "ask early", two.pk, revision=1).revision == 2
        assert ticked(meeting) == {two.pk}

    @pytest.mark.parametrize(("text", "tick"), [("other", False), ("first", True)])
    def test_refuses_what_is_behind_and_writes_nothing(self, meeting, text, tick):
        question = PlannedQuestionFactory(meeting=meeting)
        save(meeting, "first")
        with pytest.raises(StaleText):
            save(meeting, text, *[question.pk] * tick)
        assert Jottings.objects.get(meeting=meeting).text == "first"
        assert ticked(meeting) == set()

    def test_takes_the_same_again_for_saved(self, meeting):
        question = PlannedQuestionFactory(meeting=meeting)
        save(meeting, "first", question.pk)
        assert save(meeting, "first", question.pk).revision == 1

    def test_leaves_the_questions_of_others_alone(self, meeting):
        theirs = PlannedQuestionFactory()
        save(meeting, "first", theirs.pk)
        theirs.refresh_from_db()
        assert not theirs.is_asked

    def test_writes_nothing_where_nothing_was_jotted(self, meeting):
        save(meeting, "")
        assert not Jottings.objects.filter(meeting=meeting).exists()


class TestEndpoint:
    def post(self, client, meeting, headers=AUTOSAVE, **data):
        return client.post(
            f"/meetings/{meeting.pk}/jottings/", {"revision": 0, **data}, headers=headers
        )

    def test_answers_a_save_with_the_revision_and_the_hour(self, ana_client, meeting):
        question = PlannedQuestionFactory(meeting=meeting)
        answer = self.post(ana_client, meeting, text="ask early", asked=[question.pk])
        # NOW on the clock of somebody who chose no zone
        assert answer.json() == {"revision": 1, "saved": "11:00 am"}
        assert Jottings.objects.get(meeting=meeting).text == "ask early"
        assert ticked(meeting) == {question.pk}

    def test_refuses_a_stale_save_with_words(self, ana_client, meeting):
        JottingsFactory(meeting=meeting, text="newer")
        answer = self.post(ana_client, meeting, text="mine")
        assert (answer.status_code, "another tab" in answer.json()["words"]) == (409, True)
        assert Jottings.objects.get(meeting=meeting).text == "newer"

    @pytest.mark.parametrize("data", [{"text": "x" * 10_001}, {"revision": "x"}, {"asked": "one"}])
    def test_refuses_what_cannot_be_saved_with_words(self, ana_client, meeting, data):
        answer = self.post(ana_client, meeting, **data)
        assert answer.status_code == 422
        assert answer.json()["words"].startswith("Not saved. ")

    def test_sends_a_press_of_the_button_back_to_the_talk(self, ana_client, meeting):
        answer = self.post(ana_client, meeting, headers=None, text="a")
        assert answer.url == f"/meetings/{meeting.pk}/talk/"

    def test_sends_the_end_on_to_the_debrief(self, ana_client, meeting):
        answer = self.post(ana_client, meeting, headers=None, text="a", debrief="1")
        assert answer.url == f"/meetings/{meeting.pk}/debrief/"
        assert Jottings.objects.get(meeting=meeting).text == "a"

    def test_shows_both_texts_without_scripts(self, ana_client, meeting):
        JottingsFactory(meeting=meeting, text="newer words", revision=4)
        page = self.post(ana_client, meeting, headers=None, text="my words")
        html = page.content.decode()
        assert page.status_code == 409
        assert "newer words" in html
        assert "my words" in html
        assert 'name="revision" value="4"' in html
        assert "data-autosave=" not in html  # what is shown of the newer one must not be lost

    def test_shows_again_what_was_refused(self, ana_client, meeting):
        page = self.post(ana_client, meeting, headers=None, text="x" * 10_001)
        assert page.status_code == 200
        assert "x" * 10_001 in page.content.decode()

    def test_is_closed_to_others(self, ben_client, meeting):
        assert self.post(ben_client, meeting, text="a").status_code == 404


class TestPage:
    def test_has_all_it_takes_to_talk(self, ana_client, meeting):
        PrepSheetFactory(meeting=meeting, can_offer="The survey of 214 guests")
        asked = PlannedQuestionFactory(meeting=meeting, text="Why?", is_asked=True)
        PlannedQuestionFactory(meeting=meeting, text="What is hard?")
        JottingsFactory(meeting=meeting, text="ask early", revision=7)
        html = ana_client.get(f"/meetings/{meeting.pk}/talk/").content.decode()
        for words in ("Why?", "What is hard?", "ask early", "The survey of 214 guests"):
            assert words in html
        assert "Who else would you suggest I speak with?" in html
        assert "End and debrief" in html
        assert f'value="{asked.pk}" checked' in html
        assert 'name="revision" value="7"' in html
        assert "11:00 am" in html

    def test_works_for_somebody_who_prepared_nothing(self, ana_client, meeting):
        html = ana_client.get(f"/meetings/{meeting.pk}/talk/").content.decode()
        assert "No questions yet" in html
