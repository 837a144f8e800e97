"""What becomes of the details of two contacts that are one person. No writing here."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from itertools import chain
from typing import Any

from apps.contacts.fingerprints import link_key
from apps.contacts.importing.faces import phone_key
from apps.contacts.models import Contact

NAMES = {
    "name": "Name",
    "given_name": "Given name",
    "family_name": "Family name",
    "organization": "Organization",
    "job_title": "Role",
    "seniority": "Seniority",
    "email": "E-mail to write to",
    "more_emails": "E-mails",
    "flagged_emails": "E-mails that do not work",
    "phones": "Phones",
    "links": "Links",
    "closeness": "How well you know them",
    "source": "How you came upon them",
    "how_known": "In your words",
    "introduced_by": "Introduced by",
    "time_zone": "Time zone",
    "preferred_times": "Times they like",
    "note": "Private note",
    "tags": "Tags",
}
"""The details of a person, each under the name it has on pages, in the order of the form."""

INTRODUCTION = ("introduced_by_id", "introduction", "introduced_on")
"""Who introduced them, how and when: one detail, since half of it would be untrue."""

# What tells that two texts of a list are the same one. The rest are the same in any capitals.
_KEYS: dict[str, Callable[[str], str]] = {"phones": phone_key, "links": link_key}
_LISTS = ("more_emails", "flagged_emails", "phones", "links", "tags")


class Side(StrEnum):
    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"


def detail(contact: Contact, name: str) -> Any:
    """Return a detail as it is compared: all addresses together, the introduction as one."""
    if name == "introduced_by":
        return tuple(getattr(contact, part) for part in INTRODUCTION)
    return contact.emails if name == "more_emails" else getattr(contact, name)


def sides_to_choose(kept: Contact, other: Contact, name: str) -> list[Side]:
    """Return what there is to choose for a detail, the default first; [] if nothing is."""
    one, two = detail(kept, name), detail(other, name)
    if one == two or is_blank(one) or is_blank(two):
        return []
    if name in _LISTS:
        united = _united(name, one, two)
        return [Side.BOTH, Side.KEPT, Side.OTHER] if len(united) > len(one) else []
    if name == "introduced_by" and fixed_introduction(kept, other):
        return []
    return [Side.BOTH, Side.KEPT, Side.OTHER] if name == "note" else [Side.KEPT, Side.OTHER]


def fixed_introduction(kept: Contact, other: Contact) -> Side | None:
    """Return whose introduction must stay, where one of the two led to the other.

    As one person they would otherwise have introduced themselves, by whatever way round.
    """
    if kept.introduced_through(other) is not None:
        return Side.OTHER
    return Side.KEPT if other.introduced_through(kept) is not None else None


def combine(kept: Contact, other: Contact, choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the attributes of the one person. Where nothing was chosen, no detail is lost."""
    sides = {name: _side(kept, other, name, choices) for name in NAMES}
    combined = {
        name: _chosen(kept, other, name, side)
        for name, side in sides.items()
        if name != "introduced_by"
    }
    preferred = combined["email"].casefold()
    combined["more_emails"] = [
        email for email in combined["more_emails"] if email.casefold() != preferred
    ]
    introduced = detail(kept if sides["introduced_by"] is Side.KEPT else other, "introduced_by")
    return {
        **combined,
        **dict(zip(INTRODUCTION, introduced, strict=True)),
        "listed_on": min(kept.listed_on, other.listed_on),
        "external_id": kept.external_id or other.external_id,
        "archived_at": kept.archived_at and other.archived_at and kept.archived_at,
        "data_source": _told(kept.data_source, other.data_source),
    }


def is_blank(value: Any) -> bool:
    return not any(value) if isinstance(value, tuple) else not value


def _side(kept: Contact, other: Contact, name: str, choices: Mapping[str, str]) -> Side:
    if name == "introduced_by" and (fixed := fixed_introduction(kept, other)):
        return fixed
    sides = sides_to_choose(kept, other, name)
    if name in choices and choices[name] in sides:
        return Side(choices[name])
    if sides:
        return sides[0]
    if name in _LISTS:
        return Side.BOTH
    return Side.OTHER if is_blank(detail(kept, name)) else Side.KEPT


def _chosen(kept: Contact, other: Contact, name: str, side: Side) -> Any:
    one, two = detail(kept, name), detail(other, name)
    if side is Side.BOTH:
        return _united(name, one, two) if name in _LISTS else f"{one}\n\n{two}"
    return one if side is Side.KEPT else two


def _united(name: str, one: list[str], two: list[str]) -> list[str]:
    key_of = _KEYS.get(name, str.casefold)
    united: dict[str, str] = {}
    for text in chain(one, two):
        united.setdefault(key_of(text) or text.casefold(), text)
    return list(united.values())


def _told(one: str, two: str) -> str:
    """Return where the data came from: both, as far as there is room."""
    both = "; ".join(dict.fromkeys(filter(None, (one, two))))
    longest = Contact._meta.get_field("data_source").max_length
    return both if len(both) <= (longest or 0) else one
