"""How a note reads: the coach's findings and strengths, each tied to its words in the text."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import count, pairwise
from string import ascii_uppercase
from typing import Self

from apps.outreach.models import NoteKind
from apps.outreach.notes import Note
from apps.outreach.similar import Alike, is_like_its_template, most_alike
from apps.outreach.tone import Finding, Kind, Report, Strength, check
from apps.outreach.writing import Joined

KINDS = {
    **{NoteKind(kind.value): kind for kind in Kind},
    # Neither has to ask for anything.
    NoteKind.CONFIRMATION: Kind.KEEP_IN_TOUCH,
    NoteKind.LANDED: Kind.KEEP_IN_TOUCH,
}
"""As what kind of note the coach judges each of ours."""

ABOUT_AS_LONG = {NoteKind.FOLLOW_UP: 100}
ABOUT_AS_LONG_OTHERWISE = 200

_SENTENCE_END = re.compile(r"[.!?]+[\"'”’)]*(?=\s|$)\s*|\n+")
_WORD = re.compile(r"\w+(?:['’.@–-]\w+)*")
_HAS_NO_SENTENCE = {"is_empty", "is_long"}


@dataclass(frozen=True)
class Piece:
    """A stretch of the text in one look: plain, `good`, `fix` or `blank`, and what it refers to."""

    text: str
    look: str
    refers_to: list[tuple[str, str]]
    """Look and label of each remark whose words end here."""


@dataclass(frozen=True)
class Advice:
    """A finding with its label. `sentence` is what the advice would replace in the part `part`.

    The sentence is empty where something is missing. Without a part there is nothing to replace.
    """

    label: str
    finding: Finding
    part: str
    sentence: str


@dataclass(frozen=True)
class ReadBack:
    """`blanks` is the number of places that wait to be filled in."""

    report: Report
    pieces: list[Piece]
    advice: list[Advice]
    strengths: list[tuple[str, Strength]]
    blanks: int
    words: int
    questions: int
    about_as_long: int

    @classmethod
    def of(cls, note: Joined, kind: NoteKind, *, blanks: Collection[tuple[int, int]] = ()) -> Self:
        report = check(note.text, KINDS[kind])
        advice = [
            _advice(label, finding, note)
            for label, finding in zip(_letters(), report.findings, strict=False)
        ]
        strengths = list(_numbered(report.strengths))
        marks = [
            *((one.finding.start, one.finding.end, "fix", one.label) for one in advice),
            *((one.start, one.end, "good", number) for number, one in strengths if number),
            *((start, end, "blank", "") for start, end in blanks),
        ]
        return cls(
            report,
            list(_pieces(note.text, marks)),
            advice,
            strengths,
            len(blanks),
            len(_WORD.findall(note.text)),
            note.text.count("?"),
            ABOUT_AS_LONG.get(kind, ABOUT_AS_LONG_OTHERWISE),
        )


def how_it_reads(note: Note) -> dict[str, Note | ReadBack | Alike | bool | None]:
    """Return what the read-back of a note shows, by the names that its template knows."""
    return {
        "note": note,
        "read": ReadBack.of(note.joined, note.kind, blanks=note.blanks),
        "alike": most_alike(note),
        "is_like_its_template": is_like_its_template(note),
    }


def _numbered(strengths: Iterable[Strength]) -> Iterable[tuple[str, Strength]]:
    """Give a number to each strength that some words show; "" to what the whole note does."""
    numbers = count(1)
    for strength in strengths:
        yield (str(next(numbers)) if strength.text else ""), strength


def _letters() -> Iterable[str]:
    """Yield A to Z, then AA, AB and so on."""
    for first in ("", *ascii_uppercase):
        for second in ascii_uppercase:
            yield first + second


def _advice(label: str, finding: Finding, note: Joined) -> Advice:
    part = note.part_at(finding.start)
    if not part or finding.rule in _HAS_NO_SENTENCE:
        return Advice(label, finding, "", "")
    start, end = note.places[part]
    sentence = "" if finding.start == finding.end else _sentence(note.text, finding, start, end)
    return Advice(label, finding, part, sentence)


def _sentence(text: str, finding: Finding, start: int, end: int) -> str:
    """Return the sentence that a finding is in, within the part from `start` to `end`."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text, start, end)]
    first = max((place for place in ends if place <= finding.start), default=start)
    last = min((place for place in ends if place >= min(finding.end, end)), default=end)
    return text[first:last].strip()


def _pieces(text: str, marks: list[tuple[int, int, str, str]]) -> Iterable[Piece]:
    """Cut the text where a mark begins or ends. Where several lie, a fix is what one sees."""
    cuts = sorted({0, len(text), *(place for start, end, *_ in marks for place in (start, end))})
    for start, end in pairwise(cuts):
        looks = {look for first, last, look, _ in marks if first <= start and end <= last}
        look = next((look for look in ("fix", "blank", "good") if look in looks), "")
        ending = [
            (mark, label)
            for _, last, mark, label in marks
            if label and (last == end or last == start == 0)
        ]
        yield Piece(text[start:end], look, ending)
    if not text:
        yield Piece("", "", [(look, label) for *_, look, label in marks if label])
