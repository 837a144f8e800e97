"""Ways to set up a class, as they are usual elsewhere: they fill in the form and save nothing."""

from dataclasses import dataclass
from typing import Any

from apps.students.models import Cohort


@dataclass(frozen=True)
class Preset:
    name: str
    words: str
    settings: dict[str, Any]


def presets(cohort: Cohort) -> dict[str, Preset]:
    """Return the presets by key; one conversation a week depends on how long the term is."""
    term = cohort.term
    weeks = (term.ends_on - term.starts_on).days // 7 + 1
    return {
        "slow": Preset(
            "Slow and steady",
            "26 over six months, about one a week, with time for each note",
            {"goal": 26, "most_asks_a_week": 3, "usual_minutes": 20},
        ),
        "weekly": Preset(
            "One a week",
            f"{weeks} in this term of {weeks} weeks",
            {"goal": weeks, "most_asks_a_week": 5, "usual_minutes": 20},
        ),
        "several": Preset(
            "Several a week",
            "125 in all, for those who do little else",
            {"goal": 125, "most_asks_a_week": 30, "usual_minutes": 15},
        ),
    }
