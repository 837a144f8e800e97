"""A workbook under construction: rows of text, as a person would type them."""

import csv
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from apps.common.localtime import local_moment
from apps.exchange.demo.calendar import TermDates
from apps.exchange.workbook.reading import Upload
from apps.exchange.workbook.tables import TABLES

Row = dict[str, Any]


@dataclass
class Book:
    """The tables of one term, told up to `now`: what lies later has not happened yet."""

    term: TermDates
    now: datetime
    zone: ZoneInfo
    random: Random
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})

    def add(self, table: str, **cells: Any) -> Row:
        self.rows[table].append(cells)
        return cells

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Return the moment at which clocks of the institution show this time."""
        return local_moment(day, time(hour, minute), self.zone).astimezone(self.zone)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def last_day(self) -> date:
        """The last day on which students of the term have done anything so far."""
        return min(self.term.ends_on, self.today)

    def days_after(self, day: date, first: int, last: int) -> date:
        """Return a day `first` to `last` days after `day`, or the Monday after that weekend."""
        later = day + timedelta(days=self.random.randint(first, last))
        return later + timedelta(days=7 - later.weekday() if later.weekday() > 4 else 0)

    def has_come(self, moment: datetime) -> bool:
        return moment <= self.now

    def to_upload(self) -> Upload:
        content = BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, table in TABLES.items():
                text = StringIO()
                writer = csv.DictWriter(text, list(table.columns), restval="")
                writer.writeheader()
                writer.writerows(
                    {column: _text(cell) for column, cell in row.items()} for row in self.rows[name]
                )
                archive.writestr(f"{name}.csv", text.getvalue())
        return Upload(f"{self.term.code}.zip", content.getvalue())


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
