"""What a contact decides on their own page about requests and about what is held of them."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

import structlog
from django.db import transaction

from apps.contacts.actions.person import edit_contact
from apps.contacts.actions.wish import record_wish
from apps.contacts.models import Contact
from apps.contacts.wishes import Wishes
from apps.outreach.actions.attempts import erase_from_all_lists
from apps.outreach.actions.links import use_up
from apps.outreach.models import ContactLink
from apps.outreach.protection import known_by, wishes_by_key

log = structlog.get_logger(__name__)

CORRECTED = "corrected by themselves"
LONGEST_SOURCE = 200


@transaction.atomic
def record_own_wishes(
    *, link: ContactLink, paused_until: date | None, most_per_term: int | None
) -> None:
    """Write down from when on, and by how many, this person can be asked."""
    keys = known_by(link.contact)
    _wish(keys, paused_until=paused_until, most_per_term=most_per_term)
    log.info("contact wished", link=link.pk)


@transaction.atomic
def stop_all_requests(*, link: ContactLink, now: datetime) -> None:
    """Write down that nobody is to ask this person any more. Raises LinkIsSpent."""
    use_up(link=link, now=now)
    _wish(known_by(link.contact), is_never=True)
    log.info("contact wants no requests", link=link.pk)


@transaction.atomic
def pause_until(*, contact: Contact, day: date) -> None:
    """Let nobody ask this person up to and with that day. A longer pause stays."""
    keys = known_by(contact)
    told = Wishes.of(wishes_by_key(keys).values())
    _wish(keys, paused_until=max(day, told.paused_until or day))


@transaction.atomic
def correct_details(*, link: ContactLink, details: Mapping[str, Any], now: datetime) -> Contact:
    """Put right what the student's list says; the source says from then on who did.

    `details` are name, job title, organization and email. What the person wishes goes with them
    to a new address. Raises NotToBeKept.
    """
    contact = link.contact
    if all(getattr(contact, name) == value for name, value in details.items()):
        return contact
    before = known_by(contact)
    told = Wishes.of(wishes_by_key(before).values())
    contact = edit_contact(
        student=link.student,
        contact=contact,
        details={**details, **_what_follows(contact, details)},
        now=now,
    )
    if told.has_any:
        _wish(
            known_by(contact) - before,
            is_never=told.is_never,
            paused_until=told.paused_until,
            most_per_term=told.most_per_term,
        )
    log.info("contact corrected themselves", link=link.pk)
    return contact


def erase_at_own_request(*, link: ContactLink, keys: Collection[str], now: datetime) -> None:
    """Erase this person from this list and every other on which they stand under one of `keys`.

    No link of theirs opens anything afterwards.
    """
    log.info("contact erases themselves", link=link.pk)
    erase_from_all_lists(keys=keys, contacts=[link.contact_id], by=None, now=now)


def _wish(keys: Collection[str], **changes: Any) -> None:
    """Change some of the wishes under each key, and leave the others as they are."""
    known = wishes_by_key(keys)
    for key in keys:
        told = Wishes.of([known[key]] if key in known else [])
        wishes = {
            "is_never": told.is_never,
            "paused_until": told.paused_until,
            "most_per_term": told.most_per_term,
        }
        record_wish(key=key, **{**wishes, **changes}, by=None)


def _what_follows(contact: Contact, details: Mapping[str, Any]) -> dict[str, Any]:
    """Return what else changes: what fits the new name or address no longer, and the source."""
    name, email = details["name"].casefold(), details["email"].casefold()
    parts = {part: getattr(contact, part) for part in ("given_name", "family_name")}
    source = contact.data_source.removesuffix(CORRECTED).removesuffix("; ")
    source = source[: LONGEST_SOURCE - len(f"; {CORRECTED}")]
    return {
        **{part: words if words.casefold() in name else "" for part, words in parts.items()},
        "more_emails": [other for other in contact.more_emails if other.casefold() != email],
        "data_source": f"{source}; {CORRECTED}" if source else CORRECTED,
    }
