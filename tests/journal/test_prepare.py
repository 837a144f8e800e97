import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.journal.preparation import length_in_words
from apps.meetings.models import BankQuestion, Meeting, PlannedQuestion, PrepSheet, Status
from apps.students.models import Accomplishment
from tests.clock import NOW, ago
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import (
    BankQuestionFactory,
    MeetingFactory,
    PlannedQuestionFactory,
    PrepSheetFactory,
)
from tests.students.factories import AccomplishmentFactory

pytestmark = pytest.mark.django_db

AUTOSAVE, HTMX = {"X-Autosave": "1"}, {"HX-Request": "true"}


def text_of(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


@pytest.fixture
def marcus(ana):
    return ContactFactory(student=ana, name="Marcus Bell")


@pytest.fixture
def meeting(marcus):
    return MeetingFactory(contact=marcus)


@pytest.fixture
def url(meeting):
    return f"/meetings/{meeting.pk}/prepare/"


@pytest.fixture
def post(ana_client, url):
    def post(headers=None, **data):
        return ana_client.post(url, {"revision": 0, **data}, headers=headers)

    return post


def planned(meeting):
    rows = PlannedQuestion.objects.filter(meeting=meeting).order_by("position")
    return [row.text for row in rows]


class TestPage:
    def test_says_how_far_each_block_is(self, ana_client, meeting, url):
        sheet = PrepSheetFactory(meeting=meeting, written=True, is_pitch_rehearsed=False)
        PlannedQuestionFactory.create_batch(2, meeting=meeting)
        text = text_of(ana_client.get(url))
        assert "2 <small>of 4 blocks" in text
        assert "2 of 3 chosen" in text
        assert "Not rehearsed" in text
        assert "Choose 3 questions and rehearse your pitch." in text
        assert sheet.research_person in text
        assert "Who else would you suggest I speak with?" in text

    def test_says_when_all_is_done(self, ana_client, meeting, url):
        PrepSheetFactory(meeting=meeting, written=True)
        PlannedQuestionFactory.create_batch(3, meeting=meeting)
        assert "All four blocks are done." in text_of(ana_client.get(url))

    @pytest.mark.parametrize("was_ready", [True, False])
    def test_says_how_it_stood_when_it_began(self, ana_client, meeting, url, was_ready):
        Meeting.objects.update(starts_at=NOW, is_ready=was_ready)
        PrepSheetFactory(meeting=meeting, written=True)
        assert ("You were ready" in text_of(ana_client.get(url))) == was_ready

    def test_offers_own_questions_first_and_none_that_is_there(self, ana_client, ana, url, meeting):
        BankQuestion.objects.all().delete()
        BankQuestionFactory(text="The programme's?")
        BankQuestionFactory(text="Mine?", student=ana)
        BankQuestionFactory(text="Mine?")
        BankQuestionFactory(text="Aside?", is_retired=True)
        BankQuestionFactory(text="There already?")
        PlannedQuestionFactory(meeting=meeting, text="There already?")
        text = text_of(ana_client.get(url))
        assert text.index("Add: Mine?") < text.index("Add: The programme&#x27;s?")
        assert text.count("Add: Mine?") == 1
        assert "Add: There already?" not in text
        assert "Aside?" not in text

    def test_says_where_a_question_is_from(self, ana_client, ana, meeting, url):
        dana = ContactFactory(student=ana, name="Dana Whitfield")
        held = MeetingFactory(contact=dana, held=True)
        bank = BankQuestionFactory(text="Bank?")
        PlannedQuestionFactory(meeting=meeting, text="Bank?", bank_question=bank)
        PlannedQuestionFactory(meeting=meeting, text="Old?", carried_from=held)
        PlannedQuestionFactory(meeting=held, text="New?")
        text = text_of(ana_client.get(url))
        assert "Question bank: Who they are" in text
        assert "Carried over, not reached with Dana Whitfield" in text
        assert "You did not get to one question before:" in text
        assert "Not reached with Dana Whitfield" in text

    def test_has_a_word_about_a_question_that_asks_for_a_job(self, ana_client, meeting, url):
        PlannedQuestionFactory(meeting=meeting, text="What does a week look like?")
        assert "Change this one." not in text_of(ana_client.get(url))
        PlannedQuestionFactory(meeting=meeting, text="Do you have openings next summer?")
        text = text_of(ana_client.get(url))
        assert text.count("Change this one. A hiring question") == 1
        assert "Try: “Which skills will your team need next year?”" in text

    def test_offers_no_statement_in_place_of_a_question(self, ana_client, meeting, url):
        PlannedQuestionFactory(meeting=meeting, text="Can you hire me?")
        text = text_of(ana_client.get(url))
        assert "Change this one." in text
        assert "Try:" not in text

    def test_recalls_the_person(self, ana_client, marcus, url):
        MeetingFactory(contact=marcus, held=True, starts_at=ago(days=30))
        assert "September 15, 2025" in text_of(ana_client.get(url))

    def test_asks_as_often_whatever_there_is(self, ana_client, ana, meeting, url):
        def fill(number):
            for n in range(number):
                held = MeetingFactory(student=ana, held=True)
                PlannedQuestionFactory(meeting=held)
                PlannedQuestionFactory(meeting=meeting, carried_from=held)
                PrepSheetFactory(meeting=held, pitch=f"Pitch {n}")
                AccomplishmentFactory(student=ana)
                BankQuestionFactory(student=ana)

        def queries():
            with CaptureQueriesContext(connection) as asked:
                text_of(ana_client.get(url))
            return len(asked)

        fill(3)
        ana_client.get(url)
        few = queries()
        fill(20)
        assert queries() == few

    def test_is_gone_for_somebody_who_was_erased(self, ana_client, ana):
        meeting = MeetingFactory(contact=ContactFactory(student=ana, erased=True))
        assert ana_client.get(f"/meetings/{meeting.pk}/prepare/").status_code == 404

    def test_fits_what_there_is_on_a_page_to_print(self, ana_client, meeting, url):
        sheet = PrepSheetFactory(meeting=meeting, written=True, can_offer="A survey")
        sheet.accomplishments.add(AccomplishmentFactory(student=meeting.student, text="I ran it"))
        PlannedQuestionFactory(meeting=meeting, text="Why?")
        text = text_of(ana_client.get(f"{url}print/"))
        for words in ("Why?", "Who else would you", sheet.pitch, "I ran it", "A survey"):
            assert words in text


class TestButtons:
    """Without scripts every button saves the sheet, then does its own."""

    def test_save_all_that_was_typed(self, post, meeting, url):
        known = AccomplishmentFactory(student=meeting.student)
        answer = post(
            do="save",
            pitch="I study marketing.",
            question="Why  here?",
            accomplishments=[known.pk],
            new_accomplishment="I ran a fair",
            etiquette=["dress"],
        )
        assert answer.url == url
        sheet = PrepSheet.objects.get(meeting=meeting)
        assert (sheet.pitch, sheet.etiquette) == ("I study marketing.", ["dress"])
        assert sheet.accomplishments.count() == 2
        assert planned(meeting) == ["Why here?"]

    def test_put_questions_on_the_list(self, post, ana, meeting, url):
        bank = BankQuestionFactory(text="Bank?")
        held = MeetingFactory(student=ana, held=True)
        PlannedQuestionFactory(meeting=held, text="Left?")
        assert post(do="add", question="Mine?", pitch="Me").url == f"{url}#questions"
        assert post(do=f"borrow-{bank.pk}", pitch="Me").status_code == 302
        assert post(do="carry", pitch="Me").status_code == 302
        assert planned(meeting) == ["Mine?", "Bank?", "Left?"]
        assert PrepSheet.objects.get(meeting=meeting).pitch == "Me"

    def test_move_reword_and_remove(self, post, meeting):
        asks = PlannedQuestionFactory(meeting=meeting, text="Are you hiring?", position=0)
        other = PlannedQuestionFactory(meeting=meeting, text="Why?", position=1)
        post(do=f"down-{asks.pk}")
        assert planned(meeting) == ["Why?", "Are you hiring?"]
        post(do=f"up-{asks.pk}")
        post(do=f"reword-{asks.pk}")
        assert planned(meeting) == ["Which skills will your team need next year?", "Why?"]
        post(do=f"remove-{other.pk}")
        assert planned(meeting) == ["Which skills will your team need next year?"]

    def test_never_borrow_what_is_somebody_elses(self, post, ben):
        assert post(do=f"borrow-{BankQuestionFactory(student=ben).pk}").status_code == 404

    def test_begin_from_an_earlier_pitch_where_none_is_written(self, post, ana, meeting, ben):
        held = MeetingFactory(student=ana, held=True)
        earlier = PrepSheetFactory(meeting=held, pitch="I study marketing.")
        theirs = PrepSheetFactory(meeting=MeetingFactory(student=ben), pitch="Not mine")
        assert post(do=f"pitch-{theirs.pk}").status_code == 404
        post(do=f"pitch-{earlier.pk}")
        assert PrepSheet.objects.get(meeting=meeting).pitch == "I study marketing."
        post(do=f"pitch-{earlier.pk}", revision=1, pitch="My own")
        assert PrepSheet.objects.get(meeting=meeting).pitch == "My own"

    def test_keep_what_was_typed_when_something_is_wrong(self, post, meeting):
        Meeting.objects.update(mode="video")
        text = text_of(post(do="save", pitch="Mine", leave_behind="A résumé", question="Why?"))
        assert "only if they asked for it" in text
        assert "A résumé" in text
        assert "Mine" in text
        assert 'value="Why?"' in text
        assert not PrepSheet.objects.filter(meeting=meeting).exists()
        assert planned(meeting) == []

    def test_show_both_texts_when_another_tab_was_faster(self, post, meeting):
        PrepSheetFactory(
            meeting=meeting, pitch="Newer words", revision=5, etiquette=["dress"], can_offer=""
        )
        answer = post(
            do="add",
            revision=4,
            pitch="My words",
            question="Why?",
            goal_information="How a launch passes review",
            can_offer="A survey",
        )
        text = text_of(answer, status=409)
        assert "<dt>You, in four sentences</dt><dd>Newer words</dd>" in text
        assert "<dt>What you can give</dt><dd>Nothing</dd>" in text
        assert "<dd>I know what people there wear</dd>" in text
        assert "<dt>Information</dt>" not in text  # the same in both
        assert "My words" in text
        assert 'value="Why?"' in text
        assert 'name="revision" value="5"' in text
        assert "data-autosave=" not in text
        sheet = PrepSheet.objects.get(meeting=meeting)
        assert (sheet.pitch, sheet.revision, planned(meeting)) == ("Newer words", 5, [])


class TestFragments:
    def test_a_step_answers_with_what_it_changed(self, post, meeting):
        text = text_of(post(HTMX, do="add", question="Why?", pitch="Half a sentence"))
        assert planned(meeting) == ["Why?"]
        assert text.startswith('<section class="ch-block" id="questions"')
        assert 'id="bank"' in text
        assert 'id="readiness"' in text
        assert "<html" not in text
        assert not PrepSheet.objects.filter(meeting=meeting).exists()  # it is still being typed

    def test_a_step_keeps_a_question_half_typed(self, post, meeting):
        question = PlannedQuestionFactory(meeting=meeting)
        text = text_of(post(HTMX, do=f"remove-{question.pk}", question="How do"))
        assert planned(meeting) == []
        assert 'value="How do"' in text

    def test_a_step_says_what_is_missing(self, post):
        assert "Type the question first." in text_of(post(HTMX, do="add", question=""))

    def test_the_states_follow_a_save(self, ana_client, meeting, url):
        PrepSheetFactory(meeting=meeting, written=True)
        text = text_of(ana_client.get(url, headers=HTMX))
        assert "3 <small>of 4 blocks" in text
        assert 'id="state-goals" hx-swap-oob="true"' in text


class TestAutosave:
    def test_saves_the_sheet_and_nothing_half_typed(self, post, meeting):
        answer = post(AUTOSAVE, pitch="Me", question="Ho", new_accomplishment="I r")
        assert answer.json() == {"revision": 1, "saved": "11:00 am"}
        assert PrepSheet.objects.get(meeting=meeting).pitch == "Me"
        assert planned(meeting) == []
        assert not Accomplishment.objects.exists()

    def test_refuses_a_stale_save_with_words(self, post, meeting):
        PrepSheetFactory(meeting=meeting, pitch="Newer")
        answer = post(AUTOSAVE, pitch="Mine")
        assert (answer.status_code, "another tab" in answer.json()["words"]) == (409, True)
        assert PrepSheet.objects.get(meeting=meeting).pitch == "Newer"

    def test_says_why_something_cannot_be_saved(self, post, meeting):
        Meeting.objects.update(mode="phone")
        answer = post(AUTOSAVE, leave_behind="A résumé")
        assert answer.status_code == 422
        assert "only if they asked" in answer.json()["words"]


@pytest.mark.parametrize(
    ("pitch", "words"),
    [
        ("", ""),
        ("One", "1 word, about 5 seconds"),
        ("word " * 45, "45 words, about 20 seconds"),
        ("word " * 135, "135 words, about 60 seconds"),
    ],
)
def test_says_how_long_a_pitch_takes(pitch, words):
    assert length_in_words(pitch) == words


def test_a_proposal_says_that_no_time_is_agreed(ana_client, meeting, url):
    Meeting.objects.update(status=Status.PROPOSED, proposed_times=[meeting.starts_at])
    assert "No time is agreed yet" in text_of(ana_client.get(url))
