"""Whether a student had better wait before asking somebody, so that nobody is asked too often.

What counts is what all students have sent to the same person, known again by an address or a
profile link. The answer names a day and nobody: it is the same whoever wrote, and costs the same
questions to the database whether or not anybody did. An import never asks.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import Exists, Max, Min, OuterRef, Q

from apps.common.localtime import local_date, start_of_day
from apps.common.prepared import planned_once
from apps.contacts.fingerprints import fingerprint, keys_of
from apps.contacts.models import Contact, Wish
from apps.contacts.wishes import Wishes
from apps.meetings.models import Meeting, Status
from apps.outreach import new_people
from apps.outreach.models import Attempt, Reply
from apps.students.models import Term, institution_zone


class Notice(StrEnum):
    """What a student is told before writing to a contact."""

    NONE = "none"
    RECENT = "recent"  # somebody else wrote not long ago
    FULL = "full"  # as many students as the person wishes have asked this term
    PAUSED = "paused"
    NEVER = "never"
    WEEK = "week"  # the student has asked as many new people lately as the programme advises


@dataclass(frozen=True)
class Advice:
    """A notice, and the first day on which asking is fine, where that is known.

    A notice never locks a student out, except for somebody who asked to be left alone.
    """

    notice: Notice = Notice.NONE
    until: date | None = None

    @property
    def is_allowed(self) -> bool:
        return self.notice == Notice.NONE

    @property
    def is_refused(self) -> bool:
        return self.notice == Notice.NEVER


@dataclass(frozen=True)
class Ask:
    """An attempt of some student, with the keys of the person asked."""

    student: int
    sent_at: datetime
    keys: frozenset[str]


@dataclass(frozen=True)
class Days:
    """The calendar that decides, in the institution's zone, so that all students get one answer.

    `since` is the first moment that the cooldown reaches back to. A term lasts, for the number
    of students that somebody is willing to hear from, until the next one begins.
    """

    today: date
    since: datetime
    term_begins: datetime | None
    next_term: date | None

    @classmethod
    def of(cls, now: datetime) -> "Days":
        zone = institution_zone()
        today = local_date(now, zone)
        terms = Term.objects.aggregate(
            begun=Max("starts_on", filter=Q(starts_on__lte=today)),
            next=Min("starts_on", filter=Q(starts_on__gt=today)),
        )
        return cls(
            today,
            since=start_of_day(today - timedelta(days=settings.CONTACT_COOLDOWN_DAYS), zone),
            term_begins=terms["begun"] and start_of_day(terms["begun"], zone),
            next_term=terms["next"],
        )

    @property
    def earliest(self) -> datetime:
        return min(self.since, self.term_begins or self.since)


def advice(contact: Contact, *, now: datetime) -> Advice:
    """Return what the student is told who has this contact and is about to write.

    First what the person is owed, and only then that the student has asked many others lately.
    """
    of_student = new_people.room(contact, now=now)
    told = advice_for([contact], now=now)[contact.pk]
    return Advice(Notice.WEEK, of_student) if told.is_allowed and of_student else told


def advice_for(contacts: Collection[Contact], *, now: datetime) -> dict[int, Advice]:
    """Return the advice for each contact by its key, with as many queries as for one."""
    days = Days.of(now)
    keys = {contact.pk: known_by(contact) for contact in contacts}
    every = frozenset().union(*keys.values())
    wishes = wishes_by_key(every)
    asks = asks_to(every, since=days.earliest, now=now)
    own = _own_sides(keys)
    return {
        contact.pk: _judge(
            contact,
            Wishes.of(wishes[key] for key in keys[contact.pk] if key in wishes),
            [ask for ask in asks if ask.keys & keys[contact.pk]],
            own[contact.pk],
            days,
        )
        for contact in contacts
    }


def known_by(contact: Contact) -> frozenset[str]:
    return frozenset(keys_of(contact.emails, contact.links))


def wishes_by_key(keys: Iterable[str]) -> dict[str, Wish]:
    by_digest = {fingerprint(key): key for key in keys}
    wishes = Wish.objects.filter(fingerprint__in=by_digest)
    return {by_digest[wish.fingerprint]: wish for wish in wishes}


def asks_to(keys: Collection[str], *, since: datetime, now: datetime) -> list[Ask]:
    """Return what all students have sent, from `since` on, to people with any of these keys."""
    attempts = Attempt.objects.filter(
        contact__in=Contact.objects.known_as(keys), sent_at__gte=since, sent_at__lte=now
    ).values_list(
        "student_id", "sent_at", "contact__email", "contact__more_emails", "contact__links"
    )
    return [
        Ask(student, sent_at, frozenset(keys_of([email, *more_emails], links)))
        for student, sent_at, email, more_emails, links in attempts
    ]


def cooldown_ends(asks: Iterable[Ask], days: Days) -> date | None:
    """Return the first day after the cooldown of the latest of these; None if it is over.

    Whole days, also in deciding whether it still runs: the hour of the note stays unknown.
    """
    latest = max((ask.sent_at for ask in asks if ask.sent_at >= days.since), default=None)
    if latest is None:
        return None
    last_day = local_date(latest, institution_zone()) + timedelta(
        days=settings.CONTACT_COOLDOWN_DAYS
    )
    return last_day + timedelta(days=1)


@dataclass(frozen=True)
class _OwnSide:
    """What lies between the student and the contact: a conversation, a counselor's word."""

    is_in_conversation: bool
    lifted_at: datetime | None


