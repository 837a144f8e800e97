"""Train the second reader on the labelled drafts and sentences of this folder.

    python -m tests.outreach.tone.learn             # writes weights.json
    python -m tests.outreach.tone.learn --validate  # measures on drafts left out of training

A sentence is one of the reader's classes. Of a draft only the verdict and its markers are known:
all sentences of a smooth draft are fine, and in any other the likeliest sentence for each marker is
taken for it, again in each round (multiple-instance learning).
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from math import exp, sqrt
from pathlib import Path
from typing import Any

from apps.outreach.tone import Kind, check
from apps.outreach.tone.draft import Draft
from apps.outreach.tone.rules import RULES
from apps.outreach.tone.second_reader import reader
from apps.outreach.tone.second_reader.reader import CLASSES, MILD, STEP, STRONG, ZERO
from apps.outreach.tone.second_reader.signs import signs_of
from tests.outreach.tone.said import FOUND, NOTHING_FOUND

HERE = Path(__file__).parent
WEIGHTS = Path(reader.__file__).parent / "weights.json"
SEEN = 4  # a rarer sign says more about its one writer than about its sense
SIGNS_KEPT = 4500
EPOCHS = (6, 12, 20)
RATE = 2.0
PULL = 0.1
MOST = 46  # steps that a character can say
SURE = 0.005  # an error this small teaches nothing more

NUMBER = {name: at for at, name in enumerate(CLASSES)}
OTHER = NUMBER["reads_wrong"]
ANY_STRONG, ANY_MILD = tuple(STRONG), tuple(MILD)
SAME_AS = {"wants_resume_forwarded": "pushes_resume"}
# What the writers of the drafts call a marker, and the classes that may carry it.
MARKERS = {
    "longs_to_be_hired": "longs_to_be_hired",
    "do_anything": "would_do_anything",
    "hooked_up": "wants_to_be_hooked_up wants_strings_pulled",
    "get_me_job": "wants_strings_pulled asks_for_job wants_interview wants_to_be_hooked_up",
    "carries_resume": "carries_resumes",
    "pushes_resume": "pushes_resume",
    "begs": "begs",
    "presses": "demands asks_for_job pushes_resume begs",
    "presses_for_job": "demands asks_for_job",
    "demands": "demands asks_for_job",
    "hiring_question": "asks_whether_hiring",
    "resume_attached": "attaches_resume",
    "guilt": "blames",
    "guilt_over_silence": "blames",
    "pressure": "presses",
    "mild_pressure": "presses",
    "several_asks": "reads_wrong",
    "big_ask": "reads_wrong",
    "flattery": "reads_wrong",
    "wants_interview": "wants_interview",
}
MARKERS["gets_me_job"] = MARKERS["get_me_job"]

Target = list[float]


@dataclass(slots=True)
class Line:
    """A sentence whose class is one of a few."""

    signs: set[str]
    may_be: tuple[int, ...]


@dataclass(slots=True)
class Labelled:
    """A draft: the signs of its sentences, and for each marker the classes that may carry it."""

    sentences: list[set[str]]
    verdict: str
    markers: list[tuple[int, ...]] | None
    """None: nobody noted them, so that nothing is known of the single sentences."""


class Model:
    """Softmax regression over signs, fitted by descent, each weight pulled to zero a little."""

    def __init__(self, known: Iterable[str]) -> None:
        self.weights = {sign: [0.0] * len(CLASSES) for sign in known}
        self.weights[""] = [0.0] * len(CLASSES)

    def known(self, signs: Iterable[str]) -> list[str]:
        return sorted(self.weights.keys() & signs)

    def likely(self, known: list[str]) -> Target:
        scale = 1 / sqrt(len(known) + 1)
        columns = zip(*(self.weights[sign] for sign in known), strict=True)
        total = [
            start + scale * sum(column)
            for start, column in zip_longest(self.weights[""], columns, fillvalue=())
        ]
        most = max(total)
        raised = [exp(one - most) for one in total]
        whole = sum(raised)
        return [one / whole for one in raised]

    def fit(self, items: list[tuple[list[str], Target]], epochs: int) -> None:
        shuffled = random.Random(7)
        items = [(self.known(signs), target) for signs, target in items]
        for epoch in range(epochs):
            rate = RATE / (1 + epoch / 4)
            shuffled.shuffle(items)
            for known, target in items:
                self._learn(known, target, rate)
            for sign, weights in self.weights.items():
                if sign:
                    self.weights[sign] = [one * (1 - rate * PULL) for one in weights]

    def _learn(self, known: list[str], target: Target, rate: float) -> None:
        errors = [a - b for a, b in zip(self.likely(known), target, strict=True)]
        telling = [(at, rate * error) for at, error in enumerate(errors) if abs(error) > SURE]
        self._move("", telling)
        scale = 1 / sqrt(len(known) + 1)
        scaled = [(at, scale * error) for at, error in telling]
        for sign in known:
            self._move(sign, scaled)

    def _move(self, sign: str, steps: list[tuple[int, float]]) -> None:
        weights = self.weights[sign]
        for at, step in steps:
            weights[at] -= step


def train(lines: list[Line], drafts: list[Labelled]) -> Model:
    """Fit three times: a rough guess at which sentence carries a marker, a better one, and then the
    signs that weigh most."""
    signs = _frequent(lines, drafts)
    rough = Model(signs)
    plain = [*_of_lines(rough, lines, is_first=True), *_of_drafts(rough, drafts, is_first=True)]
    rough.fit(plain, EPOCHS[0])
    for epochs in EPOCHS[1:]:
        items = [*_of_lines(rough, lines), *_of_drafts(rough, drafts)]
        model = Model(signs)
        model.fit(items, epochs)
        signs = _heaviest(model)
        rough = model
    return model


def _heaviest(model: Model) -> list[str]:
    weight = {sign: max(map(abs, weights)) for sign, weights in model.weights.items() if sign}
    return sorted(weight, key=lambda sign: (-weight[sign], sign))[:SIGNS_KEPT]


def _frequent(lines: list[Line], drafts: list[Labelled]) -> list[str]:
    seen = Counter(sign for line in lines for sign in line.signs)
    seen.update(sign for draft in drafts for signs in draft.sentences for sign in signs)
    return sorted(sign for sign, times in seen.items() if times >= SEEN)


def _of_lines(
    model: Model, lines: list[Line], *, is_first: bool = False
) -> Iterator[tuple[list[str], Target]]:
    for line in lines:
        known = model.known(line.signs)
        yield known, _among(line.may_be, None if is_first else model.likely(known))


def _of_drafts(
    model: Model, drafts: list[Labelled], *, is_first: bool = False
) -> Iterator[tuple[list[str], Target]]:
    for draft in drafts:
        sentences = [model.known(signs) for signs in draft.sentences]
        if draft.verdict == "smooth":
            yield from ((known, _among((0,), None)) for known in sentences)
        elif draft.markers is not None and not is_first:
            likely = [model.likely(known) for known in sentences]
            carriers: dict[int, set[int]] = {}
            for may_be in draft.markers:
                carrier = max(
                    range(len(sentences)), key=lambda at: sum(likely[at][one] for one in may_be)
                )
                carriers.setdefault(carrier, set()).update(may_be)
            for at, known in enumerate(sentences):
                if at in carriers:
                    yield known, _among(tuple(carriers[at]), likely[at])
                elif not carriers or likely[at][0] > 0.5:
                    yield known, _among((0,), None)


def _among(may_be: tuple[int, ...], likely: Target | None) -> Target:
    share = {at: 1.0 if likely is None else likely[at] + 1e-6 for at in may_be}
    whole = sum(share.values())
    return [share.get(at, 0.0) / whole for at in range(len(CLASSES))]


def written(model: Model) -> dict[str, str]:
    """Return the weights as the reader reads them, one character each. Only their differences
    count, so they are moved to the middle of what a character can say."""
    return {sign: _written(weights) for sign, weights in sorted(model.weights.items())}


def _written(weights: list[float]) -> str:
    middle = (max(weights) + min(weights)) / 2
    steps = (round((one - middle) * STEP) for one in weights)
    return "".join(chr(ZERO + max(-MOST, min(MOST, step))) for step in steps)


def read_lines() -> list[Line]:
    fine = [*NOTHING_FOUND, *(rule.advice for rule in RULES)]
    said = [(text, (NUMBER["fine"],)) for text in fine] + _by_rule(FOUND)
    said *= 2  # what the tests hold the coach to is learned twice
    said += _by_rule(_json("lines.json"))
    sentences = _json("sentences.json")
    for verdict, may_be in (("smooth", (0,)), ("needs_look", ANY_MILD), ("desperate", ANY_STRONG)):
        said += [(text, may_be) for text in sentences[verdict]]
    return [Line(signs_of(" ".join(_sentences(text))), may_be) for text, may_be in said]


def _by_rule(texts: Mapping[str, Iterable[str]]) -> list[tuple[str, tuple[int, ...]]]:
    return [
        (text, (NUMBER.get(SAME_AS.get(rule, rule), OTHER),))
        for rule, said in texts.items()
        for text in said
        if rule != "says_looking_for_job"  # fine in one kind of note, which no sentence shows
    ]


def labelled(row: dict[str, Any]) -> Labelled:
    signs = [signs_of(sentence) for sentence in _sentences(row["text"])]
    marked = [MARKERS[one].split() for one in row.get("markers", ()) if one in MARKERS]
    markers: list[tuple[int, ...]] | None = [
        tuple(NUMBER[one] for one in names) for names in marked
    ]
    if "markers" not in row:
        markers = [ANY_STRONG] if row["verdict"] == "desperate" else None
    return Labelled(signs, row["verdict"], markers)


def _sentences(text: str) -> list[str]:
    return [one.text for one in Draft(text).sentences]


def _json(name: str) -> Any:
    return json.loads((HERE / name).read_text())


def validate(folds: int = 5) -> None:
    """Print how the whole coach agrees with the labels of drafts left out of training.

    The rules were written with most of these drafts in view; only the second reader is new to them.
    """
    everything = _json("drafts.json")
    rows = [row for row in everything if "markers" in row]
    random.Random(7).shuffle(rows)
    always = [labelled(row) for row in everything if "markers" not in row]
    lines = read_lines()
    pairs: list[tuple[str, str]] = []
    for fold in range(folds):
        kept = [labelled(row) for at, row in enumerate(rows) if at % folds != fold]
        weights = written(train(lines, always + kept))
        reader.WEIGHTS.clear()
        reader.WEIGHTS.update({sign: reader.packed(one) for sign, one in weights.items()})
        for row in rows[fold::folds]:
            pairs.append((row["verdict"], check(row["text"], Kind(row["kind"])).verdict))
        print(f"after fold {fold + 1} of {folds}: {len(pairs)} drafts")
        for verdict, (precision, recall) in agreement(pairs).items():
            print(f"  {verdict}: precision {precision:.2f}, recall {recall:.2f}")


def agreement(pairs: list[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """Precision and recall of each verdict over pairs of (given, found)."""
    given, found = Counter(one for one, _ in pairs), Counter(one for _, one in pairs)
    both = Counter(one for one, other in pairs if one == other)
    return {one: (both[one] / (found[one] or 1), both[one] / given[one]) for one in sorted(given)}


def main() -> None:
    drafts = [labelled(row) for row in _json("drafts.json")]
    weights = written(train(read_lines(), drafts))
    rows = (f"{json.dumps(sign)}:{json.dumps(chars)}" for sign, chars in weights.items())
    WEIGHTS.write_text("{\n" + ",\n".join(rows) + "\n}\n")


if __name__ == "__main__":
    validate() if "--validate" in sys.argv else main()
