from collections.abc import Collection
from typing import TypeVar

from django.http import Http404

from apps.accounts.models import User
from apps.accounts.roles import Permission
from apps.coaching.models import Note, Question, Resource, Submission
from apps.coaching.models.feedback import SubmissionQuerySet
from apps.students.models import Cohort, Student

Row = TypeVar("Row")


def get_own_submission(user: User, pk: int) -> Submission:
    """Return what the student handed in themselves. Raises Http404."""
    return _or_404(_submissions().filter(student__user=user, pk=pk).first())


def get_submission_to_read(user: User, pk: int) -> Submission:
    """Return what a student of the user's classes handed in. Raises Http404."""
    return _or_404(_submissions().for_counselor(user).filter(pk=pk).first())


def get_own_question(user: User, pk: int) -> Question:
    """Return what the student asked themselves. Raises Http404."""
    return _or_404(Question.objects.filter(student__user=user, pk=pk).first())


def get_question_to_answer(user: User, pk: int) -> Question:
    """Return what somebody in the user's classes asks. Raises Http404."""
    questions = Question.objects.for_counselor(user)
    return _or_404(
        questions.select_related("student", "cohort", "answered_by").filter(pk=pk).first()
    )


def get_student_in_care(user: User, pk: int) -> Student:
    """Return a student whom the user looks after, never themselves. Raises Http404."""
    students = Student.objects.visible_to(user).exclude(user=user)
    return _or_404(students.filter(pk=pk).first())


def get_own_note(user: User, pk: int) -> Note:
    """Return a note that the user wrote; of anybody else's nobody learns that it is there.

    Raises Http404.
    """
    return _or_404(Note.objects.written_by(user).select_related("student").filter(pk=pk).first())


def _submissions() -> SubmissionQuerySet:
    return Submission.objects.select_related(
        "student__user",
        "meeting__contact",
        "contact",
        "returned_by",
        "read_by",
        "rubric_version__rubric",
    )


def _or_404(row: Row | None) -> Row:
    if row is None:
        raise Http404("No such page.")
    return row


def get_cohort_in_care(user: User, pk: int) -> Cohort:
    """Return the class if the user looks after it. Raises Http404."""
    cohorts = Cohort.objects.visible_to(user).select_related("term")
    return _or_404(cohorts.filter(pk=pk).first())


def get_students_of_class(cohort: Cohort, keys: Collection[int]) -> list[Student]:
    """Return these students of the class by name. Raises Http404 if one never was in it."""
    students = Student.objects.filter(enrolments__cohort=cohort, pk__in=keys)
    found = list(students.select_related("user").by_name())
    if len(found) != len(set(keys)):
        raise Http404("No such student.")
    return found


def get_resource(user: User, pk: int) -> Resource:
    """Return what stands in the library; what was laid aside, to those who keep it.

    Raises Http404.
    """
    resources = Resource.objects.all()
    if not user.may(Permission.KEEP_RESOURCES):
        resources = resources.filter(is_retired=False)
    return _or_404(resources.filter(pk=pk).first())
