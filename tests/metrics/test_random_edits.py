"""A release after a thousand random edits of what lives on: the same bytes, and an exact account.

What is right is said the slow, obvious way: each row's fact before and after, compared.
"""

from dataclasses import astuple
from datetime import date, timedelta
from random import Random

import pytest

from apps.contacts.models import Contact
from apps.meetings.models import Meeting
from apps.meetings.models import Status as MeetingStatus
from apps.metrics.facts import read_term
from apps.metrics.models import Audience, Release
from apps.metrics.publishing import changed_since, publish_report, verify
from apps.metrics.scope import WHOLE_TERM
from apps.outcomes.models import Offer, Status
from apps.students.models import Enrolment
from tests.clock import NOW
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outcomes.factories import OfferFactory
from tests.students.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db

EDITS = 1000
KINDS = ("students", "contacts", "meetings", "offers")


@pytest.fixture
def semester(cohort):
    for number in range(20):
        student = EnrolmentFactory(cohort=cohort, program="Finance").student
        for _ in range(2):
            contact = ContactFactory(student=student, listed_on=date(2025, 9, 1))
            MeetingFactory(contact=contact, held=True, starts_at=NOW - timedelta(days=20))
        if number % 2:
            OfferFactory(
                contact=contact,
                received_on=date(2025, 10, 10),
                organization="Harbor",
                status=Status.DECLINED,
            )
    return cohort.term


def edits(random):
    """Return the ways to edit a row; some are of no account, and some undo one before."""
    return [
        (Meeting, lambda: {"is_ready": random.random() < 0.5}),
        (Meeting, lambda: {"place": f"Room {random.randrange(9)}"}),
        (Meeting, lambda: {"starts_at": NOW - timedelta(days=random.randrange(1, 90))}),
        (Meeting, lambda: {"status": random.choice([MeetingStatus.HELD, MeetingStatus.CANCELLED])}),
        (Contact, lambda: {"listed_on": random.choice([date(2025, 9, 1), date(2030, 9, 1)])}),
        (Contact, lambda: {"job_title": f"Pilot {random.randrange(9)}"}),
        (Offer, lambda: {"received_on": date(2025, 9, 1) + timedelta(random.randrange(60))}),
        (Offer, lambda: {"status": random.choice([Status.DECLINED, Status.RESCINDED])}),
        (Enrolment, lambda: {"program": random.choice(["Finance", "History"])}),
    ]


def facts_of(term):
    facts = read_term(term)
    return {(kind, row.id): astuple(row) for kind in KINDS for row in getattr(facts, kind)}


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("audience", Audience)
def test_stays_the_same_bytes_and_names_exactly_the_changed_rows(semester, seed, audience):
    release = publish_report(term=semester, scope=WHOLE_TERM, audience=audience, by=None, now=NOW)
    bytes_then = {file.format: bytes(file.content) for file in release.files.all()}
    before = facts_of(semester)
    random = Random(seed)
    ways = edits(random)
    keys = {
        model: list(model.objects.order_by("pk").values_list("pk", flat=True)) for model, _ in ways
    }
    for _ in range(EDITS):
        model, values = random.choice(ways)
        model.objects.filter(pk=random.choice(keys[model])).order_by().update(**values())
    new = EnrolmentFactory(cohort=Enrolment.objects.order_by("pk").first().cohort).student
    gone = Offer.objects.order_by("pk").last()
    gone.delete()

    again = Release.objects.get(pk=release.pk)
    assert {file.format: bytes(file.content) for file in again.files.all()} == bytes_then
    assert verify(again).is_sound
    after = facts_of(semester)
    expected = {row for row in before.keys() | after.keys() if before.get(row) != after.get(row)}
    found = [(change.kind, change.key) for change in changed_since(again)]
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert ("students", new.pk) in expected
