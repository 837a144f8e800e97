from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.metrics.asked import Asked
from apps.metrics.models import Audience, Publication, Release, ReleaseFile, ReportFile
from apps.outcomes.models import Offer
from apps.students.models import Cohort, Student, Term


def get_term_for_report(user: User, code: str) -> Term:
    """Return the term if the user sees any part of it. Raises Http404."""
    term = Term.objects.visible_to(user).filter(code=code).first()
    if term is None:
        raise Http404("No such term.")
    return term


def get_scope_for_report(user: User, term: Term, cohort_pk: int | None) -> Cohort | None:
    """Return the cohort to report on, None for the whole term, which administrators see.

    A counselor who names no cohort gets the first of their own. Raises Http404.
    """
    cohorts = Cohort.objects.visible_to(user).filter(term=term)
    if cohort_pk is None and user.has_role(Role.ADMINISTRATOR):
        return None
    cohort = (
        cohorts.order_by("name").first()
        if cohort_pk is None
        else cohorts.filter(pk=cohort_pk).first()
    )
    if cohort is None:
        raise Http404("No such cohort.")
    return cohort


def get_report(
    user: User,
    code: str,
    *,
    cohort_pk: int | None,
    program: str | None,
    class_year: str | None,
    audience: Audience,
) -> Asked:
    """Return the report to show: a counselor's own classes, for the office; anything to others.

    Raises Http404, and PermissionDenied to a counselor for what may leave the office.
    """
    term = get_term_for_report(user, code)
    cohort = get_scope_for_report(user, term, cohort_pk)
    if audience == Audience.SHAREABLE and not user.has_role(Role.ADMINISTRATOR):
        raise PermissionDenied("Administrators decide what leaves the office.")
    return Asked(
        term=term, cohort=cohort, program=program, class_year=class_year, audience=audience
    )


def get_report_with_somebody(user: User, code: str, **part: Any) -> Asked:
    """Return the report as `get_report` does. Raises Http404 as well if nobody counts in it."""
    asked = get_report(user, code, **part)
    if asked.has_nobody:
        raise Http404("Nobody who counts is in that part of the term.")
    return asked


def get_classes_for_board(user: User, pk: int) -> tuple[Cohort, list[Cohort]]:
    """Return the cohort if the user looks after it, and the others of its term. Raises Http404."""
    seen = Cohort.objects.visible_to(user).filter(term__cohorts=pk).select_related("term")
    classes = {cohort.pk: cohort for cohort in seen.order_by("name")}
    if pk not in classes:
        raise Http404("No such cohort.")
    return classes.pop(pk), list(classes.values())


def get_cohort_for_board(user: User, pk: int) -> Cohort:
    """Return the cohort if the user looks after it. Raises Http404."""
    cohort = Cohort.objects.visible_to(user).select_related("term").filter(pk=pk).first()
    if cohort is None:
        raise Http404("No such cohort.")
    return cohort


def get_student_of_class(cohort: Cohort, pk: int) -> Student:
    """Return a student who is, or was, in the cohort. Raises Http404."""
    student = (
        Student.objects.filter(enrolments__cohort=cohort, pk=pk).select_related("user").first()
    )
    if student is None:
        raise Http404("No such student in this class.")
    return student


def get_offer_for_path(user: User, term: Term, pk: int) -> Offer:
    """Return an offer of a student whom the user may see, received in the term. Raises Http404."""
    offer = (
        Offer.objects.visible_to(user)
        .select_related("student", "contact")
        .filter(pk=pk, received_on__range=(term.starts_on, term.closes_on))
        .first()
    )
    if offer is None:
        raise Http404("No such offer.")
    return offer


def get_release(user: User, pk: int) -> Release:
    """Return a release if the user may read it. Raises Http404."""
    releases = Release.objects.visible_to(user).select_related(
        "term", "cohort", "published_by", "withdrawn_by"
    )
    release = releases.filter(pk=pk).first()
    if release is None:
        raise Http404("No such release.")
    return release


def get_release_for_rows(user: User, pk: int) -> Release:
    """Return a release whose single rows the user may see: all, or internal ones of own classes.

    Which rows stand behind a shareable release is nothing that it shares. Raises Http404.
    """
    release = get_release(user, pk)
    if release.audience != Audience.INTERNAL and not user.has_role(Role.ADMINISTRATOR):
        raise Http404("No such release.")
    return release


def get_release_file(user: User, pk: int, file_format: str) -> ReleaseFile:
    """Return a file of a release that the user may read. Raises Http404."""
    release = get_release(user, pk)
    file = release.files.select_related("release").filter(format=file_format).first()
    if file is None:
        raise Http404("No such file.")
    return file


def get_publication(pk: int) -> Publication:
    """Return what somebody has asked to publish. Raises Http404."""
    publication = (
        Publication.objects.select_related("term", "cohort", "release").filter(pk=pk).first()
    )
    if publication is None:
        raise Http404("No such publication.")
    return publication


def get_report_file(user: User, pk: int) -> ReportFile:
    """Return a file that the user asked for, of a report that they still see. Raises Http404."""
    files = ReportFile.objects.select_related("term", "cohort", "compare_to")
    file = files.filter(pk=pk, asked_by=user).first()
    if file is None or get_scope_for_report(user, file.term, file.cohort_id) != file.cohort:
        raise Http404("No such file.")
    return file
