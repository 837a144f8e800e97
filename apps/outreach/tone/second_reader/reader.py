"""Add up the weights of a sentence's signs: how likely does it read wrong, and in which way?"""

import json
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path

from apps.outreach.tone.second_reader.signs import signs_of

# What it can hear besides "fine": rules of rules.py; "reads_wrong" is all that has no class.
_STRONG_RULES = (
    "longs_to_be_hired",
    "would_do_anything",
    "asks_for_job",
    "wants_to_be_hooked_up",
    "wants_strings_pulled",
    "wants_interview",
    "carries_resumes",
    "pushes_resume",
    "begs",
    "demands",
)
_MILD_RULES = (
    "asks_whether_hiring",
    "attaches_resume",
    "presses",
    "blames",
    "reads_wrong",
)
CLASSES = ("fine", *_STRONG_RULES, *_MILD_RULES)
STRONG = range(1, 1 + len(_STRONG_RULES))
MILD = range(1 + len(_STRONG_RULES), len(CLASSES))
# Findings that stand only if this reader does not take their sentence for harmless.
CONFIRMED = frozenset({*_STRONG_RULES, *_MILD_RULES, "wants_resume_forwarded"})

# A weight is one printable character of weights.json, a step of 1/10 around "O".
ZERO, STEP = ord("O"), 10
# All weights of a sign travel in one integer, 20 bits each, so that one addition adds them all.
_LANE = 20
_MASK = (1 << _LANE) - 1


@dataclass(frozen=True, slots=True)
class Impression:
    """What one sentence sounds like. Both numbers are probabilities."""

    wrong: float
    desperate: float
    strong_rule: str
    """The likeliest of the rules that make a draft desperate."""
    mild_rule: str
    """The likeliest of the others."""


def packed(weights: str) -> int:
    return sum(ord(one) << (_LANE * at) for at, one in enumerate(weights))


# How a sentence is weighed before it says anything stands under "".
WEIGHTS: dict[str, int] = {
    sign: packed(weights)
    for sign, weights in json.loads((Path(__file__).parent / "weights.json").read_text()).items()
}


def impression_of(sentence: str) -> Impression:
    """Read one sentence in plain words."""
    found = [WEIGHTS[sign] for sign in signs_of(sentence) if sign in WEIGHTS]
    total = sum(found)
    start = WEIGHTS[""]
    # As in training: a long sentence has more signs, and shouts no louder.
    scale = STEP * sqrt(len(found) + 1)
    likely = [
        exp(
            (((total >> shift) & _MASK) - ZERO * len(found)) / scale
            + (((start >> shift) & _MASK) - ZERO) / STEP
        )
        for shift in range(0, _LANE * len(CLASSES), _LANE)
    ]
    whole = sum(likely)
    return Impression(
        wrong=1 - likely[0] / whole,
        desperate=sum(likely[at] for at in STRONG) / whole,
        strong_rule=CLASSES[max(STRONG, key=likely.__getitem__)],
        mild_rule=CLASSES[max(MILD, key=likely.__getitem__)],
    )
