"""The people a student already has, to be found again by address, link or name."""

from collections.abc import Iterable, Iterator
from typing import Any

from apps.contacts.files.person import FileKind
from apps.contacts.importing.details import FIELDS, Details
from apps.contacts.importing.faces import Face, Gallery
from apps.contacts.models import BatchState, Contact, ContactChange, ImportBatch
from apps.students.models import Student


class KnownPeople:
    """A student's contacts without those who were erased, oldest first."""

    def __init__(self, student: Student) -> None:
        self._contacts = Contact.objects.filter(student=student)
        self.people = dict(_details(self._contacts))
        self.faces = Gallery()
        for pk, details in self.people.items():
            self.faces.add(pk, Face.of(details))

    def locked(self, pks: Iterable[int]) -> dict[int, Details]:
        """Return these contacts as they are now, and keep others from changing them."""
        chosen = self._contacts.filter(pk__in=list(pks))
        return dict(_details(chosen.select_for_update(no_key=True)))


class EarlierImports:
    """What came of the student's earlier imports that were not undone."""

    def __init__(self, student: Student) -> None:
        self._batches = ImportBatch.objects.filter(student=student, state=BatchState.SAVED)

    def left_in(self, pks: Iterable[int], kind: FileKind) -> dict[int, Details]:
        """Return what files of this kind wrote into these contacts, field by field."""
        left: dict[int, Details] = {}
        for change in self._changes(pks).filter(batch__kind=kind):
            left.setdefault(change.contact_key, {}).update(change.after or {})
        return left

    def settled(self, pks: Iterable[int]) -> set[tuple[int, str]]:
        """Return which rows these contacts came from, or were said to be: their faces' digests.

        A question that was answered once is not asked again for the same row.
        """
        contacts = set(pks)
        found = {
            (change.contact_key, Face.of(change.after).digest())
            for change in self._changes(contacts).filter(before__isnull=True)
            if change.after
        }
        for choices in self._batches.exclude(choices={}).values_list("choices", flat=True):
            found |= {(same["contact"], same["face"]) for same in choices.get("same", ())}
        return found

    def latest(self, kind: FileKind) -> Any:
        """Return as of when the newest of these files of this kind speaks, or None."""
        dated = self._batches.filter(kind=kind, dated_at__isnull=False).order_by("-dated_at")
        return dated.values_list("dated_at", flat=True).first()

    def _changes(self, pks: Iterable[int]) -> Any:
        changes = ContactChange.objects.filter(batch__in=self._batches, contact_key__in=list(pks))
        return changes.order_by("batch__saved_at", "pk")


def _details(contacts: Any) -> Iterator[tuple[int, Details]]:
    rows = contacts.filter(erased_at__isnull=True).order_by("pk").values_list("pk", *FIELDS)
    for pk, *values in rows.iterator(chunk_size=2000):
        yield pk, dict(zip(FIELDS, values, strict=True))
