from datetime import date, timedelta

import pytest

from apps.students.models import Cohort, Enrolment, Student, Term
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY
from tests.constraints import refused_by
from tests.students.factories import (
    CohortFactory,
    EnrolmentFactory,
    StudentFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def change(row, **values):
    """Write past the model, as an import or a line of SQL does."""
    type(row).objects.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("starts_on", "census_on"), ("census_on", "ends_on"), ("ends_on", "closes_on")],
)
def test_keeps_the_dates_of_a_term_in_order(earlier, later):
    term = TermFactory()
    change(term, **{earlier: getattr(term, later)})  # on the same day is fine
    with refused_by("students_term_dates_in_order"):
        change(term, **{earlier: getattr(term, later) + DAY})


def test_keeps_what_has_to_be_unique():
    cohort, enrolment, student = CohortFactory(), EnrolmentFactory(), StudentFactory()
    CohortFactory(name=cohort.name)  # of another term
    with refused_by("students_cohort_once_per_term"):
        CohortFactory(term=cohort.term, name=cohort.name)
    with refused_by("students_enrolment_once_per_cohort"):
        EnrolmentFactory(student=enrolment.student, cohort=enrolment.cohort)
    with refused_by("students_term_code_key"):
        TermFactory(code=cohort.term.code)
    with refused_by("students_student_student_id_key"):
        StudentFactory(student_id=student.student_id)


def test_refuses_a_cohort_without_a_goal():
    with refused_by("students_cohort_goal_positive"):
        CohortFactory(goal=0)


def test_asks_for_one_of_a_students_names():
    student = StudentFactory(given_name="Sukarno", family_name="")
    StudentFactory(given_name="", family_name="Sukarno")
    with refused_by("students_student_has_a_name"):
        change(student, given_name="")


def test_refuses_an_enrolment_that_ends_before_it_begins():
    enrolment = EnrolmentFactory()
    change(enrolment, withdrawn_on=enrolment.enrolled_on)
    with refused_by("students_enrolment_ends_after_it_begins"):
        change(enrolment, withdrawn_on=enrolment.enrolled_on - DAY)


def test_plans_an_even_pace_from_the_first_day_to_the_last():
    cohort = CohortFactory(
        goal=10,
        term__starts_on=date(2025, 9, 1),
        term__census_on=date(2025, 9, 1),
        term__ends_on=date(2025, 12, 10),  # a hundred days later
    )
    days = [date(2025, 8, 1), date(2025, 9, 1), date(2025, 9, 10), date(2025, 9, 11)]
    assert [cohort.planned_by(day) for day in days] == [0, 0, 0, 1]
    assert [cohort.planned_by(date(2025, 12, day)) for day in (9, 10, 31)] == [9, 10, 10]


def test_plans_everything_at_once_in_a_term_of_one_day():
    one_day = dict.fromkeys(["term__starts_on", "term__census_on", "term__ends_on"], TODAY)
    assert CohortFactory(goal=3, **one_day).planned_by(TODAY) == 3


def test_names_a_student_by_the_parts_there_are():
    assert StudentFactory.build(given_name="Noor", family_name="Öztürk").name == "Noor Öztürk"
    assert StudentFactory.build(given_name="", family_name="Öztürk").name == "Öztürk"


def test_sorts_students_by_family_name_and_by_the_only_name_there_is():
    for given, family in [("Zoe", "Abel"), ("Bo", ""), ("Ana", "Abel"), ("Kim", "Cho")]:
        StudentFactory(given_name=given, family_name=family)
    assert [s.name for s in Student.objects.by_name()] == ["Ana Abel", "Zoe Abel", "Bo", "Kim Cho"]


def test_reads_the_day_on_the_students_own_clock(settings):
    settings.INSTITUTION_TIME_ZONE = "America/New_York"
    late = NOW.replace(hour=23)
    assert StudentFactory.build().today(late) == TODAY
    abroad = StudentFactory(with_account=True, user__time_zone="Asia/Tokyo")
    assert abroad.today(late) == TODAY + DAY


