import pytest

from apps.meetings.actions.prepare import (
    add_question,
    borrow_question,
    carry_questions_over,
    move_question,
    remove_question,
    reword_question,
    save_prep_sheet,
)
from apps.meetings.actions.schedule import accept_time
from apps.meetings.forms.prepare import PrepForm, QuestionsForm
from apps.meetings.models import Etiquette, Mode, PlannedQuestion, PrepSheet, Status
from apps.meetings.revisions import StaleText
from apps.students.models import Accomplishment
from tests.clock import NOW, ahead
from tests.meetings.factories import (
    BankQuestionFactory,
    MeetingFactory,
    PlannedQuestionFactory,
)
from tests.students.factories import AccomplishmentFactory

pytestmark = pytest.mark.django_db

ALL = {
    "goal_information": "How a launch passes review",
    "goal_contacts": "One in research",
    "research_person": "Seven years in retail",
    "research_duties": "Two launches a year",
    "research_organization": "About 900 people",
    "pitch": "I study marketing.",
    "is_pitch_rehearsed": True,
}


def save(meeting, details, *, revision=0, now=NOW, accomplishments=(), **more):
    return save_prep_sheet(
        meeting=meeting,
        revision=revision,
        details=details,
        accomplishments=accomplishments,
        now=now,
        **more,
    )


def texts(meeting):
    rows = PlannedQuestion.objects.filter(meeting=meeting).order_by("position", "pk")
    return [row.text for row in rows]


def is_ready(meeting):
    meeting.refresh_from_db()
    return meeting.is_ready


class TestSheet:
    def test_rises_by_one_with_each_save(self):
        meeting = MeetingFactory()
        assert save(meeting, {"pitch": "One"}).revision == 1
        assert save(meeting, {"pitch": "Two"}, revision=1).revision == 2
        sheet = PrepSheet.objects.get(meeting=meeting)
        assert (sheet.pitch, sheet.revision, sheet.saved_at) == ("Two", 2, NOW)

    def test_refuses_what_is_behind_and_writes_nothing(self):
        meeting = MeetingFactory()
        mine, other = AccomplishmentFactory.create_batch(2, student=meeting.student)
        save(meeting, {"pitch": "Newer"}, accomplishments=[mine])
        with pytest.raises(StaleText, match="another tab"):
            save(meeting, ALL, accomplishments=[other], new_accomplishment="More")
        sheet = PrepSheet.objects.get(meeting=meeting)
        assert (sheet.pitch, sheet.goal_contacts, sheet.revision) == ("Newer", "", 1)
        assert list(sheet.accomplishments.all()) == [mine]
        assert not Accomplishment.objects.filter(text="More").exists()

    def test_takes_the_same_again_for_saved(self):
        meeting = MeetingFactory()
        save(meeting, ALL)
        assert save(meeting, ALL).revision == 1

    def test_writes_nothing_for_an_empty_sheet(self):
        meeting = MeetingFactory()
        assert save(meeting, {"pitch": ""}).revision == 0
        assert not PrepSheet.objects.filter(meeting=meeting).exists()

    def test_chooses_from_the_library_and_adds_to_it(self):
        meeting = MeetingFactory()
        known = AccomplishmentFactory(student=meeting.student)
        sheet = save(meeting, {}, accomplishments=[known], new_accomplishment="I ran a fair")
        added = Accomplishment.objects.get(student=meeting.student, text="I ran a fair")
        assert set(sheet.accomplishments.all()) == {known, added}
        assert save(meeting, {}, revision=1).accomplishments.count() == 0


class TestReady:
    @pytest.fixture
    def meeting(self):
        return MeetingFactory()

    def fill(self, meeting, *, now=NOW):
        save(meeting, ALL, now=now)
        for text in ("Who?", "Why?", "What?"):
            add_question(meeting=meeting, text=text, now=now)

    def test_follows_the_sheet_while_the_conversation_lies_ahead(self, meeting):
        save(meeting, ALL)
        assert not is_ready(meeting)
        self.fill(meeting)
        assert is_ready(meeting)
        save(meeting, {"is_pitch_rehearsed": False}, revision=1)
        assert not is_ready(meeting)

    def test_follows_the_questions(self, meeting):
        self.fill(meeting)
        question = PlannedQuestion.objects.filter(meeting=meeting).first()
        remove_question(meeting=meeting, question=question.pk, now=NOW)
        assert not is_ready(meeting)
        borrow_question(meeting=meeting, bank_question=BankQuestionFactory(), now=NOW)
        assert is_ready(meeting)

    def test_is_written_up_to_the_last_second(self, meeting):
        self.fill(meeting, now=meeting.starts_at - (ahead(seconds=1) - NOW))
        assert is_ready(meeting)

    def test_is_frozen_once_it_begins(self, meeting):
        self.fill(meeting, now=meeting.starts_at)
        assert not is_ready(meeting)

    def test_stays_when_the_sheet_changes_afterwards(self, meeting):
        self.fill(meeting)
        save(meeting, {"pitch": ""}, revision=1, now=meeting.starts_at)
        assert is_ready(meeting)

    @pytest.mark.parametrize("status", [Status.HELD, Status.CANCELLED, Status.NO_SHOW])
    def test_is_frozen_in_every_state_that_is_over(self, status):
        meeting = MeetingFactory(status=status)
        self.fill(meeting)
        assert not is_ready(meeting)

    def test_counts_what_was_prepared_before_a_time_was_agreed(self):
        meeting = MeetingFactory(
            status=Status.PROPOSED, proposed_times=[ahead(days=2)], starts_at=ahead(days=2)
        )
        self.fill(meeting)
        accept_time(meeting=meeting, starts_at=ahead(days=2), now=NOW)
        assert is_ready(meeting)


