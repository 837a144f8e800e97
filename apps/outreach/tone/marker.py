"""How one thing is said in many ways."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from apps.outreach.tone.slots import pattern

_ASK = "<ask>"
# After these, or at the start of a clause, a verb asks for something: "could you", "please".
_ASKS_NEXT = pattern((r"(?:(?:[.!?\n,:;(–]|^) ?|\b<asking> )<adv>[\"'(]?$",))
_FAR_ENOUGH = 80


@dataclass(frozen=True, slots=True)
class Marker:
    """Wordings of one rule. Only sentences that hold one of the key words are looked at."""

    rule: str
    keys: frozenset[str]
    always: re.Pattern[str] | None
    when_asked: re.Pattern[str] | None
    """Wordings that count only where something is asked for, not in "she put me in touch"."""
    about: frozenset[str]
    """The draft must hold one of these words somewhere; empty asks for none."""

    def find(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        if self.always:
            yield from self.always.finditer(text, start, end)
        if self.when_asked:
            for found in self.when_asked.finditer(text, start, end):
                if _ASKS_NEXT.search(text[max(0, found.start() - _FAR_ENOUGH) : found.start()]):
                    yield found


def marker(rule: str, keys: str, *wordings: str, about: str = "") -> Marker:
    """`<ask>` at the start of a wording: it counts only where something is asked for."""
    always = [one for one in wordings if not one.startswith(_ASK)]
    asked = [r"\b" + one.removeprefix(_ASK) for one in wordings if one.startswith(_ASK)]
    return Marker(
        rule,
        frozenset(keys.split()),
        pattern(always) if always else None,
        pattern(asked) if asked else None,
        frozenset(about.split()),
    )
