"""Text of a resource as people type it, in blocks that a template draws and escapes.

An empty line ends a paragraph; lines that begin with "- " or "1. " make a list, and a line that
begins with "# " is a heading. Nothing else has a meaning.
"""

import re
from dataclasses import dataclass, field

_ITEM = re.compile(r"(?:(?P<bullet>[-*])|(?P<number>\d{1,2}[.)]))\s+(?P<words>.*)")


@dataclass
class Block:
    """`kind` is p, h, ul or ol; a paragraph and a heading have one line, a list one an item."""

    kind: str
    lines: list[str] = field(default_factory=list)


def blocks(text: str) -> list[Block]:
    """Return the text's paragraphs, headings and lists in order."""
    found: list[Block] = []
    is_open = False
    for line in (raw.strip() for raw in text.splitlines()):
        if not line:
            is_open = False
            continue
        kind, words = _read(line)
        before = found[-1] if found and is_open else None
        if kind == "p" and before and before.kind != "h":
            before.lines[-1] += f" {words}"  # the paragraph, or the item, goes on
        elif kind in ("ul", "ol") and before and before.kind == kind:
            before.lines.append(words)
        else:
            found.append(Block(kind, [words]))
        is_open = True
    return found


def _read(line: str) -> tuple[str, str]:
    if line.startswith("# "):
        return "h", line[2:].strip()
    if item := _ITEM.fullmatch(line):
        return ("ul" if item["bullet"] else "ol"), item["words"]
    return "p", line
