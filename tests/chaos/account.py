"""What came of it: the ledger of the mail server held against the rows."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MOST_COPIES = 2


@dataclass(frozen=True)
class Entry:
    recipient: str
    message_id: str
    digest: str


@dataclass(frozen=True)
class OutgoingRow:
    to_address: str
    message_id: str
    state: str
    ambiguous_count: int


@dataclass
class Account:
    """`figures` are what the run is judged by, and `problems` what should not be, in words."""

    figures: dict[str, Any]
    problems: list[str] = field(default_factory=list)


def read_ledger(path: Path) -> list[Entry]:
    return [Entry(*line.split(" ")) for line in path.read_text().splitlines()]


def balance(due: set[str], ledger: list[Entry], rows: list[OutgoingRow], kills: int) -> Account:
    """Return what each of the `due` addresses, which are to get one mail each, has got."""
    got: dict[str, list[Entry]] = defaultdict(list)
    for entry in ledger:
        got[entry.recipient].append(entry)
    row_of: dict[str, OutgoingRow] = {row.to_address: row for row in rows}
    repeated = [address for address in got if len(got[address]) > 1]
    faithful = sum(entry == got[address][0] for address in repeated for entry in got[address][1:])
    figures = {
        "due": len(due),
        "delivered": len(due & set(got)),
        "lost": len(due - set(got)),
        "duplicates": sum(len(got[address]) - 1 for address in repeated),
        "duplicates_same_message_id": faithful,
        "kills": kills,
    }
    account = Account(figures)
    say = account.problems.append
    if figures["lost"]:
        say(f"{figures['lost']} never arrived, like {min(due - set(got))}")
    if faithful != figures["duplicates"]:
        say("a second copy differs from the first")
    if set(got) - due:
        say(f"somebody got a mail who should not: {min(set(got) - due)}")
    if len(row_of) != len(rows):
        say("somebody has more than one row")
    if due - set(row_of):
        say(f"there is no row for {min(due - set(row_of))}")
    for address in sorted(due & set(row_of)):
        for problem in _problems_with(row_of[address], got[address]):
            say(f"{address}: {problem}")
    return account


def _problems_with(row: OutgoingRow, copies: list[Entry]) -> list[str]:
    checks = {
        f"{len(copies)} copies": len(copies) > MOST_COPIES,
        "a second copy that its row does not announce": len(copies) > 1 + row.ambiguous_count,
        f"ended as {row.state}": row.state not in ("sent", "unknown"),
        "sent, and never arrived": row.state == "sent" and not copies,
        "another Message-ID than its row's": any(
            copy.message_id != row.message_id for copy in copies
        ),
    }
    return [words for words, is_so in checks.items() if is_so]
