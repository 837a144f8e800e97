from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import structlog
from django.db import transaction

from apps.accounts.models import User
from apps.common.localtime import local_date
from apps.contacts.models import Contact
from apps.mail.actions import queue_many
from apps.mail.models import OutgoingEmail
from apps.outcomes.close_out import unanswered
from apps.outcomes.messages import APART, close_out, close_out_keys
from apps.outcomes.models import (
    Destination,
    FirstDestination,
    NoOfferConfirmation,
    Offer,
    Source,
    Status,
    StatusChange,
    source_rank,
)
from apps.students.models import Enrolment, Student, Term

log = structlog.get_logger(__name__)

AT_ONCE = 500
FACTS = ("kind", "organization", "received_on", "starts_on")


@transaction.atomic
def record_offer(*, student: Student, details: Mapping[str, Any], by: User, now: datetime) -> Offer:
    """Put an offer on record; `details` are FACTS with `status` and `accepted_on`.

    A word that the term brought none is taken back: both cannot be so.
    """
    _hold(student)
    offer = Offer(student=student, status=details["status"], accepted_on=details["accepted_on"])
    for name in FACTS:
        setattr(offer, name, details[name])
    offer.save()
    _note_status(offer, by=by, now=now)
    _take_back_none(offer)
    log.info("offer recorded", offer=offer.pk, by=by.pk)
    return offer


@transaction.atomic
def change_offer(*, offer: Offer, details: Mapping[str, Any], by: User, now: datetime) -> Offer:
    """Write down what is so instead; `details` as for `record_offer`.

    What was confirmed is what stood there: whoever changes it takes the confirmation off.
    """
    _hold(offer.student)
    locked = (
        Offer.objects.select_for_update(of=("self",))
        .select_related("student__user")
        .get(pk=offer.pk)
    )
    said = (*FACTS, "status", "accepted_on")
    before = [getattr(locked, name) for name in said]
    for name in said:
        setattr(locked, name, details[name])
    if locked.still_open_on and locked.still_open_on < locked.received_on:
        locked.still_open_on = None
    if before != [details[name] for name in said]:
        _unconfirm(locked)
    locked.save()
    if before[-2:] != [locked.status, locked.accepted_on]:
        _note_status(locked, by=by, now=now)
    _take_back_none(locked)
    log.info("offer changed", offer=locked.pk, by=by.pk)
    return locked


@transaction.atomic
def say_how_offer_ended(
    *, offer: Offer, status: Status, accepted_on: date | None, by: User, now: datetime
) -> Offer:
    """Write down what became of an offer; `accepted_on` is there for an accepted one only.

    One that is still open is asked about again, counted from the student's own day.
    """
    today = offer.student.today(now)
    locked = (
        Offer.objects.select_for_update(of=("self",))
        .select_related("student__user")
        .get(pk=offer.pk)
    )
    is_news = (locked.status, locked.accepted_on) != (status, accepted_on)
    locked.status = status
    locked.accepted_on = accepted_on
    if is_news:
        _unconfirm(locked)
        _note_status(locked, by=by, now=now)
    if status == Status.OPEN:
        locked.still_open_on = max(today, locked.received_on)
    locked.save(
        update_fields=["status", "accepted_on", "still_open_on", "confirmed_by", "confirmed_at"]
    )
    log.info("offer told", offer=locked.pk, status=status)
    return locked


@transaction.atomic
def say_how_offer_came(
    *, offer: Offer, contact: Contact | None, is_apart: bool, how_it_helped: str, by: User
) -> Offer:
    """Write down through whom an offer came, or that it came apart from all conversations."""
    locked = Offer.objects.select_for_update().get(pk=offer.pk)
    if (locked.contact_id, locked.is_apart) != (contact and contact.pk, is_apart):
        _unconfirm(locked)
    locked.contact = contact
    locked.is_apart = is_apart
    locked.how_it_helped = how_it_helped
    locked.save(
        update_fields=["contact", "is_apart", "how_it_helped", "confirmed_by", "confirmed_at"]
    )
    log.info("way of offer told", offer=locked.pk, by=by.pk)
    return locked


@transaction.atomic
def confirm_offer(*, offer: Offer, evidence: str, by: User, now: datetime) -> Offer:
    """Confirm an offer as it stands; `evidence` says what was seen of it."""
    locked = Offer.objects.select_for_update().get(pk=offer.pk)
    locked.evidence, locked.confirmed_by, locked.confirmed_at = evidence, by, now
    locked.save(update_fields=["evidence", "confirmed_by", "confirmed_at"])
    log.info("offer confirmed", offer=locked.pk, by=by.pk)
    return locked


