"""Erasing a person who asked for it from every list, for good."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce

from apps.accounts.models import User
from apps.contacts.fingerprints import fingerprint, keys_of
from apps.contacts.models import BatchState, Contact, ContactChange, ImportBatch, Research, Wish
from apps.contacts.models.contact import WITHOUT_DETAILS
from apps.contacts.wishes import ERASURES

log = structlog.get_logger(__name__)

BLANK: dict[str, Any] = {**WITHOUT_DETAILS, "tags": [], "data_source": ""}
UNDECIDED = [BatchState.WAITING_CHECK, BatchState.CHECKED]


@transaction.atomic
def erase_person(
    *, keys: Collection[str], contacts: Collection[int] = (), by: User | None, now: datetime
) -> list[int]:
    """Blank whoever has one of these addresses or links on every list; return the rows' keys.

    `contacts` are rows of the person's that are blanked in any case, since none of the addresses
    need lead to them. `by` is None where people erase themselves.

    The rows stay, so that counts stay true, and so do digests of the keys, so that no file brings
    the person back. What imports and merges wrote down of them is blanked as well. Files that
    wait for a student's yes are let go, since anybody may stand in them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [ERASURES])
    for key in keys:
        Wish.objects.update_or_create(fingerprint=fingerprint(key), defaults={"erased_at": now})
    theirs = {*Contact.objects.known_as(keys).values_list("pk", flat=True), *contacts}
    people = list(Contact.objects.filter(pk__in=theirs).order_by("pk").select_for_update())
    rows = [person.pk for person in people]
    ImportBatch.objects.filter(state__in=UNDECIDED).finish(
        BatchState.DISCARDED, preview={}, choices={}
    )
    _scrub_file_names(people)
    _scrub_changes(rows, keys, now)
    Contact.objects.filter(pk__in=rows).update(
        **BLANK,
        erased_at=now,
        archived_at=Coalesce("archived_at", now),
        updated_at=now,
    )
    Research.objects.filter(contact__in=rows).delete()
    log.info("person erased", rows=len(rows), by=by and by.pk)
    return rows


def _scrub_file_names(contacts: Iterable[Contact]) -> None:
    """Rename what a card was brought in as, where the file was called after the person."""
    for contact in contacts:
        words = [word for word in contact.name.split() if len(word) > (2 if word.isascii() else 1)]
        if words:
            called = reduce(or_, (Q(file_name__icontains=word) for word in words))
            batches = ImportBatch.objects.filter(called, student=contact.student_id)
            batches.update(file_name="A file")


def _scrub_changes(rows: Collection[int], keys: Collection[str], now: datetime) -> None:
    """Blank what imports and merges wrote down, also of rows that are gone since."""
    changes = list(_changes_that_may_name(rows, keys).select_for_update(of=("self",)))
    for change in changes:
        is_theirs = change.contact_key in rows or (change.merge and change.merge.kept_id in rows)
        sides = [side for side in (change.before, change.after) if side is not None]
        if is_theirs or any(_keys_in(side) & set(keys) for side in sides):
            change.before = change.before and _blanked(change.before, now)
            change.after = change.after and _blanked(change.after, now)
    ContactChange.objects.bulk_update(changes, ["before", "after"])


def _changes_that_may_name(rows: Collection[int], keys: Collection[str]) -> QuerySet[ContactChange]:
    may = Q(contact_key__in=rows) | Q(merge__kept__in=rows)
    for key in keys:
        words = key.partition("?")[0]
        may |= Q(before_text__icontains=words) | Q(after_text__icontains=words)
    texts = {f"{side}_text": Cast(side, TextField()) for side in ("before", "after")}
    return ContactChange.objects.select_related("merge").alias(**texts).filter(may)


def _keys_in(fields: dict[str, Any]) -> set[str]:
    emails = [fields.get("email") or "", *(fields.get("more_emails") or [])]
    return keys_of(emails, fields.get("links") or [])


def _blanked(fields: dict[str, Any], now: datetime) -> dict[str, Any]:
    blank = {**BLANK, "erased_at": now.isoformat()}
    return {name: blank.get(name, value) for name, value in fields.items()}
