"""Making one person of two contacts, and two of them again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from django.db import IntegrityError, connection, transaction

from apps.common.snapshots import snapshot, take_back, values_of
from apps.contacts.actions.person import NO_CYCLE
from apps.contacts.merging import combine
from apps.contacts.models import Contact, ContactChange, Merge, NotDuplicate
from apps.contacts.pointing import CannotJoin, move_rows, put_rows_back
from apps.contacts.wishes import erased_among
from apps.students.models import Student

log = structlog.get_logger(__name__)


class CannotMerge(Exception):
    """The two stay apart. The message is for people."""


class CannotUndo(Exception):
    """The two stay one person. The message is for people."""


@transaction.atomic
def merge_contacts(
    *,
    student: Student,
    kept: Contact,
    other: Contact,
    choices: Mapping[str, str],
    now: datetime,
) -> Merge:
    """Let `kept` stand for both: its details as chosen, and all that ever happened with either.

    `choices` says for details of `apps.contacts.merging.NAMES` whose is right, as a `Side`; for
    those it does not name, nothing is lost. The other row goes. Raises CannotMerge.
    """
    erased_among(())  # lets an erasure that is under way end first
    kept, other = _locked(student, kept, other)
    before = {contact.pk: snapshot(contact) for contact in (kept, other)}
    details = combine(kept, other, choices)
    # What there may be only once, and the way round through the other, make room first.
    Contact.objects.filter(pk=other.pk).update(external_id="")
    Contact.objects.filter(pk=kept.pk).update(**details, updated_at=now)
    merge = Merge.objects.create(student=student, kept=kept)
    try:
        merge.moved, merge.dropped = move_rows(kept=kept, other=other)
    except CannotJoin as reason:
        raise CannotMerge(str(reason)) from None
    merge.save(update_fields=["moved", "dropped"])
    Contact.objects.filter(pk=other.pk).delete()
    connection.check_constraints()
    kept.refresh_from_db()
    ContactChange.objects.bulk_create(
        [
            ContactChange(
                merge=merge, contact_key=kept.pk, before=before[kept.pk], after=snapshot(kept)
            ),
            ContactChange(merge=merge, contact_key=other.pk, before=before[other.pk], after=None),
        ]
    )
    log.info("contacts merged", merge=merge.pk, student=student.pk)
    return merge


def _locked(student: Student, kept: Contact, other: Contact) -> tuple[Contact, Contact]:
    keys = {kept.pk, other.pk}
    rows = Contact.objects.filter(student=student, pk__in=keys).order_by("pk")
    found = {contact.pk: contact for contact in rows.select_for_update()}
    if len(found) < 2:
        raise CannotMerge("It takes two people of your list.")
    if any(contact.is_erased for contact in found.values()):
        raise CannotMerge("One of them asked to have their details erased.")
    return found[kept.pk], found[other.pk]


@transaction.atomic
def undo_merge(*, merge: Merge) -> list[str]:
    """Make two people of one again, each as they were; the merge itself goes.

    Details of the kept contact that were edited since keep the edit; their names are returned
    (as fields). What was added since stays with the kept contact. Raises CannotUndo.
    """
    erased_among(())
    merge = _still_merged(merge)
    kept = Contact.objects.select_for_update().get(pk=merge.kept_id)
    _refuse_undo(merge, kept)
    changes = {change.contact_key: change for change in merge.changes.all()}
    gone = next(change for change in changes.values() if change.after is None)
    about_kept = changes[kept.pk]
    undone, edited = take_back(
        snapshot(kept), before=about_kept.before or {}, after=about_kept.after or {}
    )
    try:
        with transaction.atomic():
            _put_back(merge, kept, undone, gone)
            connection.check_constraints()
    except IntegrityError as error:
        raise CannotUndo(_in_words(error)) from None
    log.info("merge undone", merge=merge.pk, student=merge.student_id)
    merge.delete()
    return [name for name in edited if name != "updated_at"]


def _still_merged(merge: Merge) -> Merge:
    try:
        return Merge.objects.select_for_update().get(pk=merge.pk)
    except Merge.DoesNotExist:
        raise CannotUndo("They are two people again already.") from None


def _refuse_undo(merge: Merge, kept: Contact) -> None:
    if kept.is_erased:
        raise CannotUndo("This person asked to have their details erased.")
    if Merge.objects.filter(kept=kept, pk__gt=merge.pk).exists():
        raise CannotUndo("Take back first what you merged into this person after that.")


def _put_back(merge: Merge, kept: Contact, undone: dict[str, Any], gone: ContactChange) -> None:
    if "external_id" in undone:
        Contact.objects.filter(pk=kept.pk).update(external_id=undone["external_id"])
    other = Contact(**values_of(Contact, gone.before or {}))
    other.introduced_by_id = _whereabouts(other.introduced_by_id, merge)
    other.save(force_insert=True)
    put_rows_back(kept=kept.pk, other=other.pk, moved=merge.moved, dropped=merge.dropped)
    values = values_of(Contact, undone)
    if "introduced_by_id" in values:
        values["introduced_by_id"] = _whereabouts(values["introduced_by_id"], merge)
    if values:
        Contact.objects.filter(pk=kept.pk).update(**values)


def _whereabouts(key: int | None, merge: Merge) -> int | None:
    """Return who stands for a contact by now: themselves, whom they were merged into, or nobody."""
    if key is None or Contact.objects.filter(pk=key).exists():
        return key
    merges = Merge.objects.filter(
        student=merge.student_id, changes__contact_key=key, changes__after__isnull=True
    )
    return merges.values_list("kept_id", flat=True).first()


def _in_words(error: IntegrityError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis and diagnosis.constraint_name == NO_CYCLE:
        return (
            "Who introduced whom was changed since, and now they would have introduced "
            "themselves. Change who introduced them first."
        )
    return "Something that was written down since fits one person only."


@transaction.atomic
def tell_apart(*, student: Student, one: Contact, two: Contact) -> None:
    """Write down that two contacts are two people, so that they are not suggested again."""
    first, second = sorted((one, two), key=lambda contact: contact.pk)
    NotDuplicate.objects.get_or_create(student=student, first=first, second=second)
