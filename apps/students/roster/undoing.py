"""Taking a class list back: exactly what it did, and nothing that came after."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection
from psycopg import sql

from apps.accounts.models import User
from apps.common.snapshots import snapshot, take_back, values_of
from apps.students.models import ChangedTable, Enrolment, RosterChange, RosterImport, Student

USED = "Invited or written about since, so they stay in the class."
EDITED = "Edited since, so this stays"
_POINTING = sql.SQL("SELECT DISTINCT {column} FROM {table} WHERE {column} = ANY(%s)")


@dataclass
class Undone:
    """What an undo did; `kept` names the students who are not as before, and why."""

    removed: int = 0
    restored: int = 0
    kept: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def keep(self, student: int, why: str) -> None:
        self.kept.append({"student": student, "why": why})


def undo(roster: RosterImport) -> Undone:
    """Take back what the import did. Needs a transaction."""
    undone = Undone()
    changes = list(RosterChange.objects.filter(roster_import=roster).order_by("-pk"))
    people, places = (
        _added(changes, one) for one in (ChangedTable.STUDENT, ChangedTable.ENROLMENT)
    )
    enrolments = Enrolment.objects.select_for_update().order_by("pk").in_bulk(places)
    edited = {row.student_id for pk, row in enrolments.items() if _is_edited(row, places[pk])}
    staying = _remove_people(people, edited, undone)
    _remove_places(enrolments.values(), edited | staying, undone)
    undone.kept += [{"student": pk, "why": f"{EDITED}."} for pk in sorted(edited - staying)]
    for table, model in (
        (ChangedTable.ENROLMENT, Enrolment),
        (ChangedTable.ACCOUNT, User),
        (ChangedTable.STUDENT, Student),
    ):
        _restore(model, [one for one in changes if one.table == table and one.before], undone)
    counselors = [one.key for one in changes if one.table == ChangedTable.COUNSELOR]
    roster.cohort.counselors.remove(*counselors)
    RosterChange.objects.filter(roster_import=roster).delete()
    return undone


def _added(changes: Iterable[RosterChange], table: ChangedTable) -> dict[int, dict[str, Any]]:
    return {one.key: one.after for one in changes if one.table == table and one.before is None}


def _is_edited(row: Student | Enrolment, after: dict[str, Any]) -> bool:
    return snapshot(row, after) != after


def _remove_people(
    added: dict[int, dict[str, Any]], edited: Collection[int], undone: Undone
) -> set[int]:
    """Remove the students whom the import made; return those who stay with their place."""
    students = Student.objects.select_for_update().order_by("pk").in_bulk(added)
    used = _used_among(students)
    staying = set()
    for pk, student in students.items():
        if pk in used or student.user_id is not None:
            undone.keep(pk, USED)
        elif pk in edited or _is_edited(student, added[pk]):
            undone.keep(pk, f"{EDITED}.")
        else:
            continue
        staying.add(pk)
    gone = students.keys() - staying
    Enrolment.objects.filter(student__in=gone).delete()  # theirs alone: another class is a use
    Student.objects.filter(pk__in=gone).delete()
    undone.removed = len(gone)
    return staying


def _used_among(students: Collection[int]) -> set[int]:
    """Return whom a row of any table points at, beside their place in one class."""
    used: set[int] = set()
    relations: list[Any] = Student._meta.get_fields(include_hidden=True)
    with connection.cursor() as cursor:
        for relation in relations:
            if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
                continue
            key = relation.field
            if key.model is not Enrolment:
                table, column = sql.Identifier(key.model._meta.db_table), sql.Identifier(key.column)
                cursor.execute(_POINTING.format(table=table, column=column), [list(students)])
                used.update(pk for (pk,) in cursor.fetchall())
        cursor.execute(
            "SELECT student_id FROM students_enrolment WHERE student_id = ANY(%s)"
            " GROUP BY student_id HAVING count(*) > 1",
            [list(students)],
        )
        used.update(pk for (pk,) in cursor.fetchall())
    return used


def _remove_places(added: Iterable[Enrolment], staying: Collection[int], undone: Undone) -> None:
    """Take people who were known before out of the class again."""
    places = [row.pk for row in added if row.student_id not in staying]
    # Those of the students who are gone went with them.
    removed, _ = Enrolment.objects.filter(pk__in=places).delete()
    undone.removed += removed


def _restore(model: Any, changes: Iterable[RosterChange], undone: Undone) -> None:
    rows = model.objects.select_for_update().order_by("pk").in_bulk({one.key for one in changes})
    for change in changes:
        row = rows.get(change.key)
        if row is None:
            continue
        before, after = change.before or {}, change.after
        values, edited = take_back(snapshot(row, before), before=before, after=after)
        if model is User and values and _is_taken(values["email"]):
            values, edited = {}, ["email"]
        if edited and (student := _student_of(row)):
            names = ", ".join(name.replace("_", " ") for name in edited)
            undone.keep(student, f"{EDITED}: {names}.")
        if values:
            for name, value in values_of(model, values).items():
                setattr(row, name, value)
            row.save(update_fields=list(values))
            undone.restored += 1


def _is_taken(address: str) -> bool:
    return User.objects.filter(email=address).exists()


def _student_of(row: Student | Enrolment | User) -> int | None:
    if isinstance(row, Student):
        return row.pk
    if isinstance(row, Enrolment):
        return row.student_id
    return Student.objects.filter(user=row).values_list("pk", flat=True).first()
