"""What importing a file would do. Made by reading only; `saving` carries it out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from apps.common.localtime import start_of_day
from apps.contacts.files.person import ContactFile, ParsedPerson, SkippedRow
from apps.contacts.importing.details import Details, details_of
from apps.contacts.importing.known import EarlierImports, KnownPeople
from apps.contacts.importing.matching import Choices, Known, PossibleDuplicate, match
from apps.contacts.importing.progress import Report, silent
from apps.contacts.importing.updating import added, differing, replaced
from apps.students.models import Student

LINKEDIN_BEGAN = date(2003, 5, 5)  # no file says that it is older


@dataclass(frozen=True, slots=True)
class Update:
    row: int
    contact: int
    name: str  # as the contact has it
    changes: Details


@dataclass(frozen=True)
class Plan:
    """Each row of the file is in exactly one of new, updates, unchanged, skipped, left out.

    `differing` counts the people of whom the list says something else, and keeps saying it.
    """

    new: list[ParsedPerson]
    updates: list[Update]
    unchanged: int
    skipped: list[SkippedRow]
    duplicates: list[PossibleDuplicate]
    left_out: int
    differing: int
    is_newer: bool

    @property
    def does_something(self) -> bool:
        return bool(self.new or self.updates)

    def counts(self) -> dict[str, int]:
        return {
            "created": len(self.new),
            "updated": len(self.updates),
            "unchanged": self.unchanged,
            "duplicates": len(self.duplicates),
            "skipped": len(self.skipped),
        }


def as_of(file: ContactFile, student: Student, now: datetime) -> datetime:
    """Return as of when the file speaks; one that does not say so speaks as of `now`."""
    if file.dated_on is None:
        return now
    day = min(max(file.dated_on, LINKEDIN_BEGAN), student.today(now))
    return start_of_day(day, student.zone)


def make_plan(
    *,
    student: Student,
    file: ContactFile,
    dated_at: datetime,
    choices: Choices | None = None,
    is_for_saving: bool = False,
    report: Report = silent,
) -> Plan:
    """Compare the file with the student's list.

    A plan that is for saving keeps those whom it changes from being changed by others, so it
    needs a transaction.
    """
    choices = choices or Choices()
    people = KnownPeople(student)
    earlier = EarlierImports(student)
    matches = match(file, people.faces, earlier, choices, report)
    latest = earlier.latest(file.kind)
    comparing = _Comparing(file, earlier, is_newer=latest is None or dated_at > latest)
    changes = comparing.changes(matches.known, people.people)
    number_differing = comparing.differing
    if is_for_saving:
        locked = people.locked(one.contact for one in matches.known if one.row in changes)
        changes = comparing.changes([m for m in matches.known if m.contact in locked], locked)
    updates = [
        Update(one.row, one.contact, people.people[one.contact]["name"], changes[one.row])
        for one in matches.known
        if one.row in changes
    ]
    plan = Plan(
        new=matches.new,
        updates=updates,
        unchanged=len(matches.known) - len(updates),
        skipped=sorted([*file.skipped, *matches.skipped], key=lambda skipped: skipped.row),
        duplicates=matches.duplicates,
        left_out=0,
        differing=number_differing,
        is_newer=comparing.is_newer,
    )
    return _leave_out(plan, choices.left_out) if choices.left_out else plan


def _leave_out(plan: Plan, rows: Collection[int]) -> Plan:
    new = [person for person in plan.new if person.row not in rows]
    updates = [update for update in plan.updates if update.row not in rows]
    duplicates = [one for one in plan.duplicates if one.row not in rows]
    left_out = len(plan.new) - len(new) + len(plan.updates) - len(updates)
    return replace(plan, new=new, updates=updates, duplicates=duplicates, left_out=left_out)


class _Comparing:
    def __init__(self, file: ContactFile, earlier: EarlierImports, *, is_newer: bool) -> None:
        self.is_newer = is_newer
        self.differing = 0
        self._kind = file.kind
        self._earlier = earlier

    def changes(
        self, matched: Iterable[Known], contacts: Mapping[int, Details]
    ) -> dict[int, Details]:
        """Return by row what it changes about its contact, if anything."""
        changes: dict[int, Details] = {}
        unsettled = []
        for one in matched:
            contact, details = contacts[one.contact], details_of(one.person)
            if news := added(contact, details):
                changes[one.row] = news
            if units := differing(contact, details):
                unsettled.append((one, details, units))
        left: dict[int, Details] = {}
        if self.is_newer:
            left = self._earlier.left_in((one.contact for one, *_ in unsettled), self._kind)
        self.differing = 0
        for one, details, units in unsettled:
            contact, news = contacts[one.contact], {}
            for unit in units:
                news |= replaced(contact, details, unit, left.get(one.contact, {}))
            if news:
                changes.setdefault(one.row, {}).update(news)
            else:
                self.differing += 1
        return changes