def test_counts_on_the_census_date_who_has_come_and_not_left():
    term = TermFactory()
    census = term.census_on

    def counts(**dates):
        enrolment = EnrolmentFactory(cohort=CohortFactory(term=term), **dates)
        return Enrolment.objects.on_census().filter(pk=enrolment.pk).exists()

    assert counts(enrolled_on=census)
    assert not counts(enrolled_on=census + DAY)
    assert counts(withdrawn_on=census + DAY)
    assert not counts(withdrawn_on=census)


def test_calls_an_enrolment_current_while_it_and_its_term_last():
    term = TermFactory()
    enrolment = EnrolmentFactory(cohort__term=term, enrolled_on=term.starts_on + DAY)
    days = [term.starts_on, term.starts_on + DAY, term.closes_on, term.closes_on + DAY]
    assert [Enrolment.objects.current(day).exists() for day in days] == [False, True, True, False]
    change(enrolment, withdrawn_on=TODAY)
    assert Enrolment.objects.current(TODAY - DAY).exists()
    assert not Enrolment.objects.current(TODAY).exists()


def test_finds_the_terms_before_one_latest_first():
    spring = TermFactory(finished=True)
    winter = TermFactory(
        starts_on=date(2025, 1, 2), census_on=date(2025, 1, 3), ends_on=date(2025, 1, 17)
    )
    fall = TermFactory()
    assert list(Term.objects.before(fall)) == [spring, winter]
    assert list(Term.objects.before(winter)) == []


# Who sees whom. `ana` is in `counselor`'s cohort, `ben` in `other_counselor`'s.


def test_shows_staff_their_students_and_students_themselves(
    ana, ben, counselor, other_counselor, administrator
):
    unenrolled = StudentFactory()
    seen = {
        user: set(Student.objects.visible_to(user))
        for user in (ana.user, ben.user, counselor, other_counselor, administrator, UserFactory())
    }
    assert list(seen.values()) == [{ana}, {ben}, {ana}, {ben}, {ana, ben, unenrolled}, set()]


def test_adds_up_what_each_of_several_roles_sees(ana, ben, cohort):
    ben.user.roles = ["student", "counselor"]
    cohort.counselors.add(ben.user)
    assert set(Student.objects.visible_to(ben.user)) == {ana, ben}


def test_goes_by_roles_and_not_by_what_is_left_of_them(ana, cohort, counselor):
    counselor.roles = []
    assert not Student.objects.visible_to(counselor).exists()
    assert not Cohort.objects.visible_to(counselor).exists()
    ana.user.roles = []
    assert not Student.objects.visible_to(ana.user).exists()


def test_shows_a_student_of_two_own_cohorts_once(ana, counselor, term):
    EnrolmentFactory(student=ana, cohort=CohortFactory(term=term, counselors=[counselor]))
    assert list(Student.objects.visible_to(counselor)) == [ana]


def test_shows_cohorts_and_their_terms_to_those_who_teach_them(
    ana, cohort, other_cohort, counselor, administrator
):
    empty_term = TermFactory(finished=True)
    assert set(Cohort.objects.visible_to(counselor)) == {cohort}
    assert set(Cohort.objects.visible_to(administrator)) == {cohort, other_cohort}
    assert not Cohort.objects.visible_to(ana.user).exists()
    assert list(Term.objects.visible_to(counselor)) == [cohort.term]
    assert set(Term.objects.visible_to(administrator)) == {cohort.term, empty_term}
    assert not Term.objects.visible_to(ana.user).exists()


def test_keeps_the_student_when_the_account_goes():
    student = StudentFactory(with_account=True)
    student.user.delete()
    student.refresh_from_db()
    assert student.user is None


def test_shows_ids_and_no_names_where_a_row_is_printed():
    student = StudentFactory()
    assert str(student) == f"student {student.pk}"
    assert str(EnrolmentFactory(student=student)).startswith("enrolment ")
