"""Who in a list is whom: by the institution's id first, then by e-mail."""

import pytest

from apps.students.roster.plan import NOT_IN_FILE, SAID_TO_HAVE_LEFT
from tests.accounts.factories import UserFactory
from tests.clock import TODAY, ago
from tests.students.factories import EnrolmentFactory, StudentFactory
from tests.students.roster_files import csv, enrolled, oneroster, user
from tests.students.roster_imports import plan_of, read_in

pytestmark = pytest.mark.django_db

HEAD = "Student ID,First,Last,E-mail"


@pytest.fixture
def noor(cohort):
    """A student of the class who has not signed in yet."""
    student = StudentFactory(
        student_id="S1", given_name="Noor", family_name="Öztürk", email="noor@x.example"
    )
    return EnrolmentFactory(cohort=cohort, student=student).student


def problems(plan):
    return [(one.row, one.field, one.problem) for one in plan.problems]


def changes(plan):
    return [[(one.field, one.before, one.after) for one in entry.changes] for entry in plan.changed]


def test_tells_new_from_changed_from_unchanged(cohort, counselor, noor, ana):
    rows = [
        "S1,Noor,Öztürk-Lee,noor@x.example",
        f"{ana.student_id},{ana.given_name},{ana.family_name},{ana.email}",
        "S9,Ada,Ray,ada@x.example",
    ]
    _, plan = read_in(cohort, csv(HEAD, *rows), counselor)
    assert changes(plan) == [[("family_name", "Öztürk", "Öztürk-Lee")]]
    assert [entry.match.person.student_id for entry in plan.new] == ["S9"]
    assert (plan.unchanged, plan.problems, plan.leaving) == (1, [], [])


def test_lets_an_empty_cell_delete_nothing(cohort, counselor, noor):
    _, plan = read_in(cohort, csv(HEAD, "S1,,,"), counselor)
    assert (plan.unchanged, plan.changed) == (1, [])


def test_knows_somebody_by_id_whatever_the_address(cohort, counselor, noor):
    _, plan = read_in(cohort, csv(HEAD, "S1,Noor,Öztürk,new@x.example"), counselor)
    assert changes(plan) == [[("email", "noor@x.example", "new@x.example")]]


def test_knows_somebody_by_address_where_the_list_has_no_ids(cohort, counselor, noor):
    _, plan = read_in(cohort, csv("Name,E-mail", "Noor Öztürk,NOOR@x.example"), counselor)
    assert (plan.unchanged, plan.new) == (1, [])


def test_never_follows_an_address_to_somebody_with_another_id(cohort, counselor, noor):
    _, plan = read_in(cohort, csv(HEAD, "S2,Ada,Ray,noor@x.example"), counselor)
    words = "This address belongs to Noor Öztürk, whose id is S1."
    assert problems(plan) == [(2, "E-mail", words)]
    assert not plan.does_something


def test_does_not_say_who_has_an_address_in_a_class_that_one_may_not_see(cohort, counselor, ben):
    _, plan = read_in(cohort, csv(HEAD, f"S2,Ada,Ray,{ben.email}"), counselor)
    words = "This address belongs to somebody else whom the program knows."
    assert problems(plan) == [(2, "E-mail", words)]


def test_gives_the_id_to_somebody_who_came_in_without_one(cohort, counselor):
    student = StudentFactory(student_id="ada@x.example", email="ada@x.example", given_name="Ada")
    EnrolmentFactory(cohort=cohort, student=student)
    _, plan = read_in(cohort, csv(HEAD, "S7,Ada,Öztürk,ada@x.example"), counselor)
    assert changes(plan) == [[("student_id", "ada@x.example", "S7")]]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            ["S1,Ada,Ray,a@x.example", "S1,Ada,Roy,a@x.example"],
            "This id is in row 2 too, where family name differs.",
        ),
        (
            ["S1,Ada,Ray,a@x.example", "S2,Ada,Ray,a@x.example"],
            "This address is in row 2 too, where student id differs.",
        ),
        (["S1,Ada,Ray,", ",,,b@x.example", "S3,,,"], "There is no name in this row."),
    ],
)
def test_names_rows_that_cannot_both_be_right(cohort, counselor, rows, said):
    _, plan = read_in(cohort, csv(HEAD, *rows), counselor)
    assert said in [one.problem for one in plan.problems]


