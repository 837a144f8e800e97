"""A word about a planned question that asks for a job. Asked for one, people step back."""

import re
from dataclasses import dataclass

ASKS_FOR_A_JOB = re.compile(
    r"\b(?:any|have|are there|is there)\b.*\b(?:openings?|vacanc(?:y|ies)|positions?|jobs?"
    r"|internships?|roles?)\b"
    r"|\b(?:are you|will you be|do you|plan to|going to) (?:hiring|hire)\b"
    r"|\b(?:hire|employ|recommend) me\b"
    r"|\bget (?:me )?an? (?:job|internship|position)\b"
    r"|\bmy (?:r[ée]sum[ée]|cv)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Advice:
    """Why a question may close a door, and one that opens it."""

    why: str
    instead: str


ABOUT_JOBS = Advice(
    "Change this one. Asked about hiring, people step back.",
    "Which skills will your team need next year?",
)


def advice_on(question: str) -> Advice | None:
    return ABOUT_JOBS if ASKS_FOR_A_JOB.search(question) else None
