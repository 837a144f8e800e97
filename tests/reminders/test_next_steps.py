from datetime import timedelta

import pytest

from apps.reminders.next_steps import next_steps, next_steps_of
from apps.students.models import Student
from apps.students.next_steps import StepKind
from tests.clock import NOW, ago
from tests.contacts.factories import ContactFactory, WishFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory
from tests.students.factories import StudentFactory

pytestmark = pytest.mark.django_db


def test_unites_what_every_app_asks_in_two_queries_thanks_first(django_assert_num_queries):
    student = StudentFactory()
    unthanked = MeetingFactory(student=student, held=True, starts_at=ago(days=2))
    unrecorded = MeetingFactory(student=student, begun=True, starts_at=ago(hours=2))
    waiting = AttemptFactory(student=student, sent_at=ago(days=30))
    with django_assert_num_queries(1):
        next_steps(Student.objects.filter(pk=student.pk), NOW)
    WishFactory(never=True)
    with django_assert_num_queries(2):  # one of them about the wishes of whom to write to
        steps = next_steps(Student.objects.filter(pk=student.pk), NOW)
    assert [(step.kind, step.subject) for step in steps] == [
        (StepKind.THANK, unthanked.pk),
        (StepKind.SAY_HOW_IT_WENT, unrecorded.pk),
        (StepKind.DEBRIEF, unthanked.pk),
        (StepKind.FOLLOW_UP, waiting.pk),
    ]
    assert all(step.student == student.pk for step in steps)
    assert steps[3].happened_at == ago(days=30)
    assert steps[0].due_at == ago(days=2) + timedelta(minutes=unthanked.minutes, hours=24)


def test_names_whom_it_is_about():
    contact = ContactFactory(name="Björk", organization="")
    MeetingFactory(contact=contact, held=True)
    step, _ = next_steps(Student.objects.all(), NOW)
    assert (step.contact_name, step.organization) == ("Björk", "")
    assert step.is_overdue(NOW)


def test_leaves_other_students_alone():
    MeetingFactory(held=True)
    assert next_steps(Student.objects.filter(pk=StudentFactory().pk), NOW) == []


def test_tells_one_student_the_same():
    contact = ContactFactory()
    MeetingFactory(contact=contact, held=True)
    MeetingFactory(student=contact.student, begun=True)
    AttemptFactory(student=contact.student)
    MeetingFactory(held=True)
    for now in (NOW, ago(days=2), NOW + timedelta(days=20)):
        expected = next_steps(Student.objects.filter(pk=contact.student_id), now)
        assert next_steps_of(contact.student, now) == expected
    assert [
        step.kind for step in next_steps_of(contact.student, NOW) if step.contact == contact.pk
    ] == [
        StepKind.THANK,
        StepKind.DEBRIEF,
    ]