@transaction.atomic
def confirm_no_offer(*, student: Student, term: Term, by: User, now: datetime) -> bool:
    """Write down that the term brought no offer; return False, and do nothing, if one is there."""
    _hold(student)
    if Offer.objects.filter(student=student).received_in(term).exists():
        return False
    NoOfferConfirmation.objects.get_or_create(
        student=student, term=term, defaults={"confirmed_on": student.today(now), "said_by": by}
    )
    log.info("no offer confirmed", student=student.pk, term=term.pk, by=by.pk)
    return True


@transaction.atomic
def save_destination(
    *,
    student: Student,
    term: Term,
    source: Source,
    details: Mapping[str, Any],
    by: User | None,
    now: datetime,
) -> FirstDestination:
    """Write down what a source says a graduate does first, in place of what it said before.

    `details` are fields of FirstDestination. Which row is primary is worked out anew.
    """
    _hold(student)
    said = {**details, "said_on": student.today(now), "said_by": by}
    rows = FirstDestination.objects.filter(student=student, term=term)
    row = rows.filter(source=source).first()
    if row is None:
        row = FirstDestination(student=student, term=term, source=source)
    for name, value in said.items():
        setattr(row, name, value)
    row.save()
    _choose_primary(student, term)
    row.refresh_from_db(fields=["is_primary"])
    log.info("first destination said", student=student.pk, term=term.pk, source=source)
    return row


def _choose_primary(student: Student, term: Term) -> None:
    """Make one row primary: what is known before what is not, then by source, then the latest."""
    rows = list(FirstDestination.objects.filter(student=student, term=term).order_by("pk"))
    chosen = min(
        rows,
        key=lambda row: (
            row.destination == Destination.NO_INFORMATION,
            source_rank(row.source),
            -row.said_on.toordinal(),
        ),
    )
    of_graduate = FirstDestination.objects.filter(student=student, term=term)
    of_graduate.primary().exclude(pk=chosen.pk).update(is_primary=False)
    of_graduate.filter(pk=chosen.pk, is_primary=False).update(is_primary=True)


def queue_close_outs(*, now: datetime) -> int:
    """Ask everybody of whom it is not known what a term brought; return how many mails that makes.

    Three times at most, a week apart. Any number of these may run at once: a key has one mail.
    """
    places = unanswered(None, now).filter(student__user__is_active=True).order_by("pk")
    keys = list(places.values_list("pk", flat=True))
    number = 0
    for start in range(0, len(keys), AT_ONCE):
        some = Enrolment.objects.filter(pk__in=keys[start : start + AT_ONCE])
        number += _ask(list(some.select_related("student__user", "cohort__term")), now)
    log.info("terms asked about", queued=number)
    return number


def _ask(places: Sequence[Enrolment], now: datetime) -> int:
    """Queue the next question to each whose last one is a week old."""
    turns = {place: close_out_keys(place) for place in places}
    asked = dict(
        OutgoingEmail.objects.filter(occurrence_key__in=[k for ks in turns.values() for k in ks])
        .order_by()
        .values_list("occurrence_key", "due_at")
    )
    drafts = []
    for place, keys in turns.items():
        past = [asked[key] for key in keys if key in asked]
        zone = place.student.zone
        waits = past and local_date(now, zone) < local_date(past[-1], zone) + APART
        if len(past) < len(keys) and not waits:
            drafts.append(close_out(place, keys[len(past)], now=now))
    return len(queue_many(drafts=drafts))


def _hold(student: Student) -> None:
    """Let nobody else write down meanwhile what the term brought this student."""
    Student.objects.select_for_update().order_by().get(pk=student.pk)


def _take_back_none(offer: Offer) -> None:
    NoOfferConfirmation.objects.filter(
        student=offer.student_id,
        term__starts_on__lte=offer.received_on,
        term__closes_on__gte=offer.received_on,
    ).delete()


def _unconfirm(offer: Offer) -> None:
    offer.confirmed_by = offer.confirmed_at = None


def _note_status(offer: Offer, *, by: User, now: datetime) -> None:
    StatusChange.objects.create(
        offer=offer,
        status=offer.status,
        changed_on=offer.accepted_on or offer.student.today(now),
        said_by=by,
        said_at=now,
    )
