"""Saving a list that somebody said yes to, and taking it back."""

import pytest

from apps.common.refusals import Refusal
from apps.students.actions.invitations import invite_students
from apps.students.actions.roster import (
    PlanHasChanged,
    confirm_roster,
    discard_roster,
    forget_undecided_rosters,
    undo_roster,
)
from apps.students.models import Cohort, Enrolment, RosterImport, RosterState, Student
from apps.students.roster.saving import Decisions, Saving
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY, ago
from tests.constraints import refused_by
from tests.contacts.factories import ContactFactory
from tests.students.factories import (
    CohortFactory,
    EnrolmentFactory,
    RosterChangeFactory,
    RosterDropFactory,
    RosterImportFactory,
    StudentFactory,
    TermFactory,
)
from tests.students.roster_files import HUNDRED, csv, enrolled, hundred, oneroster, user
from tests.students.roster_imports import bring_in, everything, everywhere, read_in

pytestmark = pytest.mark.django_db

HEAD = "Student ID,First,Last,E-mail,Program,Class year"
ADA = "S8,Ada,Ray,ada@x.example,Physics,2027"


def test_saves_nothing_before_the_yes(cohort, counselor):
    before = everything()
    read_in(cohort, hundred(), counselor)
    assert everything() == before


def test_takes_a_hundred_in_and_the_second_time_nobody(cohort, counselor):
    roster = bring_in(cohort, hundred(), counselor)
    assert roster.state == RosterState.SAVED
    assert roster.result["counts"]["new"] == 100
    assert cohort.enrolments.count() == 100
    after = everything()
    _, plan = read_in(cohort, hundred(), counselor)
    assert (plan.does_something, plan.unchanged) == (False, 100)
    again = bring_in(cohort, hundred(), counselor)
    assert again.result["counts"]["new"] == 0
    assert everything() == after


def test_keeps_what_the_row_says(cohort, counselor):
    bring_in(cohort, csv(HEAD, ADA), counselor)
    place = cohort.enrolments.get()
    student = place.student
    assert (student.student_id, student.name, student.email) == ("S8", "Ada Ray", "ada@x.example")
    assert (place.program, place.class_year) == ("Physics", "2027")
    assert student.user is None  # an account is made when she is invited


def test_lets_an_empty_class_begin_with_its_term_and_who_comes_later_today(cohort, counselor):
    bring_in(cohort, csv(HEAD, ADA), counselor)
    assert cohort.enrolments.get().enrolled_on == cohort.term.starts_on
    bring_in(cohort, csv(HEAD, "S9,Wen,Li,,,"), counselor)
    assert cohort.enrolments.get(student__student_id="S9").enrolled_on == TODAY


def test_lets_whoever_comes_after_a_term_is_over_come_on_its_last_day(counselor):
    late = CohortFactory(term=TermFactory(finished=True))
    EnrolmentFactory(cohort=late)
    roster, _ = read_in(late, csv(HEAD, ADA), counselor)
    assert roster.choices["since"] == late.term.closes_on.isoformat()


def test_lets_go_of_the_list_once_it_is_decided_on(cohort, counselor):
    saved = bring_in(cohort, csv(HEAD, ADA), counselor)
    assert saved.table == {}
    roster, _ = read_in(cohort, csv(HEAD, "S5,Zebulonia,Kept,,,"), counselor)
    assert discard_roster(roster=roster)
    assert not discard_roster(roster=roster)
    assert "Zebulonia" not in everywhere()


def test_lets_go_of_an_earlier_list_when_another_one_is_chosen(cohort, counselor):
    first, _ = read_in(cohort, csv(HEAD, ADA), counselor)
    read_in(cohort, csv(HEAD, ADA), counselor)
    first.refresh_from_db()
    assert (first.state, first.table) == (RosterState.DISCARDED, {})


def test_forgets_lists_that_wait_for_long(cohort, counselor):
    roster, _ = read_in(cohort, csv(HEAD, ADA), counselor)
    RosterImport.objects.update(created_at=ago(days=13))
    assert forget_undecided_rosters(now=NOW) == 0
    RosterImport.objects.update(created_at=ago(days=15))
    assert forget_undecided_rosters(now=NOW) == 1
    roster.refresh_from_db()
    assert roster.table == {}


