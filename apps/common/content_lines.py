"""The lines that vCard and iCalendar files are made of: escaped, folded, ended by CRLF."""

import re
from collections.abc import Iterable

LINE_OCTETS = 75

_TO_ESCAPE = re.compile(r"[\\,;\n]")
_UNIT = re.compile(r"\\.|.", re.DOTALL)  # some programs read a pair that a fold has parted wrongly


def escape(text: str) -> str:
    """Escape one text value, or one part of a structured one."""
    return _TO_ESCAPE.sub(lambda found: "\\n" if found[0] == "\n" else f"\\{found[0]}", text)


def write_lines(properties: Iterable[tuple[str, str]]) -> str:
    """Return lines of at most 75 octets; a fold parts neither a character nor an escaped pair.

    A property is its name (with parameters, if any) and its value, already escaped.
    """
    return "".join(_fold(f"{name}:{value}") for name, value in properties)


def _fold(line: str) -> str:
    if len(line) <= LINE_OCTETS and line.isascii():
        return f"{line}\r\n"
    folded: list[str] = []
    octets = 0
    for unit in _UNIT.findall(line):
        size = len(unit.encode())
        if octets + size > LINE_OCTETS:
            folded.append("\r\n ")
            octets = 1
        folded.append(unit)
        octets += size
    return f"{''.join(folded)}\r\n"
