from importlib import import_module
from itertools import product

import pytest
from django.apps import apps

from apps.meetings.models import (
    BankQuestion,
    Block,
    PlannedQuestion,
    PrepSheet,
    QuestionGroup,
    Status,
    readiness,
)
from tests.clock import ago, ahead
from tests.constraints import refused_by
from tests.meetings.factories import BankQuestionFactory, MeetingFactory, PlannedQuestionFactory

GOALS = {"goal_information": "How a launch works", "goal_contacts": "One in research"}
RESEARCH = {"research_person": "a", "research_duties": "b", "research_organization": "c"}
PITCH = {"pitch": "I study marketing.", "is_pitch_rehearsed": True}


@pytest.mark.parametrize(
    ("details", "number", "done"),
    [
        ({}, 0, set()),
        (GOALS, 0, {Block.GOALS}),
        ({"goal_information": "a"}, 0, set()),
        ({"goal_contacts": "a"}, 0, set()),
        ({}, 2, set()),
        ({}, 3, {Block.QUESTIONS}),
        ({}, 9, {Block.QUESTIONS}),
        (RESEARCH, 0, {Block.RESEARCH}),
        ({**RESEARCH, "research_duties": ""}, 0, set()),
        (PITCH, 0, {Block.PITCH}),
        ({**PITCH, "is_pitch_rehearsed": False}, 0, set()),
        ({**PITCH, "pitch": ""}, 0, set()),
        ({**GOALS, **RESEARCH, **PITCH}, 2, {Block.GOALS, Block.RESEARCH, Block.PITCH}),
        ({**GOALS, **RESEARCH, **PITCH}, 3, set(Block)),
    ],
)
def test_judges_each_block_by_what_stands_in_it(details, number, done):
    judged = readiness(PrepSheet(**details), number)
    assert judged.done == done
    assert judged.open == [block for block in Block if block not in done]
    assert judged.is_ready == (done == set(Block))


def test_finds_nothing_done_where_nothing_is_written():
    assert readiness(None, 0).done == set()


def test_is_ready_with_all_four_blocks_and_no_fewer():
    parts = [GOALS, RESEARCH, PITCH]
    for chosen in product([False, True], repeat=4):
        *blocks, has_questions = chosen
        details = {}
        for part, is_in in zip(parts, blocks, strict=True):
            details |= part if is_in else {}
        judged = readiness(PrepSheet(**details), 3 if has_questions else 0)
        assert (len(judged.done), judged.is_ready) == (sum(chosen), all(chosen))


@pytest.mark.django_db
class TestLeftOver:
    @pytest.fixture
    def held(self, ana):
        return MeetingFactory(student=ana, held=True)

    @pytest.fixture
    def next_one(self, ana):
        return MeetingFactory(student=ana)

    def texts(self, meeting):
        return [row.text for row in PlannedQuestion.objects.left_over_for(meeting)]

    def test_returns_what_was_not_reached_in_order(self, held, next_one):
        PlannedQuestionFactory(meeting=held, text="Second?", position=2)
        PlannedQuestionFactory(meeting=held, text="First?", position=1)
        PlannedQuestionFactory(meeting=held, text="Asked?", is_asked=True)
        earlier = MeetingFactory(student=held.student, held=True, starts_at=ago(days=20))
        PlannedQuestionFactory(meeting=earlier, text="Long ago?")
        assert self.texts(next_one) == ["First?", "Second?", "Long ago?"]

    def test_leaves_out_what_stands_on_a_later_sheet(self, held, next_one):
        PlannedQuestionFactory(meeting=held, text="Why?")
        between = MeetingFactory(student=held.student, starts_at=ahead(days=1))
        PlannedQuestionFactory(meeting=between, text="Why?")
        assert self.texts(next_one) == []

    @pytest.mark.parametrize("status", [Status.CANCELLED, Status.NO_SHOW])
    def test_forgets_the_sheet_of_what_never_took_place(self, held, next_one, status):
        PlannedQuestionFactory(meeting=held, text="Why?")
        between = MeetingFactory(student=held.student, starts_at=ago(days=1), status=status)
        PlannedQuestionFactory(meeting=between, text="Why?")
        assert self.texts(next_one) == ["Why?"]

    def test_offers_what_was_carried_in_vain_once(self, held, next_one):
        PlannedQuestionFactory(meeting=held, text="Why?")
        again = MeetingFactory(student=held.student, held=True, starts_at=ago(days=1))
        PlannedQuestionFactory(meeting=again, text="Why?", carried_from=held)
        assert [row.meeting for row in PlannedQuestion.objects.left_over_for(next_one)] == [again]

    def test_leaves_out_what_stands_on_this_sheet(self, held, next_one):
        PlannedQuestionFactory(meeting=held, text="Why?")
        PlannedQuestionFactory(meeting=next_one, text="Why?")
        assert self.texts(next_one) == []

    def test_looks_at_held_and_earlier_conversations_of_the_same_student(self, ben, next_one):
        PlannedQuestionFactory(meeting=MeetingFactory(student=ben, held=True))
        PlannedQuestionFactory(meeting=MeetingFactory(student=next_one.student, begun=True))
        PlannedQuestionFactory(
            meeting=MeetingFactory(
                student=next_one.student, status=Status.HELD, starts_at=ahead(days=9)
            )
        )
        assert self.texts(next_one) == []


@pytest.mark.django_db
def test_keeps_a_question_once_a_sheet():
    question = PlannedQuestionFactory()
    PlannedQuestionFactory(text=question.text)
    with refused_by("meetings_plannedquestion_once_per_meeting"):
        PlannedQuestionFactory(text=question.text, meeting=question.meeting)


@pytest.mark.django_db
def test_keeps_a_question_of_the_programme_once():
    question = BankQuestionFactory()
    with refused_by("meetings_bankquestion_once"):
        BankQuestionFactory(text=question.text)


@pytest.mark.django_db
def test_keeps_a_question_of_a_student_once_beside_the_programmes(ana):
    BankQuestionFactory(text="Why?")
    BankQuestionFactory(text="Why?", student=ana)
    with refused_by("meetings_bankquestion_once"):
        BankQuestionFactory(text="Why?", student=ana)


@pytest.mark.django_db
def test_knows_the_groups_of_the_bank():
    with refused_by("meetings_bankquestion_group_is_known"):
        BankQuestionFactory(group="other")


@pytest.mark.django_db
def test_begins_with_questions_in_every_group_each_once():
    begin = import_module("apps.meetings.migrations.0009_begin_the_question_bank").begin
    begin(apps, None)
    questions = BankQuestion.objects.of_programme()
    number = questions.count()
    assert set(questions.order_by().values_list("group", flat=True)) == set(QuestionGroup)
    begin(apps, None)
    assert questions.count() == number
