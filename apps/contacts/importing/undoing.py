"""Taking an import back: exactly what it did, and nothing that came after."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from psycopg import sql

from apps.common.snapshots import snapshot, take_back, values_of
from apps.contacts.importing.details import FIELDS
from apps.contacts.importing.saving import COMPUTED, write_back
from apps.contacts.models import Contact, ContactChange, ImportBatch, NotDuplicate

# A column that did not exist yet when the change was written down is no edit. The second look is
# dear, and for the few whose rows are not as they were.
_EDITED_SINCE = """
WITH differing AS MATERIALIZED (
    SELECT contact.id, change.after, to_jsonb(contact) AS fields
    FROM contacts_contactchange change
    JOIN contacts_contact contact ON contact.id = change.contact_key
    WHERE change.batch_id = %s AND change.before IS NULL
    AND to_jsonb(contact) - %s::text[] <> change.after
)
SELECT id FROM differing WHERE EXISTS (
    SELECT FROM jsonb_each(after) AS written WHERE fields -> key IS DISTINCT FROM value
)
"""
# Keys in an array, not a subquery: about fresh rows the planner knows nothing yet, and a wrong
# guess about thirty thousand of them takes hours.
_POINTING = sql.SQL("SELECT DISTINCT {column} FROM {table} WHERE {column} = ANY(%s)")
_TOLD_APART = "DELETE FROM contacts_notduplicate WHERE {} = ANY(%s)"


@dataclass
class Undone:
    """What an undo did, and what it left alone since it had been used or edited meanwhile."""

    removed: int = 0
    restored: int = 0  # wholly
    gone: int = 0  # merged into somebody else since
    used: list[int] = field(default_factory=list)  # added by the import, and needed since
    edited: list[int] = field(default_factory=list)  # added by the import, and edited since
    kept: dict[int, list[str]] = field(default_factory=dict)  # contact → fields that were edited


def undo(batch: ImportBatch, *, now: datetime) -> Undone:
    """Take back what the import did. Needs a transaction."""
    changes = ContactChange.objects.filter(batch=batch)
    keys = set(changes.values_list("contact_key", flat=True))
    there = _lock(keys)
    undone = Undone(gone=len(keys - there))
    _restore(changes.filter(before__isnull=False), undone, now)
    added = set(changes.filter(before__isnull=True).values_list("contact_key", flat=True))
    _remove(added & there, undone, batch)
    changes.delete()
    return undone


def _restore(changes: QuerySet[ContactChange], undone: Undone, now: datetime) -> None:
    contacts = Contact.objects.in_bulk(changes.values_list("contact_key", flat=True))
    restored = []
    for change in changes:
        contact = contacts.get(change.contact_key)
        if contact is None:
            continue
        before, after = change.before or {}, change.after or {}
        current = snapshot(contact, before)
        values, edited = take_back(current, before=before, after=after)
        if kept := sorted(set(edited).intersection(FIELDS)):
            undone.kept[contact.pk] = kept
        if values:
            for name, value in values_of(Contact, values).items():
                setattr(contact, name, value)
            if current["updated_at"] != after["updated_at"]:
                contact.updated_at = now
            restored.append(contact)
    write_back(restored)
    undone.restored = len({contact.pk for contact in restored} - undone.kept.keys())


def _remove(added: set[int], undone: Undone, batch: ImportBatch) -> None:
    used = _used_among(added)
    with connection.cursor() as cursor:
        cursor.execute(_EDITED_SINCE, [batch.pk, COMPUTED])
        edited = {pk for (pk,) in cursor.fetchall()}
        removed = list(added - used - edited)
        for column in ("first_id", "second_id"):
            cursor.execute(_TOLD_APART.format(column), [removed])
        cursor.execute("DELETE FROM contacts_contact WHERE id = ANY(%s)", [removed])
    undone.removed = len(removed)
    undone.used = sorted(used)
    undone.edited = sorted(edited - used)


def _lock(contacts: Iterable[int]) -> set[int]:
    """Return which of these are there. Until we are done, nothing can point at them anew either."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM contacts_contact WHERE id = ANY(%s) ORDER BY id FOR UPDATE",
            [list(contacts)],
        )
        return {pk for (pk,) in cursor.fetchall()}


def _used_among(contacts: set[int]) -> set[int]:
    """Return whom a row of any table points at. Which tables there are, the models know.

    That two contacts are not the same person is no use of them, and goes along.
    """
    used: set[int] = set()
    with connection.cursor() as cursor:
        for key in _keys_to_contacts():
            table, column = sql.Identifier(key.model._meta.db_table), sql.Identifier(key.column)
            cursor.execute(_POINTING.format(table=table, column=column), [list(contacts)])
            used.update(pk for (pk,) in cursor.fetchall())
    return used


def _keys_to_contacts() -> list[Any]:
    relations: list[Any] = Contact._meta.get_fields(include_hidden=True)
    return [
        relation.field
        for relation in relations
        if (relation.one_to_many or relation.one_to_one)
        and relation.auto_created
        and relation.related_model is not NotDuplicate
    ]
