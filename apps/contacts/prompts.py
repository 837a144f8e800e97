"""Whom to think of, in order: first one's own circles, then the people around a wanted job.

Each prompt also says what is known of whoever comes to mind, so that nobody has to rate people
while the names come.
"""

from dataclasses import dataclass
from typing import Any

from apps.contacts.models import Closeness, Seniority, Source

QUICK_START = 5
"""So many people are enough to begin with."""


@dataclass(frozen=True)
class Prompt:
    """`known_as` is what the student would say of such a person: "Former boss or coworker"."""

    key: str
    title: str
    hint: str
    known_as: str
    closeness: Closeness
    source: Source | None = None
    seniority: Seniority | None = None

    def details(self) -> dict[str, Any]:
        """Return what the prompt tells about a person, as fields of a contact."""
        return {
            "closeness": self.closeness,
            "source": self.source or "",
            "seniority": self.seniority or "",
            "how_known": self.known_as,
        }


CIRCLES = (
    Prompt(
        "relatives",
        "Relatives",
        "Parents, cousins, in-laws, and the friends they bring along.",
        "Relative",
        Closeness.KNOWS_WELL,
        Source.FAMILY,
    ),
    Prompt(
        "coworkers",
        "Former bosses and coworkers",
        "Every job counts: summers, campus, helping out.",
        "Former boss or coworker",
        Closeness.KNOWS_WELL,
    ),
    Prompt(
        "classmates",
        "Classmates",
        "Those ahead of you who have begun to work as well.",
        "Classmate",
        Closeness.KNOWS,
        Source.FRIEND,
        Seniority.PEER,
    ),
    Prompt(
        "leisure",
        "Leisure companions",
        "The team, the choir, the club, the neighbors.",
        "From my leisure time",
        Closeness.KNOWS,
        Source.FRIEND,
    ),
    Prompt(
        "professors",
        "Professors and teachers",
        "They know people outside, and like to be asked.",
        "Professor or teacher",
        Closeness.KNOWS,
        Source.PROFESSOR,
    ),
)

AROUND_A_JOB = (
    Prompt(
        "in_the_job",
        "People who have the job you want",
        "By name if you can; a search on LinkedIn finds some.",
        "Has the job I want",
        Closeness.STRANGER,
        Source.COLD,
    ),
    Prompt(
        "their_coworkers",
        "Their coworkers",
        "Whoever works beside them sees the job every day.",
        "Works beside somebody in the job I want",
        Closeness.STRANGER,
        Source.COLD,
    ),
    Prompt(
        "their_bosses",
        "Their bosses",
        "Good to know by name, even if you talk with them later.",
        "Leads people in the job I want",
        Closeness.STRANGER,
        Source.COLD,
    ),
    Prompt(
        "same_company",
        "Others in the company",
        "Any department: they know who is who.",
        "Works where I would like to",
        Closeness.STRANGER,
        Source.COLD,
    ),
    Prompt(
        "recruiters",
        "Recruiters",
        "If you are stuck: those who fill such jobs.",
        "Recruiter",
        Closeness.STRANGER,
        Source.RECRUITER,
    ),
    Prompt(
        "competitors",
        "People at competitors",
        "The same work is done elsewhere, too.",
        "Does this work at a competitor",
        Closeness.STRANGER,
        Source.COLD,
    ),
)

PROMPTS = {prompt.key: prompt for prompt in (*CIRCLES, *AROUND_A_JOB)}
