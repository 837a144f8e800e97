"""The semester report as one JSON document, put together from facts and figures."""

import hashlib
import json
from datetime import datetime

from django.conf import settings

from apps.metrics import report
from apps.metrics.cells import tables_of
from apps.metrics.counts import read_counts
from apps.metrics.facts import TermFacts, one_instant, read_labels, read_term
from apps.metrics.models import Audience, Release
from apps.metrics.report import Counts, Figures
from apps.metrics.scope import WHOLE_TERM, Scope
from apps.metrics.shareable import NOTHING, shareable
from apps.students.models import Cohort, Term

HEADLINE = "offer_rate/enrolled"


def semester_report(
    *,
    term: Term,
    now: datetime,
    scope: Scope = WHOLE_TERM,
    compare_to: Term | None = None,
    audience: Audience = Audience.INTERNAL,
) -> Figures:
    """Return the report of `term`, or of a part of it, as of `now`.

    With `compare_to`, `change` is the difference to that term's enrolled offer rate (of the cohort
    of the same name, if the scope has one). A shareable report completes none of the term's
    releases. Raises Cohort.DoesNotExist if there is no such cohort.
    """
    with one_instant():
        document = _internal(term, read_counts(term, scope), scope, now)
        if audience == Audience.SHAREABLE:
            # What is outside a scope follows from it and the whole, so both are judged.
            shown = shown_cells(term, read_term(term), scope)
            document = shareable(document, shown, cohort_keys(term))
        if compare_to is not None:
            document["change"] = report.change(document, _earlier(compare_to, scope, audience))
    document["checksum"] = checksum(document)
    return document


def _internal(term: Term, counts: Counts, scope: Scope, now: datetime) -> Figures:
    names = cohort_keys(term, only=scope.cohort)
    return {
        "definitions": report.DEFINITIONS,
        "term": term.code,
        "cohort": next(iter(names)) if scope.cohort else None,
        "program": scope.program,
        "class_year": scope.class_year,
        "as_of": now.isoformat(),
        "audience": Audience.INTERNAL.value,
        "suppression": {"threshold": settings.DISCLOSURE_THRESHOLD, "hidden": 0},
        **report.figures(counts, read_labels(counts.offers)),
        "by_cohort": report.by_cohort(counts.people, names),
    }


def shown_cells(term: Term, facts: TermFacts, scope: Scope) -> set[str]:
    """Return the names of the cells that a shareable report shows. `facts` are the whole term's."""
    tables = tables_of(
        facts,
        cohorts=cohort_keys(term).values(),
        scope=scope,
        earlier=Release.objects.shown_in(term),
        threshold=settings.DISCLOSURE_THRESHOLD,
    )
    return {name for table in tables for name in table.choose()}


def cohort_keys(term: Term, *, only: int | None = None) -> dict[str, int]:
    """Return the keys of the term's cohorts, or of one, by name, in the order of the names."""
    cohorts = Cohort.objects.filter(term=term, **({} if only is None else {"pk": only}))
    return dict(cohorts.order_by("name").values_list("name", "pk"))


def _earlier(term: Term, scope: Scope, audience: Audience) -> Figures:
    """Return the rate to compare with; hidden where it may not be known, as it would follow."""
    there = same_scope(term, scope)
    if audience == Audience.SHAREABLE and HEADLINE not in shown_cells(term, read_term(term), there):
        return {"offer_rate": {"enrolled": NOTHING}}
    return report.population_and_offer_rate(read_counts(term, there).people)


def same_scope(term: Term, scope: Scope) -> Scope:
    """Return the scope in another term: there the cohort is the one of the same name.

    Raises Cohort.DoesNotExist if that term has none.
    """
    if scope.cohort is None:
        return scope
    name = Cohort.objects.get(pk=scope.cohort).name
    return Scope(term.cohorts.get(name=name).pk, scope.program, scope.class_year)


def checksum(document: Figures) -> str:
    """Return the SHA-256 of the figures. The same rows give the same one, whenever computed."""
    content = {key: value for key, value in document.items() if key not in ("as_of", "checksum")}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