def test_takes_the_same_row_once_and_says_so(cohort, counselor):
    row = "S1,Ada,Ray,a@x.example"
    _, plan = read_in(cohort, csv(HEAD, row, row), counselor)
    assert (len(plan.new), plan.problems) == (1, [])
    assert [(one.row, one.problem) for one in plan.remarks] == [
        (3, "This row says the same as row 2.")
    ]


def test_takes_somebody_in_two_sections_once_and_says_nothing(cohort, counselor):
    head = f"{HEAD},Section"
    rows = ["S1,Ada,Ray,a@x.example,A", "S1,Ada,Ray,a@x.example,B"]
    _, plan = read_in(cohort, csv(head, *rows), counselor)
    assert (len(plan.new), plan.problems, plan.remarks) == (1, [], [])


def test_takes_only_the_sections_that_are_meant(cohort, counselor):
    rows = ["S1,Ada,Ray,a@x.example,A", "S2,Ben,Roe,b@x.example,B"]
    _, plan = read_in(cohort, csv(f"{HEAD},Section", *rows), counselor, sections=["B"])
    assert [entry.match.person.student_id for entry in plan.new] == ["S2"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (f"{'9' * 65},Ada,Ray,a@x.example", "Student id"),
        (f"S1,{'A' * 101},Ray,a@x.example", "Given name"),
        (",Ada,Ray,", "Student id"),
        (f",Ada,Ray,{'a' * 60}@{'x' * 20}.example", "Student id"),
    ],
)
def test_leaves_out_what_cannot_be_kept(cohort, counselor, row, field):
    _, plan = read_in(cohort, csv(HEAD, row), counselor)
    assert [(one.row, one.field) for one in plan.problems] == [(2, field)]


def test_takes_somebody_without_an_address_that_is_none(cohort, counselor):
    _, plan = read_in(cohort, csv(HEAD, "S1,Ada,Ray,ada(at)x.example"), counselor)
    assert [entry.match.person.email for entry in plan.new] == [""]
    assert [(one.row, one.field) for one in plan.remarks] == [(2, "E-mail")]


def test_asks_before_withdrawing_and_only_when_the_list_is_said_to_be_full(
    cohort, counselor, noor, ana
):
    data = csv(HEAD, f"{ana.student_id},{ana.given_name},{ana.family_name},{ana.email}")
    _, plan = read_in(cohort, data, counselor)
    assert plan.leaving == []
    _, plan = read_in(cohort, data, counselor, is_full=True)
    assert [(one.student_id, one.why) for one in plan.leaving] == [("S1", NOT_IN_FILE)]
    assert not plan.does_something


def test_does_not_miss_somebody_whose_row_is_left_out(cohort, counselor, noor):
    data = csv(HEAD, f"S1,{'N' * 101},Öztürk,noor@x.example")
    _, plan = read_in(cohort, data, counselor, is_full=True)
    assert (len(plan.problems), plan.leaving) == (1, [])


def test_asks_before_taking_somebody_back(cohort, counselor, noor):
    noor.enrolments.update(withdrawn_on=TODAY)
    _, plan = read_in(cohort, csv(HEAD, "S1,Noor,Öztürk,"), counselor)
    assert [one.student_id for one in plan.returning] == ["S1"]
    assert not plan.does_something


def test_believes_a_delta_about_who_has_left_but_asks(cohort, counselor, noor):
    data = oneroster(
        [user("S1", "Noor Öztürk", status="tobedeleted")], [enrolled("S1", "c1")], mode="delta"
    )
    _, plan = read_in(cohort, data, counselor)
    assert [(one.student_id, one.why) for one in plan.leaving] == [("S1", SAID_TO_HAVE_LEFT)]


