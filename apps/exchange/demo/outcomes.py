"""What came of a term that is over: how offers came, who saw them, and what graduates do first."""

from datetime import datetime
from random import Random

from apps.accounts.models import User
from apps.outcomes.actions import confirm_offer, save_destination
from apps.outcomes.graduates import graduates
from apps.outcomes.models import Destination, Offer, Source
from apps.students.models import Term

CONFIRMED = 0.5
HEARD_FROM = 0.75
HELPED = [
    "Without that conversation I would not have known the team exists.",
    "They told me what the first year is really like, and put in a word.",
    "I could say in the first minute why I wanted to work there.",
]
SEEN = ["The letter", "The mail with the offer", "A word from the organization"]
DESTINATIONS = [
    (Destination.FULL_TIME, 48),
    (Destination.PART_TIME, 6),
    (Destination.SERVICE, 3),
    (Destination.MILITARY, 1),
    (Destination.EDUCATION, 20),
    (Destination.SEEKING_WORK, 14),
    (Destination.SEEKING_EDUCATION, 2),
    (Destination.NOT_SEEKING, 6),
]
EMPLOYED = {Destination.FULL_TIME, Destination.PART_TIME}
WORKPLACES = ["Lumen Energy", "Juniper Civic", "Quay Logistics", "Northlight Theater"]
SALARIES = [41_000, 48_500, 52_000, 61_000]
SOURCES = [Source.GRADUATE, Source.GRADUATE, Source.PROFILE, Source.FAMILY]


def show_outcomes(term: Term, *, by: User, now: datetime) -> None:
    """Tell more of the offers of a term, and what its graduates do first."""
    random = Random(term.code)
    _tell_of_offers(term, random, by=by, now=now)
    for graduate in graduates(term, by):
        if random.random() < HEARD_FROM:
            kinds, weights = zip(*DESTINATIONS, strict=True)
            kind = random.choices(kinds, weights)[0]
            save_destination(
                student=graduate.student,
                term=term,
                source=random.choice(SOURCES),
                details={"destination": kind, **_details(kind, random)},
                by=by,
                now=now,
            )


def _tell_of_offers(term: Term, random: Random, *, by: User, now: datetime) -> None:
    received = Offer.objects.received_in(term).filter(student__enrolments__cohort__term=term)
    for offer in received.distinct().order_by("pk"):
        if offer.contact_id is None:
            offer.is_apart = True
        else:
            offer.how_it_helped = random.choice(HELPED)
        offer.save(update_fields=["is_apart", "how_it_helped"])
        if random.random() < CONFIRMED:
            confirm_offer(offer=offer, evidence=random.choice(SEEN), by=by, now=now)


def _details(kind: Destination, random: Random) -> dict[str, object]:
    if kind in EMPLOYED:
        return {
            "organization": random.choice(WORKPLACES),
            "country": "United States",
            "annual_salary": random.choice(SALARIES) if kind == Destination.FULL_TIME else None,
            "is_held_before": random.random() < 0.1,
        }
    if kind == Destination.EDUCATION:
        return {"institution": "Quay University", "degree_sought": "Master"}
    return {}
