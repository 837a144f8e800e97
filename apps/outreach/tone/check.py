"""Read a draft, apply the rules, say how it reads."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, Literal

from apps.outreach.tone import shape
from apps.outreach.tone.context import is_invited, is_meant
from apps.outreach.tone.draft import Draft, Sentence
from apps.outreach.tone.kinds import infer_kind
from apps.outreach.tone.marker import Marker
from apps.outreach.tone.rule import ASKING, Finding, Kind, Weight
from apps.outreach.tone.rules import RULE
from apps.outreach.tone.second_reader import CONFIRMED, Impression, impression_of
from apps.outreach.tone.strengths import Strength, strengths_of
from apps.outreach.tone.wordings import MARKERS

Verdict = Literal["smooth", "needs_look", "desperate"]
Place = tuple[str, int, int]  # rule, and where in the plain words


@dataclass(frozen=True, slots=True)
class Report:
    verdict: Verdict
    kind: Kind
    findings: tuple[Finding, ...]
    strengths: tuple[Strength, ...]

    def as_json(self) -> dict[str, Any]:
        shown = ("rule", "start", "end", "text", "advice")
        return {
            "verdict": self.verdict,
            "findings": [{name: getattr(one, name) for name in shown} for one in self.findings],
            "strengths": [one.says for one in self.strengths],
        }


_OF_KIND = {kind: [one for one in MARKERS if kind in RULE[one.rule].kinds] for kind in Kind}
_OF_QUESTIONS = [one for one in MARKERS if RULE[one.rule].is_for_questions]
# How sure the second reader has to be. Measured on drafts left out of its training.
_DESPERATE = 0.7
_WRONG = 0.8
_HARMLESS = 0.15
_NOT_DESPERATE = 0.15
# Several sentences that each sound a little desperate add up.
_HINT = 0.2
# "Harriet Lowe", "Tues or Thurs?"
_FEWEST_WORDS = 3


def check(text: str, kind: Kind | None = None) -> Report:
    """Judge a draft of the given kind, or of the kind it seems to be.

    The places of findings and strengths are character offsets into `text`.
    """
    draft = Draft(text)
    if not draft.sentences:
        return Report(
            "needs_look", kind or Kind.FIRST_NOTE, (_finding(draft, "is_empty", 0, 0),), ()
        )
    kind = kind or infer_kind(draft)
    heard = [impression_of(one.text) for one in draft.sentences]
    marked = list(_marked(draft, _OF_KIND[kind], heard))
    places = [*marked, *_heard(draft, heard, marked), *_shape(draft, kind)]
    found = [_finding(draft, *place) for place in places if kind in RULE[place[0]].kinds]
    found += [_loud(draft, *place) for place in shape.loud_places(draft)]
    findings = _distinct(found)
    return Report(_verdict(findings), kind, findings, tuple(strengths_of(draft)))


def check_question(text: str) -> list[Finding]:
    """Judge one question for an interview. An empty one has no findings."""
    draft = Draft(text)
    return list(_distinct(_finding(draft, *place) for place in _marked(draft, _OF_QUESTIONS)))


def _distinct(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort by place; where two wordings of one rule overlap, keep the first and longest."""
    kept: list[Finding] = []
    ends: dict[str, int] = {}
    for one in sorted(findings, key=lambda one: (one.start, -one.end, one.rule)):
        if one.start >= ends.get(one.rule, 0):
            kept.append(one)
            ends[one.rule] = max(one.end, one.start + 1)
    return tuple(kept)


def _verdict(findings: tuple[Finding, ...]) -> Verdict:
    weights = {one.weight for one in findings}
    if Weight.STRONG in weights:
        return "desperate"
    return "needs_look" if weights else "smooth"


def _finding(draft: Draft, rule: str, start: int, end: int) -> Finding:
    first, last = draft.plain.original_span(start, end)
    row = RULE[rule]
    return Finding(rule, first, last, draft.original[first:last], row.advice, row.why, row.weight)


def _loud(draft: Draft, start: int, end: int) -> Finding:
    row = RULE["shouts"]
    text = draft.original[start:end]
    return Finding("shouts", start, end, text, row.advice, row.why, row.weight)


