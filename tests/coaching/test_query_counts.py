"""Lists of what was handed in, asked, noted and looked for ask the database as often when long."""

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.students.models import Cohort, Student
from tests.coaching.factories import (
    NoteFactory,
    QuestionFactory,
    RubricVersionFactory,
    SubmissionFactory,
)
from tests.guards.test_query_counts import assert_asks_as_often
from tests.students.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db


def test_the_queue(counselor_client: Client, cohort: Cohort) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            student = EnrolmentFactory(cohort=cohort).student
            for trait in ({}, {"being_read": True}, {"draft": True}, {"returned": True}):
                SubmissionFactory(student=student, **trait)
            QuestionFactory(student=student, cohort=cohort)

    assert_asks_as_often(counselor_client, "/feedback/", fill)


def test_what_was_handed_in(ana: Student, ana_client: Client) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            for trait in ({"sheet": True}, {"draft": True}, {"returned": True}):
                SubmissionFactory(student=ana, **trait)

    assert_asks_as_often(ana_client, "/handed-in/", fill)


def test_the_rounds_of_one_piece(ana: Student, counselor_client: Client) -> None:
    first = SubmissionFactory(student=ana, being_read=True)
    version = RubricVersionFactory()
    rounds = iter(range(2, 99))

    def fill(number: int) -> None:
        for _ in range(number):
            SubmissionFactory(
                student=ana,
                meeting=first.meeting,
                round=next(rounds),
                returned=True,
                rubric_version=version,
                scores={"person": 1, "news": 1},
                handed_in_at=first.handed_in_at.replace(day=1),
                read_at=first.handed_in_at,
            )

    assert_asks_as_often(counselor_client, f"/feedback/{first.pk}/", fill)


def test_the_questions(ana: Student, ana_client: Client, cohort: Cohort) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            QuestionFactory(student=ana, cohort=cohort, answered=True)

    assert_asks_as_often(ana_client, "/ask/", fill)


def test_the_notes(
    ana: Student, ana_client: Client, counselor: User, counselor_client: Client
) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            NoteFactory(student=ana, author=counselor, shared=True)
            NoteFactory(student=ana, author=counselor)
            NoteFactory(student=ana, shared=True)

    assert_asks_as_often(ana_client, "/record/notes/", fill)
    assert_asks_as_often(counselor_client, f"/students/{ana.pk}/notes/", fill)


def test_the_rubrics(counselor_client: Client) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            SubmissionFactory(returned=True, rubric_version=RubricVersionFactory())

    assert_asks_as_often(counselor_client, "/rubrics/", fill)
