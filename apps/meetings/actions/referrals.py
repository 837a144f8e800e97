"""Names that somebody gave, which become contacts, and what it takes to take them back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import structlog
from django.db import transaction

from apps.common.snapshots import snapshot, values_of
from apps.contacts.actions.person import (
    IntroductionCycle,
    NotToBeKept,
    add_contact,
    edit_contact,
)
from apps.contacts.fingerprints import keys_of
from apps.contacts.models import Closeness, Contact, Source
from apps.contacts.pointing import in_use
from apps.meetings.models import Meeting, Referral

log = structlog.get_logger(__name__)

WRITTEN_OVER = ("introduction", "introduced_on", "updated_at", "data_source")
"""What an introduction changes on a contact that is there already, besides who introduced."""


@dataclass(frozen=True)
class Named:
    """Somebody who was named. Without a day, the introduction is yet to come or was not noted."""

    name: str
    organization: str = ""
    job_title: str = ""
    email: str = ""
    link: str = ""
    introduction: str = ""
    introduced_on: date | None = None


class NameRefused(Exception):
    """One of the names, the `place`-th from 0, cannot be kept; the words say why."""

    def __init__(self, place: int, words: str) -> None:
        super().__init__(words)
        self.place = place


@dataclass
class Undone:
    """Whose contact went, whose introduction did, and who stays as they were used or edited."""

    removed: list[str] = field(default_factory=list)
    untied: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def add_referrals(*, meeting: Meeting, names: Sequence[Named], now: datetime) -> list[Referral]:
    """Put the people who were named on the student's list, introduced by whom the talk was with.

    Whoever is known by an address or profile is not put there twice: they get the introduction,
    unless they have one. All of them or, raising NameRefused, nobody.
    """
    meeting = (
        Meeting.objects.select_for_update(of=("self",)).select_related("contact").get(pk=meeting.pk)
    )
    noted = [
        Named(contact.name, contact.organization)
        for contact in Contact.objects.filter(referrals__meeting=meeting)
    ]
    referrals = []
    for place, named in enumerate(names):
        if any(is_same(named, other) for other in noted):
            raise NameRefused(place, f"{named.name} is noted already.")
        noted.append(named)
        try:
            referrals.append(_refer(meeting, named, now))
        except (NotToBeKept, IntroductionCycle, _NotPossible) as reason:
            raise NameRefused(place, str(reason)) from None
    return referrals


def is_same(one: Named, other: Named) -> bool:
    """Say whether two names given in one conversation are meant for the same person."""
    return one.name.casefold() == other.name.casefold() and (
        one.organization.casefold() == other.organization.casefold()
        or not (one.organization and other.organization)
    )


class _NotPossible(Exception):
    pass


def _refer(meeting: Meeting, named: Named, now: datetime) -> Referral:
    known = _known(meeting, named)
    if known is None:
        return _refer_new(meeting, named, now)
    if known == meeting.contact:
        raise _NotPossible(f"This is how you reach {known.name}, with whom you talked.")
    if Referral.objects.filter(meeting=meeting, contact=known).exists():
        raise _NotPossible(f"{known.name} is noted already.")
    if known.introduced_by_id is not None:
        return Referral.objects.create(
            student_id=meeting.student_id, meeting=meeting, contact=known, made_contact=False
        )
    return _introduce(meeting, known, named, now)


def _known(meeting: Meeting, named: Named) -> Contact | None:
    keys = keys_of([named.email], [named.link])
    own = Contact.objects.known_as(keys).filter(student=meeting.student_id)
    return own.order_by("pk").select_for_update().first() if keys else None


def _refer_new(meeting: Meeting, named: Named, now: datetime) -> Referral:
    contact = add_contact(
        student=meeting.student,
        details={
            "name": named.name,
            "organization": named.organization,
            "job_title": named.job_title,
            "email": named.email,
            "links": [named.link] if named.link else [],
            "introduced_by": meeting.contact,
            "introduction": named.introduction,
            "introduced_on": named.introduced_on,
            "source": Source.REFERRAL,
            "closeness": Closeness.STRANGER,
        },
        now=now,
    )
    return Referral.objects.create(
        student_id=meeting.student_id, meeting=meeting, contact=contact, written_at=now
    )


def _introduce(meeting: Meeting, known: Contact, named: Named, now: datetime) -> Referral:
    if meeting.contact.introduced_through(known) is not None:
        raise _NotPossible(
            f"It was {known.name} who led you to {meeting.contact.name}, and an introduction "
            "cannot come back to where it began. Leave this name out; the two know each other."
        )
    before = snapshot(known, WRITTEN_OVER)
    edit_contact(
        student=meeting.student,
        contact=known,
        details={
            "introduced_by": meeting.contact,
            "introduction": named.introduction,
            "introduced_on": named.introduced_on,
        },
        now=now,
    )
    return Referral.objects.create(
        student_id=meeting.student_id,
        meeting=meeting,
        contact=known,
        made_contact=False,
        before=before,
        written_at=now,
    )


@transaction.atomic
def undo_referrals(*, meeting: Meeting, now: datetime) -> Undone:
    """Take back what the names of this conversation brought, and nothing that came after.

    Contacts made for them go, unless they were edited or anything else is about them by now;
    introductions that were set go, unless somebody else is the one by now.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    of_meeting = Referral.objects.filter(meeting=meeting).order_by("pk")
    contacts = Contact.objects.filter(referrals__in=of_meeting).order_by("pk")
    by_key = {contact.pk: contact for contact in contacts.select_for_update(of=("self",))}
    used = in_use(list(by_key), apart_from=of_meeting)
    undone = Undone()
    for referral in of_meeting:
        contact = by_key[referral.contact_id]
        if referral.made_contact:
            _remove(referral, contact, used, undone)
        else:
            _untie(meeting, referral, contact, undone, now)
    log.info(
        "referrals undone",
        meeting=meeting.pk,
        removed=len(undone.removed),
        untied=len(undone.untied),
        kept=len(undone.kept),
    )
    return undone


def _remove(referral: Referral, contact: Contact, used: Iterable[int], undone: Undone) -> None:
    if contact.pk in used or contact.updated_at != referral.written_at:
        undone.kept.append(contact.name)
        return
    referral.delete()
    contact.delete()
    undone.removed.append(contact.name)


def _untie(
    meeting: Meeting, referral: Referral, contact: Contact, undone: Undone, now: datetime
) -> None:
    referral.delete()
    if referral.before is None:  # they had an introduction, which is as it was
        undone.untied.append(contact.name)
    elif contact.introduced_by_id == meeting.contact_id:
        Contact.objects.filter(pk=contact.pk).update(
            introduced_by=None, **_as_before(referral, contact, now)
        )
        undone.untied.append(contact.name)
    else:
        undone.kept.append(contact.name)


def _as_before(referral: Referral, contact: Contact, now: datetime) -> dict[str, Any]:
    before = values_of(Contact, referral.before or {})
    if contact.updated_at == referral.written_at:
        return before
    return {
        "introduction": before["introduction"],
        "introduced_on": before["introduced_on"],
        "updated_at": now,
    }
