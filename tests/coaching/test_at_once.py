"""Two people at the same moment, on two real connections: one is first, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from apps.coaching.actions.feedback import (
    TooLate,
    begin_to_read,
    hand_in,
    return_submission,
    take_back,
)
from apps.coaching.actions.questions import AnsweredAlready, answer
from apps.coaching.models import Piece, Question, Submission
from apps.coaching.pieces import Subject
from tests.accounts.factories import UserFactory
from tests.clock import NOW
from tests.coaching.factories import QuestionFactory, SubmissionFactory
from tests.meetings.factories import DebriefFactory, FindingFactory

pytestmark = pytest.mark.django_db(transaction=True)

Steps = list[Callable[[], object]]


@pytest.fixture
def at_once() -> Callable[[Steps], list[object]]:
    """Return a function that takes steps at the same moment; a refusal is its result."""

    def take(steps: Steps) -> list[object]:
        start = Barrier(len(steps))

        def one(step: Callable[[], object]) -> object:
            try:
                start.wait(timeout=30)
                return step()
            except (TooLate, AnsweredAlready) as refusal:
                return refusal
            finally:
                connection.close()

        with ThreadPoolExecutor(len(steps)) as pool:
            return list(pool.map(one, steps))

    return take


def test_one_of_two_counselors_returns_it(at_once: Callable[[Steps], list[object]]) -> None:
    row = SubmissionFactory(student__with_account=True, being_read=True)
    colleagues = UserFactory.create_batch(2, counselor=True)

    def give_back(number: int) -> object:
        return return_submission(
            submission=row,
            comment=f"From {number}.",
            rubric_version=None,
            scores={},
            is_to_be_revised=False,
            by=colleagues[number],
            now=NOW,
        )

    results = at_once([lambda: give_back(0), lambda: give_back(1)])
    [late] = [result for result in results if isinstance(result, TooLate)]
    row.refresh_from_db()
    first = colleagues.index(row.returned_by)
    assert row.comment == f"From {first}."
    assert late.submission.returned_by == row.returned_by


def test_one_of_two_counselors_answers(at_once: Callable[[Steps], list[object]]) -> None:
    row = QuestionFactory(student__with_account=True)
    by = UserFactory(counselor=True)
    steps: Steps = [
        lambda: answer(question=row, text="Yes.", by=by, now=NOW),
        lambda: answer(question=row, text="No.", by=by, now=NOW),
    ]
    results = at_once(steps)
    refused = [isinstance(result, AnsweredAlready) for result in results]
    assert sorted(refused) == [False, True]
    [late] = [result for result in results if isinstance(result, AnsweredAlready)]
    assert late.question.answered_by == by
    assert Question.objects.get().answer == ["Yes.", "No."][refused.index(False)]


def test_a_piece_is_taken_back_or_read(at_once: Callable[[Steps], list[object]]) -> None:
    row = SubmissionFactory()
    by = UserFactory(counselor=True)
    steps: Steps = [
        lambda: take_back(submission=row, now=NOW),
        lambda: begin_to_read(submission=row, by=by, now=NOW),
    ]
    refused = [isinstance(result, TooLate) for result in at_once(steps)]
    assert sorted(refused) == [False, True]
    row.refresh_from_db()
    assert (row.withdrawn_at is None) is refused[0]


def test_a_button_pressed_twice_hands_in_once(at_once: Callable[[Steps], list[object]]) -> None:
    meeting = DebriefFactory().meeting
    FindingFactory(meeting=meeting)
    subject = Subject.of_meeting(Piece.DEBRIEF, meeting)
    at_once([lambda: hand_in(subject=subject, now=NOW)] * 3)
    assert Submission.objects.get().round == 1