def test_withdraws_only_whom_somebody_names(cohort, counselor):
    bring_in(cohort, csv(HEAD, ADA, "S9,Wen,Li,,,", "S7,Jun,Abe,,,"), counselor)
    _, plan = read_in(cohort, csv(HEAD, ADA), counselor, is_full=True)
    wen, jun = (next(p for p in plan.leaving if p.student_id == s) for s in ("S9", "S7"))
    bring_in(cohort, csv(HEAD, ADA), counselor, is_full=True)
    assert not cohort.enrolments.filter(withdrawn_on__isnull=False).exists()
    elsewhere = EnrolmentFactory()
    decisions = Decisions(withdraw=[wen.key, elsewhere.pk])
    roster = bring_in(cohort, csv(HEAD, ADA), counselor, decisions, is_full=True)
    assert roster.result["counts"]["withdrawn"] == 1
    assert Enrolment.objects.get(pk=wen.key).withdrawn_on == TODAY
    assert Enrolment.objects.filter(withdrawn_on__isnull=False).count() == 1
    assert Enrolment.objects.get(pk=jun.key).withdrawn_on is None


def test_takes_back_into_the_class_only_whom_somebody_names(cohort, counselor):
    place = EnrolmentFactory(cohort=cohort, withdrawn=True)
    data = csv(HEAD, f"{place.student.student_id},{place.student.given_name},Öztürk,,,")
    bring_in(cohort, data, counselor)
    place.refresh_from_db()
    assert place.withdrawn_on is not None
    bring_in(cohort, data, counselor, Decisions(bring_back=[place.pk]))
    place.refresh_from_db()
    assert place.withdrawn_on is None


def test_adds_only_the_counselors_whom_an_administrator_names(cohort, counselor, administrator):
    known = UserFactory(counselor=True, email="cal@x.example")
    data = oneroster(
        [user("u1", "Ana Lee"), user("t1", "Cal Moe", "teacher", email="cal@x.example")],
        [enrolled("u1", "c1"), enrolled("t1", "c1", "teacher")],
    )
    bring_in(cohort, data, counselor, Decisions(counselors=[known.pk, administrator.pk]))
    assert set(cohort.counselors.all()) == {counselor}
    roster = bring_in(
        cohort, data, administrator, Decisions(counselors=[known.pk, administrator.pk])
    )
    assert set(cohort.counselors.all()) == {counselor, known}
    undo_roster(roster=roster, now=NOW)
    assert set(cohort.counselors.all()) == {counselor}


def test_carries_out_no_plan_but_the_one_that_was_shown(cohort, counselor):
    roster, plan = read_in(cohort, csv(HEAD, ADA), counselor)
    EnrolmentFactory(cohort=cohort, student=StudentFactory(student_id="S8", given_name="Eda"))
    before = everything()
    with pytest.raises(PlanHasChanged):
        confirm_roster(
            roster=roster, shown=plan.digest(), decisions=Decisions(), by=counselor, now=NOW
        )
    assert everything() == before
    roster.refresh_from_db()
    assert roster.is_open


def test_saves_all_or_nothing(cohort, counselor, monkeypatch):
    roster, plan = read_in(cohort, hundred(), counselor)

    def steal(self, entries, students):
        StudentFactory(student_id=HUNDRED[0][0])

    monkeypatch.setattr(Saving, "_add_enrolments", steal)
    with pytest.raises(Refusal, match="Somebody changed"):
        confirm_roster(
            roster=roster, shown=plan.digest(), decisions=Decisions(), by=counselor, now=NOW
        )
    assert Student.objects.count() == 0


def test_is_decided_on_once(cohort, counselor):
    roster, plan = read_in(cohort, csv(HEAD, ADA), counselor)
    said = {"shown": plan.digest(), "decisions": Decisions(), "by": counselor, "now": NOW}
    assert confirm_roster(roster=roster, **said)["new"] == 1
    assert confirm_roster(roster=roster, **said) is None


def test_moves_the_account_with_the_address(cohort, administrator, ana):
    data = csv(HEAD, f"{ana.student_id},{ana.given_name},{ana.family_name},new@x.example,,")
    roster = bring_in(cohort, data, administrator)
    ana.user.refresh_from_db()
    assert ana.user.email == "new@x.example"
    undo_roster(roster=roster, now=NOW)
    ana.user.refresh_from_db()
    assert ana.user.email == ana.email


