from django.db import DEFAULT_DB_ALIAS
from django.http import Http404

from apps.accounts.models import User
from apps.common.prepared import Prepared
from apps.students.models import Accomplishment, Cohort, Milestone, RosterImport, Student

COLUMNS = [field.attname for field in Student._meta.concrete_fields]
_student_of = Prepared(lambda key, _: Student.objects.filter(user=key).values_list(*COLUMNS))


def find_own_student(user: User) -> Student | None:
    """Return the student record of the person who is signed in, if a class list knows them."""
    for row in _student_of.rows(user.pk):
        return Student.from_db(DEFAULT_DB_ALIAS, COLUMNS, row)
    return None


def get_own_student(user: User) -> Student:
    """Return the student record of the person who is signed in.

    Raises Http404 for somebody whom no class list knows yet.
    """
    student = find_own_student(user)
    if student is None:
        raise Http404("Not on a class list yet.")
    return student


def get_accomplishment(user: User, pk: int) -> Accomplishment:
    """Return the accomplishment if it is the user's own. Raises Http404."""
    row = Accomplishment.objects.select_related("student").filter(pk=pk).first()
    if row is None or row.student.user_id != user.pk:
        raise Http404("No such accomplishment.")
    return row


def get_cohort_for_settings(user: User, pk: int) -> Cohort:
    """Return the cohort if the user looks after it. Raises Http404."""
    cohort = Cohort.objects.visible_to(user).select_related("term").filter(pk=pk).first()
    if cohort is None:
        raise Http404("No such class.")
    return cohort


def get_cohort_to_staff(user: User, pk: int) -> Cohort:
    """Return the cohort if it is the user's own to give into other hands. Raises Http404.

    Whoever only stands in for somebody looks after the class and does not give it away.
    """
    cohort = Cohort.objects.taught_by(user).select_related("term").filter(pk=pk).first()
    if cohort is None:
        raise Http404("No such class.")
    return cohort


def get_milestone_for_settings(user: User, pk: int) -> Milestone:
    """Return a milestone of a cohort that the user looks after. Raises Http404."""
    milestone = (
        Milestone.objects.filter(cohort__in=Cohort.objects.visible_to(user), pk=pk)
        .select_related("cohort")
        .first()
    )
    if milestone is None:
        raise Http404("No such milestone.")
    return milestone


def get_cohort_for_roster(user: User, pk: int) -> Cohort:
    """Return the cohort if the user looks after its list. Raises Http404."""
    return get_cohort_for_settings(user, pk)


def get_roster_import(user: User, pk: int) -> RosterImport:
    """Return the class list if it is of a cohort that the user looks after. Raises Http404."""
    rosters = RosterImport.objects.filter(cohort__in=Cohort.objects.visible_to(user))
    roster = rosters.select_related("cohort__term", "by").filter(pk=pk).first()
    if roster is None:
        raise Http404("No such class list.")
    return roster
