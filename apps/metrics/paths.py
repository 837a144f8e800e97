"""One offer traced back to the conversation it came from, with the names a reader needs."""

from dataclasses import dataclass

from apps.common.localtime import local_date
from apps.contacts.models import Contact
from apps.meetings.models import Meeting
from apps.metrics.facts import path_of
from apps.outcomes.models import Offer
from apps.students.models import institution_zone


@dataclass(frozen=True)
class TracedOffer:
    """`contacts` runs from the interviewed contact to the offer's; empty if there is no path.

    `meetings` are the held ones with the first of them, up to the day the offer was received.
    """

    offer: Offer
    contacts: list[Contact]
    meetings: list[Meeting]


def trace(offer: Offer) -> TracedOffer:
    """Return the path of an offer as it stands now."""
    path = path_of(offer)
    by_pk = Contact.objects.in_bulk(path)
    contacts = [by_pk[pk] for pk in path]
    if not contacts:
        return TracedOffer(offer, [], [])
    zone = institution_zone()
    meetings = [
        meeting
        for meeting in Meeting.objects.held().filter(contact=contacts[0]).order_by("starts_at")
        if local_date(meeting.starts_at, zone) <= offer.received_on
    ]
    return TracedOffer(offer, contacts, meetings)
