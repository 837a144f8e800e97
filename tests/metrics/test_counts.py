"""What PostgreSQL adds up is what the rows add up to, one by one."""

from io import StringIO

import pytest
from django.core.management import call_command

from apps.metrics.counts import read_counts
from apps.metrics.facts import read_labels, read_term
from apps.metrics.report import counts_of, figures
from apps.metrics.scope import Scope
from apps.students.models import Cohort, Enrolment, Term
from tests.processes import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["fall-2024", "fall-2025"])
def golden(request: pytest.FixtureRequest) -> Term:
    folder = ROOT / "tests" / "golden" / request.param
    call_command("import_semester", str(folder), "--json", stdout=StringIO())
    return Term.objects.get()


def scopes_of(term: Term) -> list[Scope]:
    enrolments = Enrolment.objects.filter(cohort__term=term)
    programs = enrolments.order_by("program").values_list("program", flat=True).distinct()
    years = enrolments.order_by("class_year").values_list("class_year", flat=True).distinct()
    cohorts = Cohort.objects.filter(term=term).order_by("pk")
    return [
        Scope(),
        *(Scope(cohort=cohort.pk) for cohort in cohorts),
        *(Scope(program=program) for program in programs),
        *(Scope(class_year=year) for year in years),
        Scope(cohort=cohorts[0].pk, program=programs[0], class_year=years[0]),
        Scope(program="Nothing that anybody studies"),
    ]


def test_adds_up_to_the_same_in_the_database_for_every_scope(golden: Term) -> None:
    scopes = scopes_of(golden)
    assert len(scopes) > 5
    for scope in scopes:
        rows, counted = counts_of(read_term(golden, scope)), read_counts(golden, scope)
        assert counted == rows, scope
        labels = read_labels(rows.offers)
        assert figures(counted, labels) == figures(rows, labels), scope


def test_asks_the_same_number_of_queries_however_many_there_are(
    golden: Term, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_max_num_queries(8):
        read_counts(golden)
