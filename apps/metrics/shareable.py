"""The report that may leave the office: the internal one with what could give someone away hidden.

A hidden value is null, and the object it stands in says `"hidden": true`.
"""

from collections.abc import Mapping

from apps.metrics.report import Figures

NOTHING: Figures = {"k": None, "n": None, "rate": None, "low": None, "high": None, "hidden": True}


def shareable(document: Figures, shown: set[str], cohorts: Mapping[str, int]) -> Figures:
    """Return the shareable form of an internal report. `cohorts` are the keys of those in it."""
    hiding = Hiding(shown)
    report = {
        **document,
        "audience": "shareable",
        **hiding.three_ways("", document),
        **hiding.shares("", document, "any_offer_rate accepted_rate thank_you_on_time readiness"),
        "offer_rate_by_kind": hiding.shares(
            "offer_rate_by_kind/", document["offer_rate_by_kind"], "job internship"
        ),
        "rescinded_only": hiding.count("rescinded_only", document["rescinded_only"]),
        "by_conversations": hiding.rows("by_conversations/", document["by_conversations"], "bin"),
        "offers_by_week": hiding.rows("offers_by_week/", document["offers_by_week"], "week"),
        "funnel": [hiding.stage(row) for row in document["funnel"]],
        "referrals": hiding.referrals(document["referrals"]),
        "time_to_first_offer": {"median_days": None, "curve": [], "hidden": True},
        "by_cohort": {
            name: hiding.three_ways(f"by_cohort/{cohorts[name]}/", part)
            for name, part in document["by_cohort"].items()
        },
    }
    del report["paths"]
    report["suppression"] = {**document["suppression"], "hidden": hiding.number}
    return report


class Hiding:
    """Takes figures and gives them back as they are or hidden; `number` counts the hidden ones."""

    def __init__(self, shown: set[str]) -> None:
        self.shown = shown
        self.number = 0

    def _hides(self, name: str) -> bool:
        hides = name not in self.shown
        self.number += hides
        return hides

    def share(self, name: str, figure: Figures) -> Figures:
        return dict(NOTHING) if self._hides(name) else figure

    def shares(self, prefix: str, figures: Figures, names: str) -> Figures:
        return {name: self.share(prefix + name, figures[name]) for name in names.split()}

    def count(self, name: str, number: int) -> int | Figures:
        return {"count": None, "hidden": True} if self._hides(name) else number

    def three_ways(self, prefix: str, part: Figures) -> Figures:
        """Return the counts of students and the offer rate of each."""
        population: Figures = {
            name: None if self._hides(f"{prefix}population/{name}") else number
            for name, number in part["population"].items()
        }
        if None in population.values():
            population["hidden"] = True
        names = " ".join(part["offer_rate"])
        rates = self.shares(f"{prefix}offer_rate/", part["offer_rate"], names)
        return {"population": population, "offer_rate": rates}

    def rows(self, prefix: str, rows: list[Figures], label: str) -> list[Figures]:
        hidden = []
        for row in rows:
            figure = {key: value for key, value in row.items() if key != label}
            hidden.append({label: row[label], **self.share(f"{prefix}{row[label]}", figure)})
        return hidden

    def stage(self, row: Figures) -> Figures:
        """Return a stage of the funnel: its count, and its share of the stage before."""
        if not self._hides(f"funnel/{row['stage']}"):
            return row
        return {**dict.fromkeys(row), "stage": row["stage"], "hidden": True}

    def referrals(self, figures: Figures) -> Figures:
        counts: Figures = {
            name: self.count(f"referrals/{name}", figures[name])
            for name in ("introduced_contacts", "held_meetings")
        }
        prefix = "referrals/contacts_by_generation/"
        counts["contacts_by_generation"] = {
            number: self.count(prefix + number, count)
            for number, count in figures["contacts_by_generation"].items()
        }
        return counts