class TestQuestions:
    def test_adds_at_the_end_and_once(self):
        meeting = MeetingFactory()
        for text in ("One?", "Two?", "One?"):
            add_question(meeting=meeting, text=text, now=NOW)
        assert texts(meeting) == ["One?", "Two?"]

    def test_remembers_where_a_question_is_from(self):
        meeting, bank = MeetingFactory(), BankQuestionFactory()
        question = borrow_question(meeting=meeting, bank_question=bank, now=NOW)
        assert (question.text, question.bank_question) == (bank.text, bank)

    def test_carries_over_what_was_not_reached(self, ana):
        held = MeetingFactory(student=ana, held=True)
        bank = BankQuestionFactory()
        PlannedQuestionFactory(meeting=held, text="One?", position=0, bank_question=bank)
        PlannedQuestionFactory(meeting=held, text="Two?", position=1)
        meeting = MeetingFactory(student=ana)
        add_question(meeting=meeting, text="Mine?", now=NOW)
        carry_questions_over(meeting=meeting, now=NOW)
        assert texts(meeting) == ["Mine?", "One?", "Two?"]
        first = PlannedQuestion.objects.get(meeting=meeting, text="One?")
        assert (first.carried_from, first.bank_question, first.is_asked) == (held, bank, False)
        assert carry_questions_over(meeting=meeting, now=NOW) == []

    def test_moves_as_far_as_there_is_room(self):
        meeting = MeetingFactory()
        one, _, three = [
            add_question(meeting=meeting, text=text, now=NOW) for text in ("1?", "2?", "3?")
        ]
        move_question(meeting=meeting, question=three.pk, by=-1)
        assert texts(meeting) == ["1?", "3?", "2?"]
        move_question(meeting=meeting, question=one.pk, by=-1)
        assert texts(meeting) == ["1?", "3?", "2?"]
        move_question(meeting=meeting, question=one.pk, by=1)
        assert texts(meeting) == ["3?", "1?", "2?"]

    def test_leaves_the_questions_of_others_alone(self):
        meeting, theirs = MeetingFactory(), PlannedQuestionFactory()
        move_question(meeting=meeting, question=theirs.pk, by=1)
        remove_question(meeting=meeting, question=theirs.pk, now=NOW)
        reword_question(meeting=meeting, question=theirs.pk, text="Mine?", now=NOW)
        theirs.refresh_from_db()
        assert theirs.text != "Mine?"

    def test_says_a_question_in_other_words_once(self):
        meeting = MeetingFactory()
        one, two = [add_question(meeting=meeting, text=text, now=NOW) for text in ("1?", "2?")]
        reword_question(meeting=meeting, question=two.pk, text="3?", now=NOW)
        assert texts(meeting) == ["1?", "3?"]
        reword_question(meeting=meeting, question=one.pk, text="3?", now=NOW)
        assert texts(meeting) == ["3?"]


class TestForms:
    @pytest.mark.parametrize(
        ("mode", "is_requested", "is_fine"),
        [
            (Mode.IN_PERSON, False, True),
            (Mode.IN_PERSON, True, True),
            (Mode.VIDEO, True, True),
            (Mode.PHONE, True, True),
            (Mode.VIDEO, False, False),
            (Mode.PHONE, False, False),
        ],
    )
    def test_leaves_something_behind_in_person_or_when_asked(self, mode, is_requested, is_fine):
        meeting = MeetingFactory(mode=mode)
        data = {"revision": 0, "leave_behind": "The survey, two pages"}
        if is_requested:
            data["is_leave_behind_requested"] = "on"
        form = PrepForm(data, meeting=meeting)
        assert form.is_valid() == is_fine
        assert is_fine or "only if they asked" in form.errors["leave_behind"][0]

    def test_offers_the_student_their_own_accomplishments(self):
        meeting, theirs = MeetingFactory(), AccomplishmentFactory()
        form = PrepForm({"revision": 0, "accomplishments": [theirs.pk]}, meeting=meeting)
        assert "accomplishments" in form.errors

    def test_reads_every_field_of_the_sheet(self):
        data = {"revision": 3, **ALL, "etiquette": ["dress", "end"], "can_offer": "A survey"}
        form = PrepForm(data, meeting=MeetingFactory())
        assert form.is_valid()
        assert form.details == {
            **ALL,
            "can_offer": "A survey",
            "leave_behind": "",
            "is_leave_behind_requested": False,
            "etiquette": [Etiquette.DRESS, Etiquette.END],
        }

    @pytest.mark.parametrize("do", ["drop", "up", "up-x", "up-1;", f"up-{10**20}", "carry-1"])
    def test_refuses_a_button_that_there_is_not(self, do):
        assert "do" in QuestionsForm({"do": do}).errors

    def test_asks_for_the_question_first(self):
        assert "question" in QuestionsForm({"do": "add", "question": "  "}).errors
        assert QuestionsForm({"do": "add", "question": "a  b"}).is_valid()
