"""The six tables of a semester workbook: their columns, and what each cell may hold.

A row is named as people name it: `number` is its row in the spreadsheet. A cell that could not be
read is None, whatever its type says; the parser remembers which ones (`ParsedTable.bad_cells`).
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, NamedTuple, get_type_hints

from apps.contacts.models import Closeness, Seniority, Source
from apps.exchange.workbook import cells
from apps.exchange.workbook.cells import Cell, optional
from apps.meetings.models import Mode
from apps.meetings.models import Status as MeetingStatus
from apps.outcomes.models import Kind
from apps.outcomes.models import Status as OfferStatus
from apps.outreach.models import Channel, Reply

Id = Annotated[str, cells.identifier(64)]
OptionalId = Annotated[str | None, optional(cells.identifier(64))]
Day = Annotated[date, cells.day()]
OptionalDay = Annotated[date | None, optional(cells.day())]
Moment = Annotated[datetime, cells.moment()]
OptionalMoment = Annotated[datetime | None, optional(cells.moment())]
Truth = Annotated[bool, optional(cells.truth())]
OptionalText200 = Annotated[str, optional(cells.text(200))]
OptionalText100 = Annotated[str, optional(cells.text(100))]


class TermRow(NamedTuple):
    number: int
    term: Annotated[str, cells.code(32)]
    name: Annotated[str, cells.text(100)]
    starts_on: Day
    census_on: Day
    ends_on: Day
    closes_on: Day


class StudentRow(NamedTuple):
    number: int
    student_id: Id
    email: Annotated[str, optional(cells.login())]
    given_name: OptionalText100
    family_name: OptionalText100
    cohort: Annotated[str, cells.text(100)]
    program: OptionalText100
    class_year: Annotated[str, optional(cells.text(20))]
    counselor_email: Annotated[tuple[str, ...], optional(cells.logins())]
    enrolled_on: Day
    withdrawn_on: OptionalDay
    no_offer_confirmed_on: OptionalDay


class ContactRow(NamedTuple):
    number: int
    student_id: Id
    contact_id: Id
    listed_on: Day
    name: Annotated[str, cells.text(200)]
    organization: OptionalText200
    job_title: OptionalText200
    email: Annotated[str, optional(cells.address())]
    source: Annotated[str, optional(cells.choice(Source))]
    closeness: Annotated[str, optional(cells.choice(Closeness))]
    seniority: Annotated[str, optional(cells.choice(Seniority))]
    introduced_by: OptionalId


class OutreachRow(NamedTuple):
    number: int
    student_id: Id
    contact_id: Id
    sent_at: Moment
    channel: Annotated[str, cells.choice(Channel)]
    replied_at: OptionalMoment
    reply: Annotated[str, optional(cells.choice(Reply))]


class MeetingRow(NamedTuple):
    number: int
    student_id: Id
    contact_id: Id
    meeting_id: Id
    starts_at: Moment
    minutes: Annotated[int, cells.minutes(1, 480)]
    # A proposal has no time yet, and nothing that a term is counted from.
    status: Annotated[str, cells.choice(MeetingStatus, but=[MeetingStatus.PROPOSED])]
    mode: Annotated[str, cells.choice(Mode)]
    practice: Truth
    ready: Truth
    referral_asked: Truth
    thank_you_sent_at: OptionalMoment


class OfferRow(NamedTuple):
    number: int
    student_id: Id
    offer_id: Id
    kind: Annotated[str, cells.choice(Kind)]
    organization: OptionalText200
    received_on: Day
    status: Annotated[str, cells.choice(OfferStatus)]
    accepted_on: OptionalDay
    contact_id: OptionalId


@dataclass(frozen=True)
class Table:
    """One table. `key` are the columns that tell its rows apart."""

    name: str
    row_type: Any
    key: tuple[str, ...]
    may_have_no_rows: bool = False

    @cached_property
    def columns(self) -> dict[str, Cell]:
        hints = get_type_hints(self.row_type, include_extras=True)
        return {name: hints[name].__metadata__[0] for name in self.row_type._fields[1:]}


TABLES = {
    table.name: table
    for table in [
        Table("term", TermRow, key=("term",)),
        Table("students", StudentRow, key=("student_id", "cohort")),
        Table("contacts", ContactRow, key=("student_id", "contact_id")),
        Table("outreach", OutreachRow, key=("student_id", "contact_id", "sent_at", "channel")),
        Table("meetings", MeetingRow, key=("meeting_id",)),
        # A semester without a single offer is an honest result.
        Table("offers", OfferRow, key=("offer_id",), may_have_no_rows=True),
    ]
}
