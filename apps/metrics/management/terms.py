"""What the commands about reports share: their arguments, and errors that say what there is."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from apps.metrics.models import Audience
from apps.metrics.scope import Scope
from apps.students.models import Cohort, Term


def add_report_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("term", help="The term's code, for example 2025-fall.")
    parser.add_argument("--cohort", help="Report on this cohort only, by its name.")
    parser.add_argument("--program", help="Report on this program of study only.")
    parser.add_argument("--class-year", help="Report on this class year only.")
    parser.add_argument(
        "--compare", metavar="TERM", help="Add the change since this term's offer rate."
    )
    parser.add_argument(
        "--audience",
        choices=Audience.values,
        default=Audience.INTERNAL,
        help="Internal shows everything; shareable hides what could give a student away.",
    )


def chosen_report(options: dict[str, Any]) -> dict[str, Any]:
    """Return the keyword arguments of a report. Raises CommandError naming what there is."""
    term = find_term(options["term"])
    compare_to = find_term(options["compare"]) if options["compare"] else None
    cohort = find_cohort(term, options["cohort"]) if options["cohort"] else None
    if cohort and compare_to:
        find_cohort(compare_to, cohort.name)
    scope = Scope(cohort.pk if cohort else None, options["program"], options["class_year"])
    if not scope.enrolments(term).exists() and not scope.is_whole_term:
        raise CommandError("Nobody who counts is in that part of the term. Check its spelling.")
    return {
        "term": term,
        "scope": scope,
        "compare_to": compare_to,
        "audience": Audience(options["audience"]),
    }


def find_term(code: str) -> Term:
    try:
        return Term.objects.get(code=code)
    except Term.DoesNotExist as missing:
        known = ", ".join(Term.objects.values_list("code", flat=True)) or "none yet"
        raise CommandError(f"There is no term {code}. Terms here: {known}.") from missing


def find_cohort(term: Term, name: str) -> Cohort:
    try:
        return term.cohorts.get(name=name)
    except Cohort.DoesNotExist as missing:
        known = ", ".join(term.cohorts.values_list("name", flat=True)) or "none yet"
        raise CommandError(
            f"There is no cohort {name} in {term.code}. Cohorts there: {known}."
        ) from missing
