"""An administrator waives a finding, publishes, downloads, verifies and withdraws."""

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.metrics.models import Publication, Release, ReleaseFile
from apps.metrics.publications import publish_what_was_asked
from apps.outcomes.models import Status
from tests.accounts.factories import UserFactory
from tests.clock import NOW
from tests.contacts.factories import ContactFactory
from tests.journeys.test_semester import sign_in
from tests.meetings.factories import MeetingFactory
from tests.outcomes.factories import OfferFactory
from tests.students.factories import CohortFactory, EnrolmentFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]


@pytest.mark.parametrize("width", [1280, 390])
def test_leads_from_a_finding_to_a_release_and_its_withdrawal(width, live_server, open_page, look):
    administrator = UserFactory(administrator=True, full_name="Jonas Feld")
    cohort = CohortFactory(counselors=[UserFactory(counselor=True)])
    for _ in range(12):
        contact = ContactFactory(
            student=EnrolmentFactory(cohort=cohort).student, listed_on=date(2025, 9, 1)
        )
        MeetingFactory(contact=contact, held=True, starts_at=NOW - timedelta(days=20))
    OfferFactory(
        contact=contact, received_on=date(2025, 10, 10), organization="", status=Status.DECLINED
    )
    base, page = live_server.url, open_page(width)
    sign_in(page, base, administrator.email)
    page.goto(f"{base}/outcomes/{cohort.term.code}/releases/")
    page.get_by_role("link", name="Check and publish").click()
    expect(page.get_by_text("names no organization").first).to_be_visible()
    look(page, "publish-findings")
    page.get_by_text("Waive it").click()
    page.get_by_label("Why this may stand").fill("The student may not name it.")
    page.get_by_role("button", name="Waive with this reason").click()
    expect(page.get_by_text("Nothing is open.")).to_be_visible()
    page.get_by_label("Internal").check()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Waiting for a worker.")).to_be_visible()
    look(page, "publish-waiting")
    publish_what_was_asked(publication_id=Publication.objects.get().pk, now=timezone.now())
    page.get_by_role("link", name="See release").click()
    expect(page.get_by_text("The student may not name it.").first).to_be_visible()
    look(page, "release")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    got = Path(download.value.path()).read_bytes()
    assert hashlib.sha256(got).hexdigest() == ReleaseFile.objects.get(format="csv").sha256
    page.get_by_role("link", name="Verify the checksums").click()
    expect(page.get_by_text("This is what was published.")).to_be_visible()
    contact.meetings.update(is_ready=True)
    page.get_by_role("link", name="Frozen against live").click()
    expect(page.get_by_role("row", name="changed")).not_to_have_count(0)
    look(page, "release-changes")
    page.goto(f"{base}/outcomes/releases/{Release.objects.get().pk}/")
    page.get_by_label("Why").fill("A class was missing.")
    page.get_by_role("button", name="Withdraw this release").click()
    expect(page.get_by_text("Withdrawn. It stays readable")).to_be_visible()
    look(page, "release-withdrawn")
    page.goto(f"{base}/outcomes/{cohort.term.code}/releases/")
    look(page, "release-list")
