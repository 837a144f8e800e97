"""What stood behind a release, row by row: frozen and live can be set against each other."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import Any

from apps.metrics.facts import TermFacts

Counted = dict[str, dict[str, str]]
"""By kind of row, the digest of each row that was counted, by its key."""


def counted_rows(facts: TermFacts) -> Counted:
    """Return the rows of a report with a digest of what the figures took from each."""
    return {
        "students": _digests((student.id, student) for student in facts.students),
        "contacts": _digests((contact.id, contact) for contact in facts.contacts),
        "meetings": _digests((meeting.id, meeting) for meeting in facts.meetings),
        "offers": _digests((offer.id, offer) for offer in facts.offers),
    }


def fingerprint(counted: Counted) -> str:
    """Return the SHA-256 over all rows: the same rows saying the same give the same."""
    lines = (
        f"{kind} {key} {digest}\n"
        for kind in sorted(counted)
        for key, digest in sorted(counted[kind].items())
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@dataclass(frozen=True)
class RowChange:
    """A row that is counted otherwise now than in the release."""

    kind: str
    key: int
    change: str


ADDED, CHANGED, GONE = "counted now", "changed", "no longer counted"


def changes(frozen: Counted, live: Counted) -> list[RowChange]:
    """Return the rows in which the live data differ from the release, and no others."""
    found = []
    for kind in frozen:
        before, now = frozen[kind], live[kind]
        for key in sorted(before.keys() | now.keys(), key=int):
            if before.get(key) != now.get(key):
                found.append(RowChange(kind, int(key), _what_changed(key, before, now)))
    return found


def _what_changed(key: str, before: Mapping[str, str], now: Mapping[str, str]) -> str:
    if key not in before:
        return ADDED
    return CHANGED if key in now else GONE


def _digests(rows: Iterable[tuple[int, Any]]) -> dict[str, str]:
    """Return a digest for each row by its key as JSON keeps keys, as text."""
    return {
        str(key): hashlib.sha256(repr(astuple(row)).encode()).hexdigest()[:16] for key, row in rows
    }