def test_undoes_exactly_what_it_did(cohort, counselor, administrator, ana, ben):
    withdrawn = EnrolmentFactory(cohort=cohort, withdrawn=True)
    leaving = EnrolmentFactory(cohort=cohort)
    before = everything()
    rows = [
        f"{ana.student_id},Other,Name,new@x.example,Law,2030",
        f"{ben.student_id},{ben.given_name},Changed,,,",
        f"{withdrawn.student.student_id},Wen,Öztürk,,Art,",
        ADA,
    ]
    decisions = Decisions(withdraw=[leaving.pk], bring_back=[withdrawn.pk])
    roster = bring_in(cohort, csv(HEAD, *rows), administrator, decisions, is_full=True)
    assert everything() != before
    undone = undo_roster(roster=roster, now=NOW)
    assert undone.kept == []
    assert everything() == before
    assert undo_roster(roster=roster, now=NOW) is None
    roster.refresh_from_db()
    assert (roster.state, roster.changes.count()) == (RosterState.UNDONE, 0)


def test_keeps_whoever_was_used_or_edited_since_and_names_them(cohort, counselor, ana):
    rows = [ADA, "S1,Bo,Used,,,", "S2,Cy,Edited,,,", "S3,Di,Placed,,,", "S4,Ed,Gone,,,"]
    changed = f"{ana.student_id},Anna,Other,,,"
    roster = bring_in(cohort, csv(HEAD, *rows, changed), counselor)
    by_id = {one.student_id: one for one in Student.objects.all()}
    invite_students(cohort=cohort, only=[by_id["S8"].enrolments.get().pk], by=counselor, now=NOW)
    ContactFactory(student=by_id["S1"])
    Student.objects.filter(student_id="S2").update(given_name="Cyrus")
    Enrolment.objects.filter(student__student_id="S3").update(program="Law")
    Student.objects.filter(pk=ana.pk).update(given_name="Annabel")
    undone = undo_roster(roster=roster, now=NOW)
    assert {one["student"] for one in undone.kept} == {
        *(by_id[one].pk for one in ("S8", "S1", "S2", "S3")),
        ana.pk,
    }
    assert not Student.objects.filter(student_id="S4").exists()
    assert set(cohort.enrolments.values_list("student__student_id", flat=True)) == {
        *("S8", "S1", "S2", "S3"),
        ana.student_id,
    }
    ana.refresh_from_db()
    assert (ana.given_name, ana.family_name) == ("Annabel", "Öztürk")


def test_does_not_undo_over_another_account(cohort, administrator, ana):
    data = csv(HEAD, f"{ana.student_id},{ana.given_name},{ana.family_name},new@x.example,,")
    roster = bring_in(cohort, data, administrator)
    UserFactory(email=ana.email)
    undone = undo_roster(roster=roster, now=NOW)
    assert [one["student"] for one in undone.kept] == [ana.pk]
    ana.user.refresh_from_db()
    assert ana.user.email == "new@x.example"


def test_takes_five_thousand_within_few_queries(cohort, counselor, django_assert_max_num_queries):
    rows = [f"S{n},Given,Family{n},s{n}@x.example,," for n in range(5_000)]
    roster, plan = read_in(cohort, csv(HEAD, *rows), counselor)
    with django_assert_max_num_queries(50):
        confirm_roster(
            roster=roster, shown=plan.digest(), decisions=Decisions(), by=counselor, now=NOW
        )
    assert Cohort.objects.get(pk=cohort.pk).enrolments.count() == 5_000


def test_keeps_to_what_the_tables_allow():
    with refused_by("students_rosterimport_source_is_known"):
        RosterImportFactory(source="pigeon")
    with refused_by("students_rosterimport_state_is_known"):
        RosterImportFactory(state="lost", table={})
    with refused_by("students_rosterimport_table_until_decided"):
        RosterImportFactory(state=RosterState.DISCARDED)
    with refused_by("students_rosterimport_saved_at_some_time"):
        RosterImportFactory(saved_at=NOW)
    with refused_by("students_rosterchange_table_is_known"):
        RosterChangeFactory(table="pigeon")
    with refused_by("students_rosterdrop_outcome_is_known"):
        RosterDropFactory(outcome="lost")


def test_leaves_other_classes_alone(cohort, counselor):
    other = CohortFactory(term=cohort.term)
    place = EnrolmentFactory(cohort=other)
    bring_in(cohort, csv(HEAD, ADA), counselor, is_full=True)
    assert list(other.enrolments.all()) == [place]
