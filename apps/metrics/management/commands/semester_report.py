import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.metrics.scope import WHOLE_TERM, Scope
from apps.metrics.semester import semester_report
from apps.students.models import Cohort, Term


class Command(BaseCommand):
    help = "Print the internal semester report of a term, or of one of its cohorts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("term", help="The term's code, for example 2025-fall.")
        parser.add_argument("--cohort", help="Report on this cohort only, by its name.")
        parser.add_argument(
            "--compare", metavar="TERM", help="Add the change since this term's offer rate."
        )
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        term = _term(options["term"])
        compare_to = _term(options["compare"]) if options["compare"] else None
        cohort = _cohort(term, options["cohort"]) if options["cohort"] else None
        if cohort and compare_to:
            _cohort(compare_to, cohort.name)
        document = semester_report(
            term=term,
            scope=Scope(cohort.pk) if cohort else WHOLE_TERM,
            compare_to=compare_to,
            now=timezone.now(),
        )
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))


def _term(code: str) -> Term:
    try:
        return Term.objects.get(code=code)
    except Term.DoesNotExist as missing:
        known = ", ".join(Term.objects.values_list("code", flat=True)) or "none yet"
        raise CommandError(f"There is no term {code}. Terms here: {known}.") from missing


def _cohort(term: Term, name: str) -> Cohort:
    try:
        return term.cohorts.get(name=name)
    except Cohort.DoesNotExist as missing:
        known = ", ".join(term.cohorts.values_list("name", flat=True)) or "none yet"
        raise CommandError(
            f"There is no cohort {name} in {term.code}. Cohorts there: {known}."
        ) from missing