def _own_sides(pks: Collection[int]) -> dict[int, _OwnSide]:
    agreed = Attempt.objects.filter(contact=OuterRef("pk"), reply__in=[Reply.YES, Reply.LATER])
    met = Meeting.objects.filter(contact=OuterRef("pk"), status__in=[Status.SCHEDULED, Status.HELD])
    rows = Contact.objects.filter(pk__in=pks).annotate(
        is_in_conversation=Exists(agreed) | Exists(met),
        lifted_at=Max("cooldown_lifts__lifted_at"),
    )
    return {
        pk: _OwnSide(is_in_conversation, lifted_at)
        for pk, is_in_conversation, lifted_at in rows.values_list(
            "pk", "is_in_conversation", "lifted_at"
        )
    }


def _judge(contact: Contact, wishes: Wishes, asks: list[Ask], own: _OwnSide, days: Days) -> Advice:
    if contact.is_erased or wishes.is_never or wishes.erased_at:
        return Advice(Notice.NEVER)
    notices = []
    if wishes.paused_until and wishes.paused_until >= days.today:
        notices.append(Advice(Notice.PAUSED, wishes.paused_until + timedelta(days=1)))
    if not own.is_in_conversation:
        if _is_full(contact, wishes, asks, days):
            notices.append(Advice(Notice.FULL, days.next_term))
        until = cooldown_ends(_before_the_student(contact, asks, own, days), days)
        if until:
            notices.append(Advice(Notice.RECENT, until))
    return max(notices, key=lambda told: told.until or date.max, default=Advice())


def _is_full(contact: Contact, wishes: Wishes, asks: list[Ask], days: Days) -> bool:
    if wishes.most_per_term is None or days.term_begins is None:
        return False
    students = {ask.student for ask in asks if ask.sent_at >= days.term_begins}
    return contact.student_id not in students and len(students) >= wishes.most_per_term


def _before_the_student(contact: Contact, asks: list[Ask], own: _OwnSide, days: Days) -> list[Ask]:
    """Leave out what was sent after the student, who came first, and what a counselor lifted."""
    mine = [ask.sent_at for ask in asks if ask.student == contact.student_id]
    first = min((moment for moment in mine if moment >= days.since), default=None)
    return [
        ask
        for ask in asks
        if ask.student != contact.student_id
        and (first is None or ask.sent_at < first)
        and (own.lifted_at is None or ask.sent_at > own.lifted_at)
    ]


SILENCES = "(is_never OR erased_at IS NOT NULL OR paused_until >= %(today)s)"
"""Of a wish, whether the person is not to be written to today."""


def silenced(contact_pks: Collection[int], today: date) -> set[int]:
    """Return which of these contacts are not to be written to today: a pause, a "never", erased.

    `today` is the institution's. One query while nobody in the programme wants that, else two.
    """
    silencing = Wish.objects.filter(
        Q(is_never=True) | Q(erased_at__isnull=False) | Q(paused_until__gte=today)
    )
    rows = Contact.objects.filter(
        Exists(silencing) | Q(erased_at__isnull=False), pk__in=contact_pks
    ).values_list("pk", "email", "more_emails", "links", "erased_at")
    known = {pk: keys_of([email, *more], links) for pk, email, more, links, _ in rows}
    quiet = silenced_among({key for keys in known.values() for key in keys}, today)
    erased = {pk for pk, *_, erased_at in rows if erased_at}
    return erased | {pk for pk, keys in known.items() if keys & quiet}


def silenced_among(keys: Collection[str], today: date) -> set[str]:
    """Return by which of these keys people are known who are not to be written to today."""
    if not keys:
        return set()
    by_digest = {fingerprint(key): key for key in keys}
    with planned_once() as cursor:
        cursor.execute(
            "SELECT fingerprint FROM contacts_wish "
            f"WHERE fingerprint = ANY(%(digests)s) AND {SILENCES}",
            {"digests": list(by_digest), "today": today},
        )
        return {by_digest[digest] for (digest,) in cursor}
