from django.http import Http404

from apps.accounts.models import User
from apps.outcomes.models import Offer
from apps.students.models import Cohort, Enrolment, Student, Term


def get_offer_for_edit(user: User, pk: int) -> Offer:
    """Return the offer if it is the user's own. Raises Http404 for anybody else's."""
    offer = Offer.objects.select_related("student__user", "contact").filter(pk=pk).first()
    if offer is None or offer.student.user_id != user.pk:
        raise Http404("No such offer.")
    return offer


def get_offer_in_care(user: User, pk: int) -> Offer:
    """Return an offer of a student whom the user looks after, never their own. Raises Http404."""
    offers = Offer.objects.visible_to(user).exclude(student__user=user)
    offer = offers.select_related("student__user", "contact", "confirmed_by").filter(pk=pk).first()
    if offer is None:
        raise Http404("No such offer.")
    return offer


def get_class_for_offers(user: User, pk: int) -> Cohort:
    """Return the cohort if the user looks after it. Raises Http404."""
    cohort = Cohort.objects.visible_to(user).select_related("term").filter(pk=pk).first()
    if cohort is None:
        raise Http404("No such class.")
    return cohort


def get_student_of_own_class(user: User, cohort: Cohort, pk: int) -> Student:
    """Return a student who is, or was, in the cohort, never the user. Raises Http404."""
    students = Student.objects.filter(enrolments__cohort=cohort, pk=pk)
    student = students.exclude(user=user).select_related("user").first()
    if student is None:
        raise Http404("No such student in this class.")
    return student


def get_own_place(user: User, pk: int) -> Enrolment:
    """Return the user's own place in a class. Raises Http404 for anybody else's."""
    places = Enrolment.objects.select_related("student__user", "cohort__term")
    place = places.filter(pk=pk, student__user=user).first()
    if place is None:
        raise Http404("No such place.")
    return place


def get_term_for_destinations(user: User, code: str) -> Term:
    """Return the term if the user sees any part of it. Raises Http404."""
    term = Term.objects.visible_to(user).filter(code=code).first()
    if term is None:
        raise Http404("No such term.")
    return term


def get_student_of_term(user: User, term: Term, pk: int) -> Student:
    """Return a student of the term whom the user looks after, never themselves. Raises Http404."""
    students = Student.objects.visible_to(user).exclude(user=user)
    student = students.filter(pk=pk, enrolments__cohort__term=term).select_related("user").first()
    if student is None:
        raise Http404("No such student in this term.")
    return student
