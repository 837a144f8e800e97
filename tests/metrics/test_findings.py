"""The check before publishing: each contradiction is named, and its finding goes with its cause."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.meetings.models import Status as MeetingStatus
from apps.metrics.findings import CHECKS, findings
from apps.metrics.publishing import waive
from apps.outcomes.models import Offer, Status
from tests.clock import NOW
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outcomes.factories import NoOfferConfirmationFactory, OfferFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, StudentFactory

pytestmark = pytest.mark.django_db

DAY = date(2025, 10, 10)


@pytest.fixture
def term(term, cohort, counselor):
    cohort.counselors.add(counselor)
    return term


@pytest.fixture
def contact(cohort):
    return ContactFactory(student=EnrolmentFactory(cohort=cohort).student)


def offer(contact, **details):
    details = {"received_on": DAY, "organization": "Harbor", "status": Status.DECLINED, **details}
    return OfferFactory(contact=contact, **details)


def kinds(term, now=NOW):
    return [finding.key.split(":")[0] for finding in findings(term, now)]


def accepted(contact, **more):
    return offer(contact, status=Status.ACCEPTED, accepted_on=DAY, **more)


def plant_accepted_twice(contact, cohort):
    accepted(contact, kind="job")
    second = accepted(contact, kind="job", organization="Quay")
    return lambda: second.delete()


def plant_in_the_future(contact, cohort):
    late = offer(contact, received_on=NOW.date() + timedelta(days=2))
    return lambda: late.delete()


def plant_without_organization(contact, cohort):
    nameless = offer(contact, organization="")
    return lambda: nameless.delete()


def plant_conversation_after_offer(contact, cohort):
    offer(contact)
    later = MeetingFactory(contact=contact, held=True, starts_at=NOW - timedelta(days=1))
    return lambda: later.delete()


def plant_offer_after_withdrawal(contact, cohort):
    offer(contact)
    enrolment = contact.student.enrolments.get()
    enrolment.withdrawn_on = DAY - timedelta(days=1)
    enrolment.save()

    def mend():
        enrolment.withdrawn_on = None
        enrolment.save()

    return mend


def plant_none_and_some(contact, cohort):
    offer(contact)
    said = NoOfferConfirmationFactory(student=contact.student, term=cohort.term)
    return lambda: said.delete()


def plant_still_open(contact, cohort):
    waiting = offer(contact, status=Status.OPEN)
    return lambda: waiting.delete()


def plant_unheard_of(contact, cohort):
    meeting = MeetingFactory(
        contact=contact, status=MeetingStatus.SCHEDULED, starts_at=NOW - timedelta(days=3)
    )
    return lambda: meeting.delete()


def plant_held_in_the_future(contact, cohort):
    early = MeetingFactory(contact=contact, held=True, starts_at=NOW + timedelta(days=3))
    return lambda: early.delete()


def plant_nobody_in_charge(contact, cohort):
    other = CohortFactory(term=cohort.term)
    return lambda: other.delete()


def plant_one_address_twice(contact, cohort):
    address = {"email": "lin@hartwell.example"}
    EnrolmentFactory(cohort=cohort, student=StudentFactory(**address))
    twin = EnrolmentFactory(cohort=cohort, student=StudentFactory(email="Lin@hartwell.example"))
    return lambda: twin.delete()


def plant_one_id_twice(contact, cohort):
    EnrolmentFactory(cohort=cohort, student__student_id="S25-0007")
    twin = EnrolmentFactory(cohort=cohort, student__student_id="s250007")
    return lambda: twin.delete()


@pytest.mark.parametrize("kind", CHECKS)
def test_names_each_contradiction_until_it_is_mended(term, cohort, contact, kind):
    after_the_close = NOW + timedelta(days=400)
    now = after_the_close if kind == "still-open" else NOW
    assert kinds(term, now) == []
    mend = globals()[f"plant_{kind.replace('-', '_')}"](contact, cohort)
    assert kinds(term, now) == [kind]
    mend()
    assert kinds(term, now) == []


def test_leads_to_where_it_can_be_mended(term, contact, administrator_client):
    offer(contact, organization="")
    [finding] = findings(term, NOW)
    assert administrator_client.get(finding.link).status_code == 200


def test_puts_what_is_waived_last_and_keeps_its_reason(term, contact):
    first, second = offer(contact, organization=""), offer(contact, organization="")
    key = f"without-organization:{first.pk}"
    waive(term=term, finding=key, reason="Not to be named.", by=None, now=NOW)
    found = findings(term, NOW)
    assert [(f.key.split(":")[1], f.is_waived) for f in found] == [
        (str(second.pk), False),
        (str(first.pk), True),
    ]
    assert found[1].reason == "Not to be named."


def test_takes_no_interest_in_another_term(term, contact):
    offer(contact, organization="", received_on=term.starts_on - timedelta(days=1))
    assert findings(term, NOW) == []


def test_an_offer_through_somebody_never_met_is_no_contradiction(term, contact):
    offer(contact)
    assert findings(term, NOW) == []


def test_a_class_whose_only_counselor_has_left_has_nobody_in_charge(term, cohort, counselor):
    counselor.is_active = False
    counselor.save()
    assert kinds(term) == ["nobody-in-charge"]


def test_names_all_that_is_wrong_with_a_broken_term(term, cohort):
    """Each contradiction is planted once, in a student of its own."""
    after_the_close = NOW + timedelta(days=400)
    for kind in CHECKS:
        who = ContactFactory(student=EnrolmentFactory(cohort=cohort).student)
        globals()[f"plant_{kind.replace('-', '_')}"](who, cohort)
    never_after_the_close = {"in-the-future", "held-in-the-future"}  # those days have passed then
    assert sorted(kinds(term, after_the_close)) == sorted(set(CHECKS) - never_after_the_close)
    assert set(kinds(term, NOW)) == set(CHECKS) - {"still-open"}


@pytest.mark.parametrize("missing", [{"received_on": None}, {"accepted_on": None}])
def test_an_offer_without_its_date_cannot_be(term, contact, missing):
    offered = accepted(contact)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offered.pk).update(**missing)
