from django.http import Http404

from apps.accounts.models import User
from apps.students.models import Student


def get_own_student(user: User) -> Student:
    """Return the student record of the person who is signed in.

    Raises Http404 for somebody whom no class list knows yet.
    """
    student = Student.objects.filter(user=user).first()
    if student is None:
        raise Http404("Not on a class list yet.")
    return student