def _marked(
    draft: Draft, markers: Iterable[Marker], heard: Sequence[Impression] = ()
) -> Iterator[Place]:
    """Yield what a wording says, unless the second reader takes its sentence for harmless:
    "the job scheduler that you wrote", "desperate for a second coffee"."""
    judged = _judged(draft, heard)
    harmless = {one.start for one, impression in judged if impression.wrong < _HARMLESS}
    mild = {one.start for one, impression in judged if impression.desperate < _NOT_DESPERATE}
    suspect = {
        Weight.STRONG: [one for one in draft.sentences if one.start not in mild],
        Weight.MILD: [one for one in draft.sentences if one.start not in harmless],
    }
    apologies = []
    for marker in markers:
        is_confirmed = marker.rule in CONFIRMED
        sentences = suspect[RULE[marker.rule].weight] if is_confirmed else draft.sentences
        for sentence in _worth_a_look(draft, marker, sentences):
            for found in marker.find(draft.text, sentence.start, sentence.end):
                if not is_meant(draft, sentence, marker.rule, found):
                    continue
                if marker.rule == "apologizes_often":
                    apologies.append(found.span())
                else:
                    yield marker.rule, found.start(), found.end()
    for start, end in apologies[1:]:
        yield "apologizes_often", start, end


def _judged(draft: Draft, heard: Iterable[Impression]) -> list[tuple[Sentence, Impression]]:
    """Leave out what is too short to be told from a name."""
    pairs = zip(draft.sentences, heard, strict=False)
    return [(one, heard) for one, heard in pairs if len(one.words) >= _FEWEST_WORDS]


def _heard(draft: Draft, heard: Sequence[Impression], marked: list[Place]) -> Iterator[Place]:
    """Yield the sentences that read wrong though no wording of that weight was found in them."""
    weights = _weights(draft, marked)
    hints = [
        (impression.desperate, one, impression.strong_rule)
        for one, impression in _judged(draft, heard)
        if impression.desperate >= _HINT and not is_invited(draft, one, impression.strong_rule)
    ]
    if hints and 1 - prod(1 - sure for sure, _, _ in hints) >= _DESPERATE:
        needed = min(_DESPERATE, max(sure for sure, _, _ in hints))
        for sure, sentence, rule in hints:
            if sure >= needed and Weight.STRONG not in weights[sentence.start]:
                weights[sentence.start].add(Weight.STRONG)
                yield rule, sentence.start, sentence.end
    for sentence, impression in _judged(draft, heard):
        is_new = impression.wrong >= _WRONG and not weights[sentence.start]
        if is_new and not is_invited(draft, sentence, impression.mild_rule):
            yield impression.mild_rule, sentence.start, sentence.end


def _weights(draft: Draft, marked: list[Place]) -> dict[int, set[Weight]]:
    """Return what was found in each sentence, by where it starts."""
    starts = [one.start for one in draft.sentences]
    weights: dict[int, set[Weight]] = {start: set() for start in starts}
    for rule, start, _ in marked:
        weights[starts[bisect_right(starts, start) - 1]].add(RULE[rule].weight)
    return weights


def _worth_a_look(draft: Draft, marker: Marker, sentences: list[Sentence]) -> Iterator[Sentence]:
    if marker.keys.isdisjoint(draft.words) or (
        marker.about and marker.about.isdisjoint(draft.words)
    ):
        return
    for sentence in sentences:
        if not marker.keys.isdisjoint(sentence.words):
            yield sentence


def _shape(draft: Draft, kind: Kind) -> Iterator[Place]:
    end = draft.body_end
    has_length = shape.has_duration(draft)
    has_question = shape.has_closing_question(draft)
    # "Fifteen minutes, any evening. Is next week possible?" asks; so does a question about a time
    # that was agreed.
    is_asking = has_question and (has_length or kind is Kind.MEETING_REQUEST)
    if not is_asking and not shape.has_ask(draft):
        yield "has_no_ask", end, end
    if not has_length:
        yield "has_no_duration", end, end
    if not has_question:
        yield "has_no_closing_question", end, end
    if draft.word_count > shape.word_limit(kind):
        yield "is_long", end, end
    for start, stop in shape.large_asks(draft):
        yield "asks_much", start, stop
    further = shape.further_asks(draft)
    if len(further) > (0 if kind in ASKING else 1):
        for start, stop in further:
            yield "asks_for_several_things", start, stop
    marks = shape.exclamations(draft)
    if len(marks) > 5:
        yield "shouts", marks[5], marks[5] + 1
