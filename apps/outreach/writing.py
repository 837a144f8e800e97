"""How a template becomes a note: fields are filled in, blanks found, parts joined to one text."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from apps.outreach.models import Slot

FIELDS = {
    "first_name": "their first name",
    "organization": "their organization",
    "introducer": "who introduced you",
    "last_talk": "the day of your last talk",
    "minutes": "how many minutes",
    "my_name": "your name",
}
"""What a template may leave to be filled in, and what it says where that is not known."""

_FIELD = re.compile(r"\{(\w+)\}")
_FIELD_OR_BLANK = re.compile(r"\[[^\[\]]*\]|\{\w+\}(?P<stop>\.?)")
_BLANK = re.compile(r"\[[^\[\]\n]*\]|\{[^{}\n]*\}|[\[\]{}]")
_BRACKETS = str.maketrans("[]{}", "____")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values into a template's text, once: what a value looks like is never filled again.

    What is not known becomes a blank in [square brackets]; a name that is no field stays.
    """

    def filled(found: re.Match[str]) -> str:
        if found[0].startswith("["):
            return _FIELD.sub(lambda field: values.get(field[1]) or FIELDS[field[1]], found[0])
        name = found[0].strip("{}.")
        if name not in FIELDS:
            return found[0]
        value = values.get(name)
        if not value:
            return f"[{FIELDS[name]}]{found['stop']}"
        return value if value.endswith(".") else value + found["stop"]  # "Sons Inc." ends once

    return _FIELD_OR_BLANK.sub(filled, text)


def unknown_fields(text: str) -> list[str]:
    """Return what stands in {curly brackets} and is no field, for whoever writes a template."""
    return [name for name in re.findall(r"\{([^{}]*)\}", text) if name not in FIELDS]


def open_blanks(text: str, *, known: Collection[str] = ()) -> list[tuple[int, int]]:
    """Return the places of what still waits to be filled in: anything in square or curly brackets.

    A bracket that has lost its other half counts as well. `known` are names that may hold some.
    """
    for name in known:
        text = text.replace(name, name.translate(_BRACKETS))
    return [found.span() for found in _BLANK.finditer(text)]


@dataclass(frozen=True)
class Joined:
    """A note as one text, with the place in it of every part that is not empty."""

    text: str
    places: dict[str, tuple[int, int]]

    def part_at(self, place: int) -> str:
        """Return the key of the part at a place in the text, of the one before if between two."""
        before = [key for key, (start, _) in self.places.items() if start <= place]
        return before[-1] if before else next(iter(self.places), "")


def join(slots: Sequence[Slot], parts: Mapping[str, str]) -> Joined:
    """Join the parts of a note in the order of its slots, empty ones left out."""
    text, places = "", {}
    for slot in slots:
        part = tidied(parts.get(slot["key"], ""))
        if part:
            text += (" " if slot["joins"] else "\n\n") if text else ""
            places[slot["key"]] = (len(text), len(text) + len(part))
            text += part
    return Joined(text, places)


def tidied(text: str) -> str:
    """Return the text with plain line ends, without space around it or at the ends of lines."""
    return re.sub(r"[ \t]+$", "", re.sub(r"\r\n?", "\n", text), flags=re.MULTILINE).strip()


def with_one_more(text: str, sentence: str) -> str:
    """Put a sentence in the place of the first blank, or at the end if there is none."""
    sentence = sentence if sentence[-1:] in ".!?" else f"{sentence}."
    blank = re.search(r"\[[^\[\]\n]*\]\.?", text)
    if blank:
        return text[: blank.start()] + sentence + text[blank.end() :]
    return f"{text} {sentence}".strip()
