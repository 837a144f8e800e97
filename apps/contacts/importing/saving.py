"""Carrying out a plan in few statements, and writing down what it did to whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from django.db import connection
from django.db.models import Field

from apps.common.bulk import insert_rows, new_ids, update_rows
from apps.common.snapshots import snapshot
from apps.contacts.files.person import FileKind, ParsedPerson
from apps.contacts.importing.details import FIELDS, data_source, details_of
from apps.contacts.importing.plan import Plan, Update
from apps.contacts.importing.progress import Report
from apps.contacts.models import Contact, ContactChange, ImportBatch, NotDuplicate, Source

_STORED = [
    field
    for field in cast("tuple[Field[Any, Any], ...]", Contact._meta.concrete_fields)
    if not field.generated and field.name != "created_at"
]
COMPUTED = [field.name for field in Contact._meta.concrete_fields if field.generated]
_UPDATED = ("id", *FIELDS, "data_source", "updated_at")

_RECORD_ADDED = """
INSERT INTO contacts_contactchange (batch_id, contact_key, after)
SELECT %s, id, to_jsonb(contact) - %s::text[] FROM contacts_contact contact WHERE id = ANY(%s)
"""


def save(plan: Plan, *, batch: ImportBatch, now: datetime, report: Report) -> None:
    """Carry out a plan that was made for saving, in its transaction."""
    keys = _add(plan.new, batch, now, report)
    _tell_apart(plan, keys, batch)
    _update(plan.updates, batch, now)


def write_back(contacts: Iterable[Contact]) -> None:
    """Write what an import can change about contacts, in one statement."""
    rows = [[getattr(contact, name) for name in _UPDATED] for contact in contacts]
    update_rows(Contact, _UPDATED, rows)


def _add(
    people: Sequence[ParsedPerson], batch: ImportBatch, now: datetime, report: Report
) -> dict[int, int]:
    """Put these people on the list, and return their keys by row."""
    keys = new_ids(Contact, len(people))
    names = [field.name for field in _STORED]
    # Before the COPY begins, for while it runs the connection answers nothing else.
    of_all = _of_all(batch, now)
    insert_rows(Contact, names, _rows(people, keys, of_all, report))
    with connection.cursor() as cursor:
        cursor.execute(_RECORD_ADDED, [batch.pk, COMPUTED, keys])
    return {person.row: key for person, key in zip(people, keys, strict=True)}


def _of_all(batch: ImportBatch, now: datetime) -> dict[str, Any]:
    """Return what is the same for all whom an import adds; the order is that of the columns."""
    kind = FileKind(batch.kind)
    today = batch.student.today(now)
    return {
        **{field.name: field.get_default() for field in _STORED},
        "student": batch.student_id,
        "listed_on": today,
        "source": Source.LINKEDIN if kind == FileKind.LINKEDIN else "",
        "data_source": data_source(kind, batch.file_name, today),
        "updated_at": now,
    }


def _rows(
    people: Sequence[ParsedPerson], keys: Sequence[int], of_all: dict[str, Any], report: Report
) -> Iterator[list[Any]]:
    row = dict(of_all)
    for done, (key, person) in enumerate(zip(keys, people, strict=True), 1):
        row |= {"id": key, **details_of(person)}
        # An empty list in the words of COPY: psycopg needs much longer to write it.
        yield ["{}" if value == [] else value for value in row.values()]
        report(done, len(people))


def _tell_apart(plan: Plan, keys: Mapping[int, int], batch: ImportBatch) -> None:
    """Write down whom the student told apart, so that nobody asks again afterwards."""
    NotDuplicate.objects.bulk_create(
        NotDuplicate(student=batch.student, first_id=one.contact, second_id=keys[one.row])
        for one in plan.duplicates
        if one.is_told_apart and one.row in keys
    )


def _update(updates: Sequence[Update], batch: ImportBatch, now: datetime) -> None:
    kind = FileKind(batch.kind)
    today = batch.student.today(now)
    contacts = Contact.objects.in_bulk([update.contact for update in updates])
    history = []
    for update in updates:
        contact = contacts[update.contact]
        said = data_source(kind, batch.file_name, today, before=contact.data_source)
        changes = {**update.changes, "data_source": said, "updated_at": now.astimezone(UTC)}
        before = snapshot(contact, changes)
        for name, value in changes.items():
            setattr(contact, name, value)
        after = snapshot(contact, changes)
        history.append(
            ContactChange(batch=batch, contact_key=contact.pk, before=before, after=after)
        )
    write_back(contacts.values())
    ContactChange.objects.bulk_create(history, batch_size=1000)
