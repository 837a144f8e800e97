"""Offers traced back to the conversations they came from, with the names a reader needs."""

from dataclasses import dataclass

from apps.common.localtime import local_date
from apps.contacts.models import Contact
from apps.meetings.models import Meeting
from apps.metrics.facts import path_of
from apps.metrics.report import Figures
from apps.outcomes.models import Offer
from apps.students.models import Term, institution_zone


@dataclass(frozen=True)
class TracedOffer:
    """An offer as it stands now. `contacts` runs from the interviewed one to the offer's.

    `meetings` are those held with the interviewed contact up to the day of the offer. Both are
    empty if the offer did not come through a conversation.
    """

    offer: Offer
    contacts: list[Contact]
    meetings: list[Meeting]


@dataclass(frozen=True)
class CountedOffer:
    """A line of the report's list of paths; `offer` is None if its row has gone since."""

    student_id: str
    offer_id: str
    offer: Offer | None
    contacts: list[str]


def trace(offer: Offer) -> TracedOffer:
    """Return the path of one offer as it stands now."""
    path = path_of(offer)
    by_pk = Contact.objects.in_bulk(path)
    if not path:
        return TracedOffer(offer, [], [])
    zone = institution_zone()
    held = Meeting.objects.held().filter(contact=path[0]).order_by("starts_at")
    return TracedOffer(
        offer,
        [by_pk[pk] for pk in path],
        [m for m in held if local_date(m.starts_at, zone) <= offer.received_on],
    )


def counted_offers(term: Term, paths: list[Figures]) -> list[CountedOffer]:
    """Return the paths of a stored report with the names of today, in three queries."""
    students = {path["student_id"] for path in paths}
    offers = {
        (offer.student.student_id, offer.external_id or f"#{offer.pk}"): offer
        for offer in Offer.objects.filter(
            student__student_id__in=students, received_on__range=(term.starts_on, term.closes_on)
        ).select_related("student")
    }
    names = {
        (student, known or f"#{pk}"): name
        for student, known, pk, name in Contact.objects.filter(
            student__student_id__in=students
        ).values_list("student__student_id", "external_id", "pk", "name")
    }
    return [
        CountedOffer(
            path["student_id"],
            path["offer_id"],
            offers.get((path["student_id"], path["offer_id"])),
            [names.get((path["student_id"], label), label) for label in path["path"]],
        )
        for path in paths
    ]
