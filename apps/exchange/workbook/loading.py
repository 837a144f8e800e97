"""The way through the package: from a path or an upload to typed rows that fit together."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from apps.common.refusals import Refusal
from apps.exchange.progress import Progress
from apps.exchange.workbook.checking import check
from apps.exchange.workbook.parsing import RowLimit, parse_table
from apps.exchange.workbook.problems import Problems
from apps.exchange.workbook.reading import Upload, open_tables
from apps.exchange.workbook.tables import TABLES

STEPS = len(TABLES) + 1


@dataclass(frozen=True)
class Limits:
    rows: int
    bytes: int


def load_workbook(
    source: Path | Upload, *, limits: Limits, now: datetime, problems: Problems, progress: Progress
) -> dict[str, list[Any]]:
    """Return the rows of the six tables. They may be used only if `problems` stays empty."""
    parsed = {}
    limit = RowLimit(limits.rows, progress.rows)
    try:
        raw = open_tables(source, max_bytes=limits.bytes, problems=problems)
        for name, table in TABLES.items():
            progress.step(f"Reading {name}")
            if name in raw:
                parsed[name] = parse_table(table, raw[name], limit, problems)
    except Refusal as refusal:
        problems.add(refusal.problem)
    progress.step("Checking how the rows fit together")
    check(parsed, now=now, problems=problems)
    return {name: table.rows for name, table in parsed.items()}
