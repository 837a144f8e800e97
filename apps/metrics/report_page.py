"""A stored report made ready for its page: charts, and shares with their names.

Reads the JSON of a snapshot only, so that the page shows what was computed and nothing else.
"""

from dataclasses import dataclass
from datetime import date, datetime

from apps.common.charts import (
    DifferenceStrip,
    FunnelBars,
    FunnelStage,
    IntervalRow,
    IntervalRows,
    IntervalStrip,
    StepCurve,
    StepPoint,
    highest_bound,
)
from apps.common.localtime import local_date
from apps.metrics.report import Figures
from apps.metrics.statistics import Proportion, difference, proportion
from apps.students.models import Term, institution_zone

STAGES = {
    "listed": "People on a list",
    "asked": "Written to or called",
    "replied": "Replied",
    "agreed": "Said yes",
    "held": "Met",
    "thanked": "Thanked",
    "referred": "Introduced someone",
}


@dataclass(frozen=True)
class NamedShare:
    name: str
    share: Proportion


@dataclass(frozen=True)
class Section:
    """One cohort beside the others."""

    name: str
    participants: Proportion
    offers: Proportion


@dataclass(frozen=True)
class Change:
    """The difference to an earlier term. `strip` is None where there is no rate to compare."""

    term: Term
    now: Proportion
    before: Proportion
    strip: DifferenceStrip | None


@dataclass(frozen=True)
class ReportPage:
    """What the template of the report draws, in the order of the page.

    `is_open`: the term had not closed when the report was computed; offers may still come.
    """

    report: Figures
    is_open: bool
    headline: Proportion
    strips: list[IntervalStrip]
    others: list[NamedShare]
    by_conversations: IntervalRows
    funnel: FunnelBars
    time_to_offer: StepCurve
    sections: list[Section]
    generations: list[tuple[str, int]]


def report_page(term: Term, report: Figures) -> ReportPage:
    """Return the page of an internal report."""
    rates = report["offer_rate"]
    as_of = local_date(datetime.fromisoformat(report["as_of"]), institution_zone())
    return ReportPage(
        report=report,
        is_open=as_of <= term.closes_on,
        headline=_share(rates["enrolled"]),
        strips=_strips(term, rates),
        others=_others(report),
        by_conversations=_by_conversations(report["by_conversations"]),
        funnel=_funnel(report["funnel"]),
        time_to_offer=_curve(term, report["time_to_first_offer"]["curve"], as_of),
        sections=[_section(name, part) for name, part in report["by_cohort"].items()],
        generations=[
            (_generation(int(number)), count)
            for number, count in report["referrals"]["contacts_by_generation"].items()
        ],
    )


def change_since(term: Term, report: Figures, before: Figures) -> Change:
    """Return how the enrolled offer rate moved since the report of `term`."""
    now_share = _share(report["offer_rate"]["enrolled"])
    before_share = _share(before["offer_rate"]["enrolled"])
    found = difference(now_share, before_share)
    if found is None:
        return Change(term, now_share, before_share, None)
    strip = DifferenceStrip(
        id="change",
        title=f"Difference to {term.name}",
        difference=found.difference,
        low=found.low,
        high=found.high,
    )
    return Change(term, now_share, before_share, strip)


def _share(figure: Figures) -> Proportion:
    return Proportion(**{key: figure[key] for key in ("k", "n", "rate", "low", "high")})


def _strips(term: Term, rates: dict[str, Figures]) -> list[IntervalStrip]:
    shares = {name: _share(figure) for name, figure in rates.items()}
    axis_max = highest_bound(list(shares.values()))
    census = f"{term.census_on:%B} {term.census_on.day}"
    notes = {
        "enrolled": ("All enrolled", f"everybody enrolled on {census}"),
        "participants": ("Participants", "with at least one conversation held"),
        "known_outcome": ("Known outcome", "with an offer, or word that there was none"),
    }
    return [
        IntervalStrip(label=notes[name][0], share=share, axis_max=axis_max, note=notes[name][1])
        for name, share in shares.items()
    ]


def _others(report: Figures) -> list[NamedShare]:
    population = report["population"]
    participation = population["participants"], population["enrolled"]
    rows: list[tuple[str, Figures]] = [
        ("Conversations prepared beforehand", report["readiness"]),
        ("Thank-yous sent in time", report["thank_you_on_time"]),
        ("Students with a job offer through a conversation", report["offer_rate_by_kind"]["job"]),
        (
            "Students with an internship offer through a conversation",
            report["offer_rate_by_kind"]["internship"],
        ),
        ("Students who accepted such an offer", report["accepted_rate"]),
        ("Students with any offer, wherever it came from", report["any_offer_rate"]),
    ]
    return [
        NamedShare("Students with at least one conversation held", proportion(*participation)),
        *(NamedShare(name, _share(figure)) for name, figure in rows),
    ]


def _by_conversations(bins: list[Figures]) -> IntervalRows:
    return IntervalRows(
        title="Students with an offer, by number of conversations held",
        rows=[IntervalRow(row["bin"].replace("-", "–"), _share(row)) for row in bins],
        label_head="Conversations held",
        n_head="Students",
        k_head="With an offer",
    )


def _funnel(stages: list[Figures]) -> FunnelBars:
    counts = {stage["stage"]: stage["contacts"] for stage in stages}
    shown = []
    before = ""
    for stage in stages:
        name = stage["stage"]
        base = "held" if name in ("thanked", "referred") else before
        share = (
            Proportion(counts[name], counts[base], stage["rate"], stage["low"], stage["high"])
            if base
            else None
        )
        shown.append(
            FunnelStage(
                label=STAGES[name],
                count=counts[name],
                share=share,
                share_of="of those met" if base == "held" else "of the step before",
            )
        )
        before = name
    return FunnelBars(title="From the list to a referral", stages=shown)


def _curve(term: Term, steps: list[Figures], as_of: date) -> StepCurve:
    """Return the curve turned upward: the share of students who have had an offer by a day.

    It ends with the term, or where knowledge ends.
    """
    last_day = min(term.closes_on, max(as_of, term.starts_on))
    return StepCurve(
        id="time-to-offer",
        title="Share of students with a first offer, by week of the term",
        points=[
            StepPoint(
                at=step["day"],
                value=1 - step["survival"],
                low=1 - step["high"],
                high=1 - step["low"],
                at_risk=step["at_risk"],
            )
            for step in steps
        ],
        ends_at=(last_day - term.starts_on).days,
        when_empty="No student has received an offer through a conversation in this term yet.",
    )


def _section(name: str, part: Figures) -> Section:
    population = part["population"]
    return Section(
        name,
        proportion(population["participants"], population["enrolled"]),
        _share(part["offer_rate"]["enrolled"]),
    )


def _generation(number: int) -> str:
    if number == 0:
        return "Found by the students themselves"
    return "Introduced by a contact" if number == 1 else f"{number} introductions away"
