"""The same report in one term after another: side by side, as a trend, and as differences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from apps.accounts.models import User
from apps.common.charts import DifferenceStrip, IntervalRow, RateSeries
from apps.common.figures import Hidden
from apps.common.localtime import local_date
from apps.metrics.asked import Asked
from apps.metrics.models import ReportSnapshot
from apps.metrics.report import DEFINITIONS, Figures, change
from apps.metrics.report_page import figure_of, hidden_in, participation_of
from apps.metrics.statistics import Proportion
from apps.students.models import Cohort, Term, institution_zone

NOBODY = Proportion(0, 0, None, None, None)


@dataclass(frozen=True)
class Change:
    """This report against another term. `strip` is None where there is no rate to compare."""

    term: Term
    now: Proportion | Hidden
    before: Proportion | Hidden
    strip: DifferenceStrip | None

    @property
    def is_hidden(self) -> bool:
        return isinstance(self.now, Hidden) or isinstance(self.before, Hidden)


@dataclass(frozen=True)
class InTerm:
    """One term's line; without figures, `offers` and `participation` are None.

    `change` is how far this report lies above it; `is_open` says that offers may still come.
    """

    term: Term
    is_this: bool
    is_open: bool = False
    participation: Proportion | Hidden | None = None
    offers: Proportion | Hidden | None = None
    change: Change | None = None


@dataclass(frozen=True)
class Beside:
    """All terms, the earliest first."""

    rows: list[InTerm]

    @property
    def missing(self) -> list[Term]:
        """The terms whose figures nobody has asked for yet."""
        return [row.term for row in self.rows if row.offers is None]

    @property
    def known(self) -> list[InTerm]:
        return [row for row in self.rows if row.offers is not None]

    @property
    def chart(self) -> RateSeries:
        return RateSeries(
            id="terms-chart",
            title="Students with an offer through a conversation, by term",
            rows=[IntervalRow(row.term.name, row.offers or NOBODY) for row in self.known],
            label_head="Term",
            n_head="Students",
            k_head="With an offer",
            when_empty="No term has a rate to show.",
        )

    def change_since(self, term: Term) -> Change | None:
        return next((row.change for row in self.rows if row.term == term), None)


def terms_beside(asked: Asked, document: Figures, user: User, terms: Iterable[Term]) -> Beside:
    """Return the report of `asked` beside the kept ones of other terms that the user may see."""
    terms = sorted(terms, key=lambda term: (term.starts_on, term.code))
    kept = {**_kept(asked, user, terms), asked.term.pk: document}
    return Beside([_in_term(term, kept.get(term.pk), asked.term, document) for term in terms])


def _kept(asked: Asked, user: User, terms: list[Term]) -> dict[int, Figures]:
    """Return what is needed of the kept reports, by term, in one query.

    In another term the cohort is the one of the same name, if the user looks after that as well.
    """
    snapshots = ReportSnapshot.objects.filter(
        term__in=terms,
        program=asked.program,
        class_year=asked.class_year,
        audience=asked.audience,
        definitions=DEFINITIONS,
        computed_at__isnull=False,
    )
    if asked.cohort is None:
        snapshots = snapshots.filter(cohort__isnull=True)
    else:
        same = Cohort.objects.visible_to(user).filter(name=asked.cohort.name)
        snapshots = snapshots.filter(cohort__in=same)
    parts = ("population", "offer_rate", "suppression", "as_of")
    return {
        row["term"]: {part: row[f"report__{part}"] for part in parts}
        for row in snapshots.values("term", *(f"report__{part}" for part in parts))
    }


def _in_term(term: Term, figures: Figures | None, this: Term, document: Figures) -> InTerm:
    is_this = term == this
    if figures is None:
        return InTerm(term, is_this)
    as_of = local_date(datetime.fromisoformat(figures["as_of"]), institution_zone())
    return InTerm(
        term=term,
        is_this=is_this,
        is_open=as_of <= term.closes_on,
        participation=participation_of(figures),
        offers=figure_of(figures["offer_rate"]["enrolled"], hidden_in(figures)),
        change=None if is_this else change_since(term, document, figures),
    )


def change_since(term: Term, document: Figures, before: Figures) -> Change:
    """Return how far the enrolled offer rate lies above that of the report of `term`."""
    share, share_before = (
        figure_of(report["offer_rate"]["enrolled"], hidden_in(report))
        for report in (document, before)
    )
    found = change(document, before)
    strip = None
    if found is not None and not found.get("hidden"):
        strip = DifferenceStrip(id="change", title=f"Difference to {term.name}", **found)
    return Change(term, share, share_before, strip)


def with_change(asked: Asked, document: Figures, user: User, other: Term) -> Figures:
    """Return the document with the difference to another term, as files print it.

    As it is where that is the same term, or nobody has asked for its figures yet.
    """
    before = _kept(asked, user, [other]).get(other.pk)
    if before is None or other == asked.term:
        return document
    return {**document, "change": change(document, before)}
