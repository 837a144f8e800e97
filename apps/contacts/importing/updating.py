"""What a row of a file changes about somebody who is on the list already.

What is empty is filled in, and further addresses, numbers, links and labels are added. What is
there is replaced only if an earlier file of the same kind wrote it, nobody has edited it since,
and this file is newer.
"""

from collections.abc import Callable, Mapping
from typing import Any

from apps.contacts.fingerprints import email_key, link_key
from apps.contacts.importing.details import MOST, UNITS, Details
from apps.contacts.importing.faces import alike, phone_key

Unit = tuple[str, ...]

_SPELLINGS: Mapping[str, Callable[[str], str]] = {
    "flagged_emails": email_key,
    "phones": lambda number: phone_key(number) or number,
    "links": lambda link: link_key(link) or link,
    "tags": str.casefold,
}


def added(contact: Details, details: Details) -> Details:
    """Return the changes that fill in what the contact does not have."""
    changes = _added_emails(contact, details)
    for name, spelling in _SPELLINGS.items():
        if more := _missing(contact[name], details[name], spelling):
            changes[name] = [*contact[name], *more]
    for unit in UNITS:
        if not _differs(contact, details, unit):
            changes |= {n: details[n] for n in unit if details[n] and not contact[n]}
    return changes


def differing(contact: Details, details: Details) -> list[Unit]:
    """Return what both have, but not the same."""
    return [unit for unit in UNITS if _differs(contact, details, unit)]


def replaced(contact: Details, details: Details, unit: Unit, left: Details) -> Details:
    """Return the changes that replace what earlier files of the kind `left` in the contact."""
    if any(contact[name] != left.get(name, "") for name in unit):
        return {}  # edited since, or never from a file
    return {name: details[name] for name in unit if contact[name] != details[name]}


def _differs(contact: Details, details: Details, unit: Unit) -> bool:
    return any(
        contact[name] and details[name] and alike(contact[name]) != alike(details[name])
        for name in unit
    )


def _added_emails(contact: Details, details: Details) -> dict[str, Any]:
    have = [one for one in (contact["email"], *contact["more_emails"]) if one]
    given = [one for one in (details["email"], *details["more_emails"]) if one]
    more = _missing(have, given, email_key)
    if not more:
        return {}
    if contact["email"]:
        return {"more_emails": [*contact["more_emails"], *more]}
    first, *others = more
    return {
        "email": first,
        **({"more_emails": [*contact["more_emails"], *others]} if others else {}),
    }


def _missing(have: list[str], given: list[str], spelling: Callable[[str], str]) -> list[str]:
    """Return those of `given` that are not there yet, as many as there is room for."""
    if not given:
        return []
    known = {spelling(one) for one in have}
    more = [one for one in given if spelling(one) not in known]
    return more[: max(0, MOST - len(have))]
