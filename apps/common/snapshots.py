"""A row's fields as JSON and back, so that an import or a merge can be taken back exactly."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Field, GeneratedField, Model

_PLAIN = (str, int, float, bool, list, dict, type(None))


def snapshot(row: Model, only: Iterable[str] = ()) -> dict[str, Any]:
    """Return what the row holds, under the names of its fields: all of them, or `only` these.

    Another row stands there as its key; moments and days in ISO 8601, to the microsecond.
    """
    wanted = set(only)
    return {
        field.name: _plain(field.value_from_object(row))
        for field in _stored(type(row))
        if not wanted or field.name in wanted
    }


def values_of(model: type[Model], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes that a snapshot stands for: `model(**values)` is the row again."""
    return {
        field.attname: field.to_python(fields[field.name])
        for field in _stored(model)
        if field.name in fields
    }


def take_back(
    current: Mapping[str, Any], *, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """Return what to write to undo a change, and the fields that keep a later edit instead.

    All three are snapshots, `current` of the row as it is now.
    """
    changed = [name for name in before if name in current and before[name] != after[name]]
    undone = {name: before[name] for name in changed if current[name] == after[name]}
    edited = [name for name in changed if current[name] not in (before[name], after[name])]
    return undone, edited


def _stored(model: type[Model]) -> "list[Field[Any, Any]]":
    fields = model._meta.concrete_fields
    return [field for field in fields if not isinstance(field, GeneratedField)]


def _plain(value: Any) -> Any:
    if isinstance(value, _PLAIN):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
