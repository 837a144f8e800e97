"""A report made ready for its page: charts, and shares with their names.

Reads the document only, so that the page shows what was computed and nothing else. What is hidden
there is a `Hidden` here, which everything draws in words.
"""

from dataclasses import dataclass
from datetime import date, datetime

from apps.common.charts import (
    FunnelBars,
    FunnelStage,
    IntervalRow,
    IntervalRows,
    IntervalStrip,
    RateSeries,
    StepCurve,
    StepPoint,
    highest_bound,
)
from apps.common.figures import Hidden
from apps.common.localtime import local_date
from apps.metrics.files.lines import hidden_words, methods
from apps.metrics.report import Figures
from apps.metrics.statistics import Proportion, proportion
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


Rate = Proportion | Hidden
Count = int | Hidden


@dataclass(frozen=True)
class NamedShare:
    name: str
    share: Rate


@dataclass(frozen=True)
class Section:
    """One cohort beside the others."""

    name: str
    enrolled: Count
    participants: Count
    offers: Rate


@dataclass(frozen=True)
class ReportPage:
    """What the template of the report draws, in the order of the page.

    `is_open`: the term had not closed when the report was computed; offers may still come. A
    shareable report has offers `by_week` in place of `time_to_offer`, whose steps are students.
    """

    report: Figures
    is_open: bool
    hidden: Hidden
    headline: Rate
    strips: list[IntervalStrip]
    others: list[NamedShare]
    rescinded: Count
    by_conversations: IntervalRows
    funnel: FunnelBars
    time_to_offer: StepCurve | None
    by_week: RateSeries | None
    sections: list[Section]
    generations: list[tuple[str, Count]]
    introduced: Count
    held: Count
    methods: list[str]


def report_page(term: Term, report: Figures) -> ReportPage:
    """Return the page of a report, internal or shareable."""
    hidden, rates = hidden_in(report), report["offer_rate"]
    as_of = local_date(datetime.fromisoformat(report["as_of"]), institution_zone())
    is_exact = not report["time_to_first_offer"].get("hidden")
    referrals = report["referrals"]
    return ReportPage(
        report=report,
        is_open=as_of <= term.closes_on,
        hidden=hidden,
        headline=figure_of(rates["enrolled"], hidden),
        strips=_strips(term, rates, hidden),
        others=_others(report, hidden),
        rescinded=_count(report["rescinded_only"], hidden),
        by_conversations=_by_conversations(report["by_conversations"], hidden),
        funnel=_funnel(report["funnel"], hidden),
        time_to_offer=_curve(term, report["time_to_first_offer"]["curve"], as_of)
        if is_exact
        else None,
        by_week=None if is_exact else _weeks(report["offers_by_week"], hidden),
        sections=[_section(name, part, hidden) for name, part in report["by_cohort"].items()],
        generations=[
            (_generation(int(number)), _count(count, hidden))
            for number, count in referrals["contacts_by_generation"].items()
        ],
        introduced=_count(referrals["introduced_contacts"], hidden),
        held=_count(referrals["held_meetings"], hidden),
        methods=methods(report, term, []),
    )


def hidden_in(report: Figures) -> Hidden:
    """Return what stands in place of a hidden figure of this report."""
    return Hidden(hidden_words(report))


def figure_of(figure: Figures, hidden: Hidden) -> Rate:
    if figure.get("hidden"):
        return hidden
    return Proportion(**{key: figure[key] for key in ("k", "n", "rate", "low", "high")})


def participation_of(report: Figures) -> Rate:
    """Return the share of students who held at least one conversation."""
    held, enrolled = (report["population"][name] for name in ("participants", "enrolled"))
    return hidden_in(report) if None in (held, enrolled) else proportion(held, enrolled)


def _count(number: int | Figures | None, hidden: Hidden) -> Count:
    return number if isinstance(number, int) else hidden


def _strips(term: Term, rates: dict[str, Figures], hidden: Hidden) -> list[IntervalStrip]:
    shares = {name: figure_of(figure, hidden) for name, figure in rates.items()}
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


def _others(report: Figures, hidden: Hidden) -> list[NamedShare]:
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
        NamedShare("Students with at least one conversation held", participation_of(report)),
        *(NamedShare(name, figure_of(figure, hidden)) for name, figure in rows),
    ]


def _by_conversations(bins: list[Figures], hidden: Hidden) -> IntervalRows:
    return IntervalRows(
        title="Students with an offer, by number of conversations held",
        rows=[IntervalRow(row["bin"].replace("-", "–"), figure_of(row, hidden)) for row in bins],
        label_head="Conversations held",
        n_head="Students",
        k_head="With an offer",
    )


def _funnel(stages: list[Figures], hidden: Hidden) -> FunnelBars:
    """Return the bars. Of a share only the rate is drawn: its base may be hidden in its own row."""
    counts = {stage["stage"]: stage["contacts"] for stage in stages}
    shown = []
    before = ""
    for stage in stages:
        name = stage["stage"]
        base = "held" if name in ("thanked", "referred") else before
        share: Rate | None = None
        if base:
            numbers = {"k": counts[name], "n": counts[base] or 0}
            share = figure_of({**stage, **numbers}, hidden)
        shown.append(
            FunnelStage(
                label=STAGES[name],
                count=_count(counts[name], hidden),
                share=share,
                share_of="of those met" if base == "held" else "of the step before",
            )
        )
        before = name
    return FunnelBars(title="From the list to a referral", stages=shown)


def _weeks(rows: list[Figures], hidden: Hidden) -> RateSeries:
    return RateSeries(
        id="offers-by-week",
        title="Share of students with a first offer by the end of some weeks of the term",
        rows=[IntervalRow(f"week {row['week']}", figure_of(row, hidden)) for row in rows],
        label_head="By the end of",
        n_head="Students",
        k_head="With an offer",
        when_empty="Every week's figure is hidden.",
    )


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


def _section(name: str, part: Figures, hidden: Hidden) -> Section:
    population = part["population"]
    return Section(
        name,
        _count(population["enrolled"], hidden),
        _count(population["participants"], hidden),
        figure_of(part["offer_rate"]["enrolled"], hidden),
    )


def _generation(number: int) -> str:
    if number == 0:
        return "Found by the students themselves"
    return "Introduced by a contact" if number == 1 else f"{number} introductions away"
