"""The chaos run, short: every trouble once, and all promises kept."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.chaos.account import Entry, OutgoingRow, balance

ROOT = Path(__file__).resolve().parents[2]
SHORT = "--due 150 --kills 6 --broker-kills 1 --database-crashes 1 --outages 3 --minutes 4"
ANA, BEN = "ana@college.example", "ben@college.example"


@pytest.mark.delivery
def test_keeps_every_promise_while_everything_breaks_once(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.chaos", *SHORT.split(), "--logs", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    account = json.loads(ended.stdout)
    assert (account["due"], account["delivered"], account["lost"]) == (150, 150, 0)
    assert account["duplicates"] == account["duplicates_same_message_id"]
    assert account["kills"] >= 6


def entry(address: str = ANA, message_id: str = "<1>", digest: str = "ab") -> Entry:
    return Entry(address, message_id, digest)


def row(address: str = ANA, state: str = "sent", ambiguous: int = 0) -> OutgoingRow:
    return OutgoingRow(address, "<1>" if address == ANA else "<2>", state, ambiguous)


def test_counts_what_came_and_what_came_twice() -> None:
    ledger = [entry(), entry(), entry(BEN, "<2>")]
    account = balance({ANA, BEN}, ledger, [row(ambiguous=1), row(BEN)], kills=3)
    assert account.problems == []
    assert account.figures == {
        "due": 2,
        "delivered": 2,
        "lost": 0,
        "duplicates": 1,
        "duplicates_same_message_id": 1,
        "kills": 3,
    }


@pytest.mark.parametrize(
    ("ledger", "rows", "problem"),
    [
        ([], [row()], "never arrived"),
        ([], [row(state="expired")], "ended as expired"),
        ([entry(), entry()], [row()], "a second copy that its row does not announce"),
        ([entry()] * 3, [row(state="unknown", ambiguous=2)], "3 copies"),
        ([entry(), entry(digest="cd")], [row(ambiguous=1)], "differs from the first"),
        ([entry(), entry(message_id="<7>")], [row(ambiguous=1)], "another Message-ID"),
        ([entry(), entry(BEN)], [row()], "who should not"),
        ([entry()], [row(), row()], "more than one row"),
        ([entry()], [], "no row"),
    ],
)
def test_names_each_promise_that_was_broken(
    ledger: list[Entry], rows: list[OutgoingRow], problem: str
) -> None:
    assert any(problem in said for said in balance({ANA}, ledger, rows, kills=0).problems)
