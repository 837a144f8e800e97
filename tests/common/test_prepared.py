from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from apps.common.prepared import Prepared, Statement, planned_once
from apps.students.models import Student
from tests.clock import NOW
from tests.students.factories import EnrolmentFactory, StudentFactory

pytestmark = pytest.mark.django_db


def rows(key, now):
    """Students with this key who were not on the roster a day before, and when that was."""
    return (
        Student.objects.filter(pk=key, created_at__gt=now - timedelta(days=1), family_name="Öztürk")
        .annotate(at=F("created_at"))
        .order_by("pk")
        .values_list("pk", "family_name")
    )


def test_answers_what_the_queryset_would_for_each_key_and_moment(django_assert_num_queries):
    student, other = StudentFactory(), StudentFactory()
    long_ago = NOW - timedelta(days=4000)
    prepared = Prepared(rows)
    for key in (student.pk, other.pk, 0):
        for moment in (long_ago, student.created_at, student.created_at + timedelta(days=2)):
            with django_assert_num_queries(1):
                answer = prepared.rows(key, moment)
            assert answer == list(rows(key, moment))
    assert prepared.rows(student.pk, student.created_at) == [(student.pk, "Öztürk")]


def test_builds_the_query_once():
    built = []

    def build(key, now):
        built.append(key)
        return EnrolmentFactory._meta.model.objects.filter(student=key).values_list("pk")

    prepared = Prepared(build)
    enrolment = EnrolmentFactory()
    assert prepared.rows(enrolment.student_id, NOW) == [(enrolment.pk,)]
    assert prepared.rows(0, NOW) == []
    assert len(built) == 1


def test_takes_a_day_for_the_moment():
    enrolment = EnrolmentFactory()
    prepared = Prepared(
        lambda key, day: enrolment._meta.model.objects.filter(
            student=key, enrolled_on__gt=day - timedelta(days=7)
        ).values_list("pk"),
        of_day=True,
    )
    key, day = enrolment.student_id, enrolment.enrolled_on
    assert prepared.rows(key, day) == [(enrolment.pk,)]
    assert prepared.rows(key, day + timedelta(days=7)) == []


def test_keeps_in_the_text_what_is_the_same_for_all():
    student = StudentFactory(family_name="O'Hara 100 % \\ $1")
    prepared = Prepared(
        lambda key, _: Student.objects.filter(
            pk=key, family_name=student.family_name, given_name__contains="%"
        ).values_list("pk")
    )
    assert prepared.rows(student.pk) == []
    Student.objects.update(given_name="50 %")
    assert prepared.rows(student.pk) == [(student.pk,)]


def test_puts_a_statement_together_from_parts():
    inner = Statement.of("SELECT %(a)s::int + %(b)s::int", a=1, b=2)
    outer = Statement.of("SELECT '100 %%', (%(inner)s), %(b)s::int", inner=inner, b=3)
    assert list(outer) == [("100 %", 3, 3)]
    students = Student.objects.filter(pk=StudentFactory().pk).values_list("family_name")
    nobody = Student.objects.none().values_list("family_name")
    union = Statement.union([nobody, students, Statement("SELECT 'x'")])
    assert len(list(union)) == 2
    assert Statement.of_rows(nobody) is None


def test_plans_a_statement_once_that_comes_again_with_other_values():
    with CaptureQueriesContext(connection) as captured, planned_once() as cursor:
        for number in range(3):
            cursor.execute("SELECT %s::bigint + 1, %s::timestamptz", [number, NOW])
            assert cursor.fetchall() == [(number + 1, NOW)]
    assert [query["sql"] for query in captured] == ["SELECT $1::bigint + 1, $2::timestamptz"] * 3
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1::bigint%'"
        )
        assert cursor.fetchone() == (1,)
