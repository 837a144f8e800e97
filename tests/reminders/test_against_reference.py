"""The lists of a thousand random students, against what a slow and plain reading of rows says."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import connection

from apps.reminders.next_steps import next_steps, next_steps_of, next_steps_with_people
from apps.students.models import Student
from apps.students.next_steps import NextStep, StepKind
from tests.clock import NOW
from tests.reminders.random_students import DAY, Maker
from tests.reminders.reference import ORDER, Reference, in_order
from tests.reminders.rows import rows_of_everybody

STUDENTS = 250
"""In each of four programmes with their own terms, policies and holidays: a thousand in all."""
ALONE = 12
ENOUGH = 3
"""How often each kind has to come up at least, so that the comparison is one."""


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_says_what_a_plain_reading_of_the_rows_says(seed):
    Maker(seed, STUDENTS).make()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    everybody = rows_of_everybody()
    random = Random(seed)
    seen: Counter[str] = Counter()
    for now in (NOW, random_moment(random)):
        expected = {rows.student.pk: Reference(rows, now).steps() for rows in everybody}
        found = defaultdict(list)
        for step in next_steps(Student.objects.all(), now):
            found[step.student].append(step)
            seen[step.kind] += 1
        for rows in everybody:
            assert plain(found[rows.student.pk]) == expected[rows.student.pk]
    for rows in random.sample(everybody, ALONE):
        now = random_moment(random)
        alone = next_steps_of(rows.student, now)
        assert plain(alone) == Reference(rows, now).steps()
        assert [*map(place, alone)] == sorted(map(place, alone))
        with_people = [step for step in alone if step.contact is not None]
        assert next_steps_with_people(rows.student, now) == with_people
    assert {kind for kind in StepKind if seen[kind] < ENOUGH} == set()


def test_puts_every_kind_into_the_same_order():
    assert [*StepKind] == ORDER


def random_moment(random: Random) -> datetime:
    """Return a moment from NOW on: rows count as they are, so there is no asking about earlier."""
    days = random.choice([random.randint(0, 60), random.uniform(0, 60)]) * DAY
    return NOW + days + random.choice([timedelta(0), timedelta(hours=9, minutes=30)])


def plain(steps: list[NextStep]) -> list[tuple[object, ...]]:
    """Return the steps as tuples; those of one kind and one moment, in the order of their rows."""
    return [
        (
            step.kind,
            step.student,
            step.subject,
            step.contact,
            step.contact_name,
            step.organization,
            step.happened_at,
            step.due_at,
            step.detail,
        )
        for step in sorted(steps, key=in_order)
    ]


def place(step: NextStep) -> tuple[int, datetime]:
    return ORDER.index(step.kind), step.due_at
