"""A report as lines of one shape, which every file lays out in its own way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.common.figures import EN_DASH
from apps.metrics.report import Figures
from apps.students.models import Term

TITLES = {
    "population": "Students",
    "offer_rate": "Offers through informational interviewing",
    "offer_rate_by_kind": "Offers by kind",
    "other_rates": "Other shares",
    "by_conversations": "Offers by number of conversations held",
    "funnel": "From the list to a referral (people)",
    "meetings": "Conversations",
    "referrals": "Referrals",
    "offers_by_week": "First offers by week of the term",
    "time_to_first_offer": "Time to a first offer, in days",
    "by_cohort": "Classes",
    "change": "Change since another term",
    "paths": "Counted offers and their paths",
}
"""The tables of a report by key, in their order."""


WORDS = {
    "enrolled": "All enrolled",
    "participants": "Participants: at least one conversation held",
    "known_outcome": "Outcome known",
    "job": "Job",
    "internship": "Internship",
    "any_offer_rate": "Any offer, wherever it came from",
    "accepted_rate": "An offer through a conversation accepted",
    "rescinded_only": "All such offers rescinded",
    "listed": "On a list",
    "asked": "Written to or called",
    "replied": "Replied",
    "agreed": "Said yes",
    "held": "Met",
    "thanked": "Thanked, of those met",
    "referred": "Introduced someone, of those met",
    "thank_you_on_time": "Thanked on time",
    "readiness": "Prepared beforehand",
    "introduced_contacts": "People whom a contact introduced",
    "held_meetings": "Conversations held",
    "generation 0": "People found by the students themselves",
    "median_days": "Day by which half had an offer",
    "curve": "Day by day",
    "difference": "Difference of the offer rates of all enrolled",
}
"""What people read in place of a key of the document."""


@dataclass(frozen=True)
class Line:
    """One figure: `k` of `n` with its rate and interval, or a count alone in `k`.

    In the table of times `k` are the events and `n` those at risk on a day, `rate` the share still
    without an offer. `detail` holds what is no number: the path of an offer.
    """

    table: str
    label: str
    k: int | None = None
    n: int | None = None
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    detail: str = ""
    is_hidden: bool = False

    @property
    def words(self) -> str:
        """The label as people read it."""
        if self.table == "by_conversations":
            return f"{self.label.replace('-', EN_DASH)} conversations"
        if self.table == "offers_by_week":
            return f"By the end of week {self.label}"
        section, _, key = self.label.rpartition(": ")
        words = WORDS.get(key.removeprefix("offer rate of "), key)
        if key.startswith("offer rate of "):
            words = f"Offers, {words[0].lower()}{words[1:]}"
        return f"{section}: {words}" if section else words


def hidden_words(document: Figures) -> str:
    """Return what stands in place of a hidden figure."""
    return f"hidden (fewer than {document['suppression']['threshold']})"


def lines(document: Figures) -> list[Line]:
    """Return all figures of a report, in the order of TITLES."""
    return [
        *_counts("population", document["population"]),
        *_shares("offer_rate", document["offer_rate"]),
        *_shares("offer_rate_by_kind", document["offer_rate_by_kind"]),
        _share("other_rates", "any_offer_rate", document["any_offer_rate"]),
        _share("other_rates", "accepted_rate", document["accepted_rate"]),
        _count("other_rates", "rescinded_only", document["rescinded_only"]),
        *(_share("by_conversations", row["bin"], row) for row in document["by_conversations"]),
        *_funnel(document["funnel"]),
        _share("meetings", "thank_you_on_time", document["thank_you_on_time"]),
        _share("meetings", "readiness", document["readiness"]),
        *_referrals(document["referrals"]),
        *(_share("offers_by_week", str(row["week"]), row) for row in document["offers_by_week"]),
        *_times(document["time_to_first_offer"]),
        *_cohorts(document["by_cohort"]),
        *_change(document.get("change")),
        *_paths(document.get("paths", [])),
    ]


def _share(table: str, label: str, figure: Mapping[str, Any]) -> Line:
    numbers = {key: figure[key] for key in ("k", "n", "rate", "low", "high")}
    return Line(table, label, **numbers, is_hidden=bool(figure.get("hidden")))


def _shares(table: str, figures: Mapping[str, Any]) -> Iterator[Line]:
    for label, figure in figures.items():
        yield _share(table, label, figure)


def _count(table: str, label: str, number: Any) -> Line:
    """Return the line of a count, which is a number, or null or an object if it is hidden."""
    if isinstance(number, int):
        return Line(table, label, k=number)
    return Line(table, label, is_hidden=True)


def _counts(table: str, numbers: Mapping[str, Any], prefix: str = "") -> Iterator[Line]:
    for label, number in numbers.items():
        if label != "hidden":
            yield _count(table, prefix + label, number)


def _funnel(stages: list[Figures]) -> Iterator[Line]:
    counts = {stage["stage"]: stage["contacts"] for stage in stages}
    before = ""
    for stage in stages:
        name = stage["stage"]
        base = "held" if name in ("thanked", "referred") else before
        figure = {"k": stage["contacts"], "n": counts.get(base), **_interval(stage)}
        yield _share("funnel", name, {**figure, "hidden": stage.get("hidden")})
        before = name


def _interval(figure: Figures) -> Figures:
    return {key: figure.get(key) for key in ("rate", "low", "high")}


def _referrals(figures: Figures) -> Iterator[Line]:
    for name in ("introduced_contacts", "held_meetings"):
        yield _count("referrals", name, figures[name])
    for number, count in figures["contacts_by_generation"].items():
        yield _count("referrals", f"generation {number}", count)


def _times(figures: Figures) -> Iterator[Line]:
    if figures.get("hidden"):
        yield Line("time_to_first_offer", "curve", is_hidden=True)
        return
    yield Line("time_to_first_offer", "median_days", k=figures["median_days"])
    for step in figures["curve"]:
        yield Line(
            "time_to_first_offer",
            f"day {step['day']}",
            k=step["events"],
            n=step["at_risk"],
            rate=step["survival"],
            low=step["low"],
            high=step["high"],
        )


def _cohorts(sections: Mapping[str, Figures]) -> Iterator[Line]:
    for name, part in sections.items():
        yield from _counts("by_cohort", part["population"], f"{name}: ")
        for label, figure in part["offer_rate"].items():
            yield _share("by_cohort", f"{name}: offer rate of {label}", figure)


def _change(change: Figures | None) -> Iterator[Line]:
    if change is not None:
        low, high = change["low"], change["high"]
        is_hidden = bool(change.get("hidden"))
        yield Line(
            "change",
            "difference",
            rate=change["difference"],
            low=low,
            high=high,
            is_hidden=is_hidden,
        )


def _paths(paths: list[Figures]) -> Iterator[Line]:
    for path in paths:
        label = f"{path['student_id']}, offer {path['offer_id']}"
        yield Line("paths", label, detail=" > ".join(path["path"]))


def methods(document: Figures, term: Term, waivers: list[dict[str, str]]) -> list[str]:
    """Return the methods note, a paragraph each, in plain words."""
    threshold = document["suppression"]["threshold"]
    notes = [
        f"Definitions version {document['definitions']}. Figures as of {document['as_of']}. "
        f"Checksum {document['checksum']}.",
        f"Students are those enrolled on {term.census_on:%B %-d, %Y} and not withdrawn by then; "
        f"conversations and offers count from {term.starts_on:%B %-d, %Y} to "
        f"{term.closes_on:%B %-d, %Y}, both days in. A student counts once.",
        "An offer counts as through informational interviewing when its contact, or the nearest "
        "person up the line of introductions, was met by the student on or before the day it "
        "came. Rescinded offers stay counted as received. Practice conversations never count.",
        "Participants held at least one conversation in the term; an outcome is known by an offer "
        "or by word that there was none.",
        "Intervals are 95 % Wilson intervals for shares, Newcombe's for a difference, a "
        "log-log band for times. A class is counted in full and is no sample: the interval tells "
        "how uncertain the programme's underlying rate is. It does not tell what would happen "
        "without the programme.",
        "Numbers of conversations and stages go together with offers; they are associations, not "
        "causes. Students are never ranked by offers.",
    ]
    if document["audience"] == "shareable":
        notes.append(
            f"A figure is shown only if the group, those counted and those not counted are each "
            f"at least {threshold}, and if nobody can work out a hidden one from those shown here "
            f"or in earlier releases of the term. {document['suppression']['hidden']} figures are "
            "hidden."
        )
    else:
        notes.append("This is the internal report: it shows small groups. Keep it in the office.")
    notes += [f"Published in spite of: {w['finding']} Reason: {w['reason']}" for w in waivers]
    return notes
