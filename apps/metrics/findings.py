"""The check before publishing: every contradiction or gap in a term, each with where to mend it.

A finding goes away by itself once its cause does, or is waived with a reason.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower
from django.urls import reverse

from apps.common.localtime import local_date
from apps.meetings.models import Meeting
from apps.meetings.models import Status as MeetingStatus
from apps.metrics.facts import read_term, window_of
from apps.metrics.models import Waiver
from apps.outcomes.models import NoOfferConfirmation, Offer, Status
from apps.students.models import Cohort, Enrolment, Student, Term, institution_zone


@dataclass(frozen=True)
class Finding:
    """One thing that does not add up: `key` names the kind and the row, `link` where to mend it."""

    key: str
    words: str
    link: str
    reason: str = ""

    @property
    def kind(self) -> str:
        """What kind of finding it is, which names nobody."""
        return self.key.split(":")[0].replace("-", " ").capitalize()

    @property
    def is_waived(self) -> bool:
        return bool(self.reason)


def findings(term: Term, now: datetime) -> list[Finding]:
    """Return all findings of a term, those not waived first."""
    reasons = dict(Waiver.objects.filter(term=term).values_list("finding", "reason"))
    found = [
        Finding(f"{name}:{row}", words, link, reasons.get(f"{name}:{row}", ""))
        for name, check in CHECKS.items()
        for row, words, link in check(term, now)
    ]
    return sorted(found, key=lambda finding: (finding.is_waived, finding.key))


Row = tuple[int, str, str]
"""The key of the row, what is wrong in words, and where to mend it."""


def _offer_link(term: Term, offer: Offer) -> str:
    return reverse("offer_path", args=[term.code, offer.pk])


def _board_link(cohort: int) -> str:
    return reverse("class_board", args=[cohort])


def _offers(term: Term) -> QuerySet[Offer]:
    """Return the offers received in the window by students of the term."""
    own = Enrolment.objects.filter(student=OuterRef("student"), cohort__term=term)
    return (
        Offer.objects.filter(Exists(own), received_on__range=(term.starts_on, term.closes_on))
        .select_related("student", "contact")
        .order_by("pk")
    )


def _accepted_twice(term: Term, now: datetime) -> Iterator[Row]:
    first = _offers(term).filter(
        student=OuterRef("student"),
        kind=OuterRef("kind"),
        status=Status.ACCEPTED,
        pk__lt=OuterRef("pk"),
    )
    for offer in _offers(term).filter(Exists(first), status=Status.ACCEPTED):
        words = f"{offer.student.name} has accepted two offers of one kind."
        yield offer.pk, words, _offer_link(term, offer)


def _received_in_the_future(term: Term, now: datetime) -> Iterator[Row]:
    today = local_date(now, institution_zone())
    for offer in _offers(term).filter(received_on__gt=today):
        words = f"An offer to {offer.student.name} is dated {offer.received_on}, which is to come."
        yield offer.pk, words, _offer_link(term, offer)


def _without_organization(term: Term, now: datetime) -> Iterator[Row]:
    for offer in _offers(term).filter(organization=""):
        words = f"An offer to {offer.student.name} names no organization."
        yield offer.pk, words, _offer_link(term, offer)


def _met_only_later(term: Term, now: datetime) -> Iterator[Row]:
    """An offer that does not count since all conversations on its path came later: a wrong date?"""
    facts = read_term(term)
    not_counted = {offer.id for offer in facts.offers if offer.path is None}
    met = {meeting.contact for meeting in facts.meetings}
    above = {contact.id: contact.introduced_by for contact in facts.contacts}
    for offer in _offers(term).filter(pk__in=not_counted, contact__isnull=False):
        walk, contact = [], offer.contact_id
        while contact is not None:
            walk.append(contact)
            contact = above.get(contact)
        if not met.isdisjoint(walk):
            words = (
                f"Every conversation on the way to an offer to {offer.student.name} came after it."
            )
            yield offer.pk, words, _offer_link(term, offer)


def _offer_after_withdrawal(term: Term, now: datetime) -> Iterator[Row]:
    gone = Enrolment.objects.filter(
        student=OuterRef("student"),
        cohort__term=term,
        withdrawn_on__lt=OuterRef("received_on"),
    )
    here = Enrolment.objects.filter(
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=OuterRef("received_on")),
        student=OuterRef("student"),
        cohort__term=term,
    )
    for offer in _offers(term).filter(Exists(gone), ~Exists(here)):
        words = f"{offer.student.name} had left the class before the offer came."
        yield offer.pk, words, _offer_link(term, offer)


def _none_and_some(term: Term, now: datetime) -> Iterator[Row]:
    said = NoOfferConfirmation.objects.filter(student=OuterRef("student"), term=term)
    for offer in _offers(term).filter(Exists(said)):
        words = f"{offer.student.name} has an offer, and word that there was none."
        yield offer.pk, words, _offer_link(term, offer)


def _still_open(term: Term, now: datetime) -> Iterator[Row]:
    if local_date(now, institution_zone()) <= term.closes_on:
        return
    for offer in _offers(term).filter(status=Status.OPEN):
        words = f"It is not known how the offer to {offer.student.name} ended."
        yield offer.pk, words, _offer_link(term, offer)


def _unheard_of(term: Term, now: datetime) -> Iterator[Row]:
    """A conversation whose time has passed without word whether it was held."""
    begin, end = window_of(term)
    own = Enrolment.objects.on_census().filter(student=OuterRef("student"), cohort__term=term)
    rows = (
        Meeting.objects.filter(
            Exists(own),
            status=MeetingStatus.SCHEDULED,
            starts_at__gte=begin,
            starts_at__lt=min(end, now),
        )
        .annotate(cohort=Subquery(own.order_by("pk").values("cohort")[:1]))
        .select_related("student")
        .order_by("pk")
    )
    for meeting in rows:
        words = f"{meeting.student.name} has not said whether a conversation was held."
        yield meeting.pk, words, _board_link(meeting.cohort)


def _held_in_the_future(term: Term, now: datetime) -> Iterator[Row]:
    begin, end = window_of(term)
    own = Enrolment.objects.on_census().filter(student=OuterRef("student"), cohort__term=term)
    rows = (
        Meeting.objects.held()
        .filter(Exists(own), starts_at__gte=max(begin, now), starts_at__lt=end)
        .annotate(cohort=Subquery(own.order_by("pk").values("cohort")[:1]))
        .select_related("student")
        .order_by("pk")
    )
    for meeting in rows:
        words = f"A conversation of {meeting.student.name} is marked as held before its day."
        yield meeting.pk, words, _board_link(meeting.cohort)


def _nobody_in_charge(term: Term, now: datetime) -> Iterator[Row]:
    looked_after = Cohort.counselors.through.objects.filter(
        cohort=OuterRef("pk"), user__is_active=True
    )
    for cohort in Cohort.objects.filter(~Exists(looked_after), term=term).order_by("pk"):
        yield cohort.pk, f"No counselor looks after {cohort.name}.", _board_link(cohort.pk)


def _one_address_twice(term: Term, now: datetime) -> Iterator[Row]:
    """Two students with one e-mail address may be one person under two ids."""
    return _twins(term, Lower("email"), "have one e-mail address")


def _one_id_twice(term: Term, now: datetime) -> Iterator[Row]:
    """Ids that differ in capitals, blanks, dashes or leading zeros alone are one id, mistyped."""
    bare = Func(
        Lower("student_id"),
        Value("[^a-z0-9]|^0+"),
        Value(""),
        Value("g"),
        function="regexp_replace",
    )
    return _twins(term, bare, "have ids that read the same")


def _twins(term: Term, mark: Combinable, words: str) -> Iterator[Row]:
    """Return students of the term who share a mark with one named before them."""
    enrolled = Enrolment.objects.on_census().filter(student=OuterRef("pk"), cohort__term=term)
    here = (
        Student.objects.filter(Exists(enrolled))
        .annotate(mark=mark, cohort=Subquery(enrolled.order_by("pk").values("cohort")[:1]))
        .exclude(mark="")
    )
    shared = here.order_by().values("mark").annotate(people=Count("pk")).filter(people__gt=1)
    seen = set()
    for student in here.filter(mark__in=shared.values("mark")).order_by("mark", "pk"):
        if student.mark in seen:
            yield (
                student.pk,
                f"{student.name} and another student {words}.",
                _board_link(student.cohort),
            )
        seen.add(student.mark)


CHECKS: dict[str, Callable[[Term, datetime], Iterator[Row]]] = {
    "accepted-twice": _accepted_twice,
    "in-the-future": _received_in_the_future,
    "without-organization": _without_organization,
    "conversation-after-offer": _met_only_later,
    "offer-after-withdrawal": _offer_after_withdrawal,
    "none-and-some": _none_and_some,
    "still-open": _still_open,
    "unheard-of": _unheard_of,
    "held-in-the-future": _held_in_the_future,
    "nobody-in-charge": _nobody_in_charge,
    "one-address-twice": _one_address_twice,
    "one-id-twice": _one_id_twice,
}
