"""The rows that point at a contact, whichever app they are of: found, moved and put back.

They are found through the model's relations, since this app knows nothing of those to its right.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, ManyToOneRel, Model, Q, QuerySet, UniqueConstraint

from apps.common.snapshots import snapshot, values_of
from apps.contacts.models import Contact, NotDuplicate

Moved = dict[str, list[int]]
Dropped = dict[str, list[dict[str, Any]]]

_TWO_PEOPLE = NotDuplicate._meta.label_lower


class CannotJoin(Exception):
    """Two rows would stand in one place, and each says something that the other does not."""


def move_rows(*, kept: Contact, other: Contact) -> tuple[Moved, Dropped]:
    """Let all that points at the other contact point at the kept one. Raises CannotJoin."""
    moved: Moved = {}
    dropped: Dropped = defaultdict(list)
    for key in _keys_to_contacts():
        for row in _rows_too_many(key, kept, other):
            dropped[row._meta.label_lower].append(snapshot(row))
            _delete_alone(row)
        rows = _rows(key.model).filter(**{key.name: other})
        pks = list(rows.order_by("pk").values_list("pk", flat=True))
        if pks:
            rows.update(**{key.name: kept})
            moved[f"{key.model._meta.label_lower}.{key.name}"] = pks
    _move_two_people(kept, other, moved, dropped)
    return moved, dict(dropped)


def put_rows_back(*, kept: int, other: int, moved: Moved, dropped: Dropped) -> None:
    """Undo `move_rows`, except for rows that are gone or point somewhere else by now."""
    for label, pks in moved.items():
        if label == _TWO_PEOPLE:
            continue
        model_label, _, name = label.rpartition(".")
        rows = _rows(apps.get_model(model_label)).filter(pk__in=pks, **{name: kept})
        rows.update(**{f"{name}_id": other})
    _put_two_people_back(kept, other, moved.get(_TWO_PEOPLE, []))
    for label, snapshots in dropped.items():
        model = apps.get_model(label)
        rows_again = [model(**values_of(model, fields)) for fields in snapshots]
        if model is NotDuplicate:
            rows_again = [row for row in rows_again if _is_still_a_pair(row)]
        model._base_manager.bulk_create(rows_again)


def in_use(contacts: Collection[int], *, apart_from: QuerySet[Any]) -> set[int]:
    """Return which of these contacts any row points at, but for those of `apart_from`.

    That somebody is not the same person as somebody else is no use of either.
    """
    used: set[int] = set()
    for key in _keys_to_contacts():
        rows = _rows(key.model).filter(**{f"{key.name}__in": contacts})
        if key.model is apart_from.model:
            rows = rows.exclude(pk__in=apart_from)
        used.update(rows.values_list(key.attname, flat=True))
    return used


def _keys_to_contacts() -> "list[ForeignKey[Any, Any]]":
    return [
        relation.field
        for relation in Contact._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel)
        and relation.field.model is not NotDuplicate  # which of the two is first may change
    ]


def _rows(model: type[Model]) -> QuerySet[Any]:
    return model._base_manager.all()


def _rows_too_many(key: "ForeignKey[Any, Any]", kept: Contact, other: Contact) -> Iterator[Model]:
    """Yield what has to go because only one such row may point at a contact."""
    for names, condition in _unique_beside(key):
        taken: dict[tuple[Any, ...], dict[int, Model]] = defaultdict(dict)
        for row in _rows(key.model).filter(condition, **{f"{key.name}__in": [kept, other]}):
            place = tuple(getattr(row, name) for name in names)
            if None not in place:
                taken[place][getattr(row, key.attname)] = row
        for rows in taken.values():
            if len(rows) == 2:
                yield _less_of(rows[kept.pk], rows[other.pk], key)


def _unique_beside(key: "ForeignKey[Any, Any]") -> Iterator[tuple[list[str], Q]]:
    """Yield which other columns are unique together with the key, and under which condition."""
    meta = key.model._meta
    wholes: list[tuple[Collection[str], Q]] = [(names, Q()) for names in meta.unique_together]
    wholes += [
        (constraint.fields, constraint.condition or Q())
        for constraint in meta.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    wholes += [((key.name,), Q())] if key.unique else []
    for names, condition in wholes:
        if key.name in names:
            beside = [f.attname for f in meta.concrete_fields if f.name in names and f != key]
            yield beside, condition


def _less_of(one: Model, two: Model, key: "ForeignKey[Any, Any]") -> Model:
    """Return the row, the second if possible, that says nothing the other one does not say."""
    aside = {
        key.model._meta.pk.name,
        key.name,
        *(f.name for f in one._meta.concrete_fields if not f.editable),
    }
    said, said_too = (
        {name: value for name, value in snapshot(row).items() if name not in aside and value != ""}
        for row in (one, two)
    )
    for row, its, others in ((two, said_too, said), (one, said, said_too)):
        if all(value is None or others.get(name) == value for name, value in its.items()):
            return row
    raise CannotJoin(
        f"Each of the two has one {one._meta.verbose_name} that a person can have only once, and "
        "they differ. Make them alike first."
    )


def _delete_alone(row: Model) -> None:
    gone, _ = row.delete()
    if gone != 1:  # whatever hung on it would be lost for good
        raise CannotJoin("One of two equal notes has more to it. Delete the other one first.")


def _move_two_people(kept: Contact, other: Contact, moved: Moved, dropped: Dropped) -> None:
    """Let the student's word about the other and third people be about the kept contact."""
    for row in NotDuplicate.objects.filter(Q(first=other) | Q(second=other)).order_by("pk"):
        third = row.second_id if row.first_id == other.pk else row.first_id
        first, second = sorted((kept.pk, third))
        if third == kept.pk or NotDuplicate.objects.filter(first=first, second=second).exists():
            dropped.setdefault(_TWO_PEOPLE, []).append(snapshot(row))
            row.delete()
        else:
            NotDuplicate.objects.filter(pk=row.pk).update(first=first, second=second)
            moved.setdefault(_TWO_PEOPLE, []).append(row.pk)


def _put_two_people_back(kept: int, other: int, pks: list[int]) -> None:
    rows = NotDuplicate.objects.filter(Q(first=kept) | Q(second=kept), pk__in=pks)
    for row in rows.order_by("pk"):
        third = row.second_id if row.first_id == kept else row.first_id
        first, second = sorted((other, third))
        NotDuplicate.objects.filter(pk=row.pk).update(first=first, second=second)


def _is_still_a_pair(row: NotDuplicate) -> bool:
    return Contact.objects.filter(pk__in=[row.first_id, row.second_id]).count() == 2
