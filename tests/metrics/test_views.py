from datetime import timedelta

import pytest

from apps.metrics.models import ReportSnapshot
from tests.clock import NOW
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.metrics.factories import ReportSnapshotFactory
from tests.outcomes.factories import OfferFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, TermFactory


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def offer(ana):
    contact = ContactFactory(student=ana, name="Dana Whitfield")
    friend = ContactFactory(student=ana, name="Ruth Adeyemi", introduced_by=contact)
    MeetingFactory(contact=contact, held=True, starts_at=NOW - timedelta(days=30))
    return OfferFactory(contact=friend, organization="Tern Outdoor")


def test_leads_to_the_latest_term_that_has_begun(administrator_client, term):
    TermFactory(finished=True)
    response = administrator_client.get("/outcomes/")
    assert response.url == f"/outcomes/{term.code}/"


def test_explains_an_installation_without_terms(administrator_client):
    assert "No term to report on yet" in text_of(administrator_client.get("/outcomes/"))


def test_offers_to_compute_a_report_that_was_never_asked_for(administrator_client, term):
    page = text_of(administrator_client.get(f"/outcomes/{term.code}/"))
    assert "Compute it now" in page
    assert not ReportSnapshot.objects.exists()


def test_asks_for_fresh_figures_and_says_that_they_come(administrator_client, term):
    page = administrator_client.post(f"/outcomes/{term.code}/refresh/", follow=True)
    assert "Fresh figures are on their way" in text_of(page)
    assert ReportSnapshot.objects.get().requested_at == NOW


def test_tells_a_waiting_page_when_to_load_again(administrator_client, term):
    url = f"/outcomes/{term.code}/state/"
    snapshot = ReportSnapshotFactory(term=term)
    assert "being computed" in text_of(administrator_client.get(url))
    snapshot.computed_at, snapshot.report = NOW, {}
    snapshot.save()
    assert administrator_client.get(url)["HX-Refresh"] == "true"


def test_shows_the_stored_figures_with_counts_and_intervals(administrator_client, term, offer, ben):
    ReportSnapshotFactory(term=term, computed=True)
    page = text_of(administrator_client.get(f"/outcomes/{term.code}/"))
    assert "1 of 2</span> students have so far received a job or internship offer" in page
    assert "50.0 %, 95 % CI 9.5–90.5" in page
    assert "Dana Whitfield" in page
    assert "Tern Outdoor" in page


def test_shows_what_was_computed_and_not_what_came_since(administrator_client, term, offer):
    ReportSnapshotFactory(term=term, computed=True)
    offer.delete()
    page = text_of(administrator_client.get(f"/outcomes/{term.code}/"))
    assert "1 of 1</span> students" in page
    assert "changed since" in page


def test_makes_no_claim_of_a_change_when_zero_lies_inside(
    administrator_client, term, cohort, offer
):
    before = TermFactory(finished=True, name="Spring before")
    ReportSnapshotFactory(term=term, computed=True)
    ReportSnapshotFactory(term=before, computed=True)
    page = text_of(administrator_client.get(f"/outcomes/{term.code}/"))
    assert "nobody to count, so there is no difference" in page


def test_traces_an_offer_back_to_its_conversation(counselor_client, term, offer):
    page = text_of(counselor_client.get(f"/outcomes/{term.code}/paths/{offer.pk}/"))
    assert page.index("Conversation with Dana Whitfield") < page.index("Introduced to Ruth Adeyemi")
    assert "Internship offer from Tern Outdoor" in page


def test_says_plainly_when_an_offer_came_from_elsewhere(counselor_client, term, ana):
    offer = OfferFactory(student=ana, contact=None)
    page = text_of(counselor_client.get(f"/outcomes/{term.code}/paths/{offer.pk}/"))
    assert "That is an equal and frequent case" in page


def test_shows_a_counselor_the_own_cohort_unasked_and_no_other(
    counselor_client, term, cohort, other_cohort
):
    ReportSnapshotFactory(term=term, cohort=cohort, computed=True)
    url = f"/outcomes/{term.code}/"
    assert cohort.name in text_of(counselor_client.get(url))
    assert counselor_client.get(url, {"cohort": other_cohort.pk}).status_code == 404
    assert counselor_client.get(url, {"cohort": "9" * 30}).status_code == 200
    refresh = counselor_client.post(f"{url}refresh/", {"cohort": other_cohort.pk})
    assert refresh.status_code == 404


def test_lists_only_the_classes_that_a_counselor_looks_after(
    counselor_client, cohort, other_cohort, counselor
):
    old = CohortFactory(term=TermFactory(finished=True), counselors=[counselor], name="Old one")
    page = text_of(counselor_client.get("/classes/"))
    assert cohort.name in page
    assert page.index(cohort.name) < page.index(old.name)
    assert f"/classes/{other_cohort.pk}/" not in page


def test_shows_a_class_with_everybody_in_it(counselor_client, cohort, ana, ben):
    page = text_of(counselor_client.get(f"/classes/{cohort.pk}/"))
    assert ana.name in page
    assert ben.name not in page
    assert "Offers are not shown here." in page


def test_says_that_a_term_is_still_open_and_claims_nothing_about_it(
    administrator_client, term, offer
):
    before = TermFactory(finished=True)
    EnrolmentFactory(cohort__term=before)
    for snapshot_of in (term, before):
        ReportSnapshotFactory(term=snapshot_of, computed=True)
    page = text_of(administrator_client.get(f"/outcomes/{term.code}/"))
    assert "have so far received" in page
    assert "this says nothing about the terms as a whole" in page
    page = text_of(administrator_client.get(f"/outcomes/{before.code}/"))
    assert "students received a job or internship offer" in page