def test_knows_a_user_whom_only_the_enrollments_of_a_delta_name(cohort, counselor, noor):
    data = oneroster(
        [user("S8", "Ada Ray")], [enrolled("S1", "c1"), enrolled("S9", "c1")], mode="delta"
    )
    _, plan = read_in(cohort, data, counselor)
    assert plan.unchanged == 1
    assert [one.problem for one in plan.problems] == ["There is no name in this row."]


def test_proposes_teachers_who_are_counselors_already(cohort, administrator, counselor):
    known = UserFactory(counselor=True, email="cal@x.example", full_name="Cal Moe")
    UserFactory(student=True, email="dee@x.example")
    data = oneroster(
        [
            user("u1", "Ana Lee"),
            user("t1", "Cal Moe", "teacher", email="Cal@x.example"),
            user("t2", "Dee Fox", "teacher", email="dee@x.example"),
            user("t3", "Eva Roe", "teacher", email="nobody@x.example"),
        ],
        [enrolled("u1", "c1"), *(enrolled(one, "c1", "teacher") for one in ("t1", "t2", "t3"))],
    )
    _, plan = read_in(cohort, data, administrator)
    assert [(one.key, one.name, one.why) for one in plan.teachers] == [
        (known.pk, "Cal Moe", "Teaches Physics")
    ]
    _, plan = read_in(cohort, data, counselor)  # who may not say who looks after a class
    assert plan.teachers == []


def test_opens_no_record_to_whoever_only_knows_an_id(cohort, counselor, administrator, ben):
    guess = csv(HEAD, f"{ben.student_id},Somebody,Else,new@x.example")
    _, plan = read_in(cohort, guess, counselor)
    assert problems(plan) == [
        (2, "Student id", "This id belongs to somebody by another name, in no class of yours.")
    ]
    right = csv(HEAD, f"{ben.student_id},{ben.given_name},{ben.family_name},new@x.example")
    _, plan = read_in(cohort, right, counselor)
    assert [entry.changes for entry in plan.new] == [[]]  # comes in, and keeps the address
    _, plan = read_in(cohort, right, administrator)
    assert [[one.field for one in entry.changes] for entry in plan.new] == [["email"]]


def test_leaves_the_address_of_an_account_in_use_to_administrators(
    cohort, counselor, administrator, ana
):
    ana.user.last_login = ago(days=1)
    ana.user.save()
    data = csv(HEAD, f"{ana.student_id},{ana.given_name},{ana.family_name},mine@x.example")
    _, plan = read_in(cohort, data, counselor)
    assert (plan.unchanged, plan.changed) == (1, [])
    assert "signs in with another address" in plan.remarks[0].problem
    _, plan = read_in(cohort, data, administrator)
    assert changes(plan) == [[("email", ana.email, "mine@x.example")]]


def test_moves_no_account_to_an_address_that_is_another_one(cohort, administrator, ana):
    UserFactory(counselor=True, email="cal@x.example")
    data = csv(HEAD, f"{ana.student_id},{ana.given_name},{ana.family_name},cal@x.example")
    _, plan = read_in(cohort, data, administrator)
    assert problems(plan) == [(2, "E-mail", "This address belongs to another account.")]


def test_refuses_more_people_than_a_class_has(cohort, counselor):
    rows = [f"S{n},Given,Family{n}," for n in range(5_001)]
    _, plan = read_in(cohort, csv(HEAD, *rows), counselor)
    assert not plan.does_something
    assert "5,001 people" in plan.problems[0].problem


def test_asks_the_database_as_often_for_a_hundred_as_for_ten(
    cohort, counselor, django_assert_max_num_queries
):
    for number in (10, 100):
        rows = [f"S{n},Given,Family{n},s{n}@x.example" for n in range(number)]
        roster, _ = read_in(cohort, csv(HEAD, *rows), counselor)
        with django_assert_max_num_queries(8):
            plan_of(roster, counselor)
