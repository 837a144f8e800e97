"""Carrying out a plan, and writing down what it did to each row."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from psycopg.types.json import Jsonb

from apps.accounts.models import User
from apps.common.bulk import insert_rows, new_ids
from apps.common.snapshots import snapshot
from apps.students.models import ChangedTable, Enrolment, RosterChange, RosterImport, Student
from apps.students.roster.plan import Entry, Plan

BATCH = 1_000
OF_STUDENT = ("student_id", "given_name", "family_name", "email")
OF_ENROLMENT = ("student", "cohort", "program", "class_year", "enrolled_on", "withdrawn_on")


@dataclass(frozen=True)
class Decisions:
    """What was asked for by name: enrollments to end, enrollments to take up again, counselors."""

    withdraw: Collection[int] = ()
    bring_back: Collection[int] = ()
    counselors: Collection[int] = ()


class Saving:
    """Writes a plan in the caller's transaction. `since` is the first day of who comes in new."""

    def __init__(self, roster: RosterImport, *, since: date, today: date) -> None:
        self._roster = roster
        self._since = since
        self._today = today
        self._changes: list[RosterChange] = []

    def save(self, plan: Plan, decisions: Decisions) -> dict[str, int]:
        """Return what was done, in counts."""
        known = [entry for entry in (*plan.new, *plan.changed) if entry.match.student is not None]
        self._update_people(known)
        students = self._add_people(plan.new)
        self._add_enrolments(plan.new, students)
        self._update_enrolments(plan.changed)
        counts = {
            "new": len(plan.new),
            "changed": len(plan.changed),
            "unchanged": plan.unchanged,
            "withdrawn": self._withdraw({one.key for one in plan.leaving} & {*decisions.withdraw}),
            "returned": self._bring_back(
                {one.key for one in plan.returning} & {*decisions.bring_back}
            ),
            "counselors": self._add_counselors(
                {one.key for one in plan.teachers} & {*decisions.counselors}
            ),
            "problems": len(plan.problems),
        }
        self._keep_changes()
        return counts

    def _keep_changes(self) -> None:
        rows = (
            [
                self._roster.pk,
                one.table,
                one.key,
                one.before and Jsonb(one.before),
                Jsonb(one.after),
            ]
            for one in self._changes
        )
        insert_rows(RosterChange, ["roster_import", "table", "key", "before", "after"], rows)

    def _note(self, table: ChangedTable, key: int, after: Any, before: Any = None) -> None:
        self._changes.append(
            RosterChange(
                roster_import=self._roster, table=table, key=key, before=before, after=after
            )
        )

    def _add_people(self, entries: Sequence[Entry]) -> dict[int, Student]:
        """Return the student of each row, whether made now or known before."""
        new = [entry for entry in entries if entry.match.student is None]
        made = {
            entry.match.person.row: Student(
                pk=pk,
                student_id=entry.match.new_id,
                given_name=entry.match.person.given_name,
                family_name=entry.match.person.family_name,
                email=entry.match.person.email,
            )
            for entry, pk in zip(new, new_ids(Student, len(new)), strict=True)
        }
        _insert(Student, OF_STUDENT, made.values())
        for student in made.values():
            self._note(ChangedTable.STUDENT, student.pk, snapshot(student, OF_STUDENT))
        known = {e.match.person.row: e.match.student for e in entries if e.match.student}
        return made | known

    def _update_people(self, entries: Iterable[Entry]) -> None:
        students, users = [], []
        for entry in entries:
            student = entry.match.student
            if student is None or not entry.of_person:
                continue
            before = snapshot(student, OF_STUDENT)
            for change in entry.of_person:
                setattr(student, change.field, change.after)
            students.append(student)
            after = snapshot(student, OF_STUDENT)
            self._note(ChangedTable.STUDENT, student.pk, after, before)
            if (user := student.user) and any(one.field == "email" for one in entry.of_person):
                users += self._move(user, student.email)
        Student.objects.bulk_update(students, OF_STUDENT, batch_size=BATCH)
        User.objects.bulk_update(users, ["email"], batch_size=BATCH)

    def _move(self, user: User, address: str) -> list[User]:
        if user.email == address:
            return []
        before = snapshot(user, ["email"])
        user.email = address
        self._note(ChangedTable.ACCOUNT, user.pk, snapshot(user, ["email"]), before)
        return [user]

    def _add_enrolments(self, entries: Sequence[Entry], students: dict[int, Student]) -> None:
        pks = new_ids(Enrolment, len(entries))
        enrolments = [
            Enrolment(
                pk=pk,
                student=students[entry.match.person.row],
                cohort_id=self._roster.cohort_id,
                program=entry.match.person.program,
                class_year=entry.match.person.class_year,
                enrolled_on=self._since,
            )
            for entry, pk in zip(entries, pks, strict=True)
        ]
        _insert(Enrolment, OF_ENROLMENT, enrolments)
        for one in enrolments:
            self._note(ChangedTable.ENROLMENT, one.pk, snapshot(one, OF_ENROLMENT))

    def _update_enrolments(self, entries: Iterable[Entry]) -> None:
        changed = []
        for entry in entries:
            if entry.enrolment is None or not entry.of_enrolment:
                continue
            values = {one.field: one.after for one in entry.of_enrolment}
            changed.append(self._set(entry.enrolment, **values))
        Enrolment.objects.bulk_update(changed, ["program", "class_year"], batch_size=BATCH)

    def _withdraw(self, keys: Collection[int]) -> int:
        # Whoever is put in for a later day and leaves before it leaves on that day.
        rows = [
            self._set(one, withdrawn_on=max(self._today, one.enrolled_on))
            for one in self._enrolments(keys)
        ]
        return Enrolment.objects.bulk_update(rows, ["withdrawn_on"]) if rows else 0

    def _bring_back(self, keys: Collection[int]) -> int:
        rows = [self._set(one, withdrawn_on=None) for one in self._enrolments(keys)]
        return Enrolment.objects.bulk_update(rows, ["withdrawn_on"]) if rows else 0

    def _enrolments(self, keys: Collection[int]) -> list[Enrolment]:
        rows = Enrolment.objects.filter(pk__in=keys, cohort=self._roster.cohort_id)
        return list(rows.order_by("pk"))

    def _set(self, row: Enrolment, **values: Any) -> Enrolment:
        before = snapshot(row, OF_ENROLMENT)
        for name, value in values.items():
            setattr(row, name, value)
        self._note(ChangedTable.ENROLMENT, row.pk, snapshot(row, OF_ENROLMENT), before)
        return row

    def _add_counselors(self, keys: Collection[int]) -> int:
        users: list[Model] = list(User.objects.filter(pk__in=keys).order_by("pk"))
        self._roster.cohort.counselors.add(*[user.pk for user in users])
        for user in users:
            self._note(ChangedTable.COUNSELOR, user.pk, {"cohort": self._roster.cohort_id})
        return len(users)


def _insert(model: type[Model], fields: Sequence[str], rows: Iterable[Model]) -> None:
    attributes = [model._meta.get_field(name).attname for name in fields]  # type: ignore[union-attr]
    values = ([row.pk, *[getattr(row, one) for one in attributes]] for row in rows)
    insert_rows(model, ["id", *fields], values)
