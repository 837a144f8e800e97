"""What is wrong with somebody's file, in words a person can act on."""

import re
from dataclasses import asdict, dataclass
from typing import Any

VALUE_LENGTH = 100  # characters of a cell that are quoted
# Control characters, which nobody sees, and halves of characters, which no database takes.
UNSTORABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right.

    `row` counts as the spreadsheet shows it: the header is row 1, and a cell with line breaks
    does not add rows. `table`, `row` or `column` is None where the problem has none.
    """

    problem: str
    remedy: str
    table: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Refusal(Exception):
    """Reading cannot go on: a table, or the file, is not to be understood."""

    def __init__(self, problem: str, remedy: str, **place: Any) -> None:
        super().__init__(problem)
        self.problem = Problem(problem, remedy, **place)


class FileRefusal(Refusal):
    """The whole file is refused: there is no point in reading its other tables."""


def shown(text: str) -> str:
    """Return a cell as it is quoted: not too long, and with words for what cannot be stored."""
    text = UNSTORABLE.sub(lambda found: f"<U+{ord(found[0]):04X}>", text.strip())
    return text if len(text) <= VALUE_LENGTH else text[: VALUE_LENGTH - 1] + "…"
