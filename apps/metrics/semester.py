"""The semester report as one JSON document, put together from facts and figures."""

import hashlib
import json
from datetime import datetime

from django.conf import settings

from apps.metrics import report
from apps.metrics.facts import one_instant, read_labels, read_term
from apps.metrics.report import Figures
from apps.metrics.scope import Scope
from apps.students.models import Cohort, Term


def semester_report(
    *, term: Term, now: datetime, cohort: Cohort | None = None, compare_to: Term | None = None
) -> Figures:
    """Return the internal report of `term`, or of one cohort, as of `now`.

    With `compare_to`, `change` is the difference to that term's enrolled offer rate (of the cohort
    of the same name, if the report is about a cohort). Raises Cohort.DoesNotExist if there is none.
    """
    with one_instant():
        facts = read_term(term, Scope(cohort and cohort.pk))
        names = dict(Cohort.objects.filter(term=term).order_by("name").values_list("pk", "name"))
        document = {
            "definitions": report.DEFINITIONS,
            "term": term.code,
            "cohort": cohort.name if cohort else None,
            "as_of": now.isoformat(),
            "audience": "internal",
            "suppression": {"threshold": settings.DISCLOSURE_THRESHOLD, "hidden": 0},
            **report.figures(facts, read_labels(facts.offers)),
            "by_cohort": {
                name: report.population_and_offer_rate(report.group(facts.within(Scope(pk))))
                for pk, name in names.items()
                if cohort is None or cohort.pk == pk
            },
        }
        if compare_to is not None:
            document["change"] = report.change(document, _earlier(compare_to, cohort))
    document["checksum"] = checksum(document)
    return document


def _earlier(term: Term, cohort: Cohort | None) -> Figures:
    same = term.cohorts.get(name=cohort.name).pk if cohort else None
    return report.population_and_offer_rate(report.group(read_term(term, Scope(same))))


def checksum(document: Figures) -> str:
    """Return the SHA-256 of the figures. The same rows give the same one, whenever computed."""
    content = {key: value for key, value in document.items() if key not in ("as_of", "checksum")}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
