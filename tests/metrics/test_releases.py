"""The pages of publishing: waive with a reason, publish, download, verify, withdraw, compare."""

import hashlib
from datetime import date, timedelta

import pytest

from apps.meetings.models import Meeting
from apps.metrics.models import Audience, Publication, Release, Waiver
from apps.metrics.publications import publish_what_was_asked
from apps.metrics.publishing import publish_report
from apps.metrics.scope import WHOLE_TERM, Scope
from apps.outcomes.models import Offer, Status
from tests.clock import NOW
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outcomes.factories import OfferFactory
from tests.students.factories import TermFactory

pytestmark = pytest.mark.django_db


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def offer(ana, term):
    contact = ContactFactory(student=ana, listed_on=date(2025, 9, 1))
    MeetingFactory(contact=contact, held=True, starts_at=NOW - timedelta(days=30))
    return OfferFactory(
        contact=contact, received_on=date(2025, 10, 10), organization="", status=Status.DECLINED
    )


def publish(term, *, audience=Audience.INTERNAL, scope=WHOLE_TERM):
    Offer.objects.filter(organization="").update(organization="Harbor")
    return publish_report(term=term, scope=scope, audience=audience, by=None, now=NOW)


def test_names_each_finding_with_its_link_and_waits(administrator_client, term, offer):
    page = text_of(administrator_client.get(f"/outcomes/{term.code}/check/"))
    assert "names no organization" in page
    assert f"/outcomes/{term.code}/paths/{offer.pk}/" in page
    refused = administrator_client.post(f"/outcomes/{term.code}/publish/", {"audience": "internal"})
    assert "mend or waive each open finding first" in text_of(refused)
    assert not Publication.objects.exists()


def test_waives_with_a_reason_only(administrator_client, term, offer):
    url, key = f"/outcomes/{term.code}/check/waive/", f"without-organization:{offer.pk}"
    assert "Say why" in text_of(administrator_client.post(url, {"finding": key, "reason": " "}))
    assert not Waiver.objects.exists()
    page = administrator_client.post(url, {"finding": key, "reason": "Secret."}, follow=True)
    assert "Secret." in text_of(page)
    gone = administrator_client.post(url, {"finding": "made-up:1", "reason": "No."}, follow=True)
    assert "mended already" in text_of(gone)
    assert Waiver.objects.get().finding == key


def test_publishes_in_a_worker_what_was_asked_for(
    administrator_client, administrator, term, cohort, other_cohort, ana
):
    form = {"audience": "shareable", "cohort": cohort.pk, "program": "any", "class_year": "any"}
    with_findings = administrator_client.post(f"/outcomes/{term.code}/publish/", form)
    wish = Publication.objects.get()
    assert with_findings.url == f"/outcomes/publications/{wish.pk}/"
    administrator_client.post(f"/outcomes/{term.code}/publish/", form)
    assert Publication.objects.count() == 1
    state = f"/outcomes/publications/{wish.pk}/state/"
    assert "Waiting for a worker" in text_of(administrator_client.get(state))
    assert publish_what_was_asked(publication_id=wish.pk, now=NOW)
    assert administrator_client.get(state)["HX-Refresh"] == "true"
    release = Release.objects.get()
    assert (release.scope, release.audience) == (Scope(cohort.pk), "shareable")
    assert release.published_by == administrator
    assert f"See release {release.pk}" in text_of(administrator_client.get(with_findings.url))


def test_refuses_a_comparison_that_there_is_not(administrator_client, term, cohort):
    other = TermFactory(finished=True)
    form = {"audience": "internal", "cohort": cohort.pk, "compare": other.code}
    page = text_of(administrator_client.post(f"/outcomes/{term.code}/publish/", form))
    assert "has no class called" in page
    assert not Publication.objects.exists()


def test_gives_the_bytes_that_were_published(administrator_client, term, offer):
    release = publish(term)
    for file in release.files.all():
        url = f"/outcomes/releases/{release.pk}/files/{file.format}/"
        answer = administrator_client.get(url)
        assert hashlib.sha256(answer.content).hexdigest() == file.sha256
        assert answer["ETag"] == f'"{file.sha256}"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"].startswith("attachment; filename=")
        again = administrator_client.get(url, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert (
        administrator_client.get(f"/outcomes/releases/{release.pk}/files/exe/").status_code == 404
    )


def test_verifies_and_withdraws_in_the_open(administrator_client, term, offer):
    release = publish(term)
    url = f"/outcomes/releases/{release.pk}/"
    page = text_of(administrator_client.get(f"{url}?verify"))
    assert "This is what was published" in page
    assert release.checksum in page
    assert "Say why" in text_of(administrator_client.post(f"{url}withdraw/", {"reason": ""}))
    administrator_client.post(f"{url}withdraw/", {"reason": "A class was missing."})
    page = text_of(administrator_client.get(url))
    assert "A class was missing." in page
    assert "Withdraw this release" not in page
    assert "Withdrawn" in text_of(administrator_client.get(f"/outcomes/{term.code}/releases/"))


def test_draws_hidden_figures_in_words(administrator_client, term, offer):
    release = publish(term, audience=Audience.SHAREABLE)
    page = text_of(administrator_client.get(f"/outcomes/releases/{release.pk}/"))
    assert "hidden (fewer than 10)" in page


def test_names_the_student_of_a_changed_row_in_an_internal_release_only(
    administrator_client, ana, term, offer
):
    internal, shareable = publish(term), publish(term, audience=Audience.SHAREABLE)
    Meeting.objects.update(is_ready=True)
    page = text_of(administrator_client.get(f"/outcomes/releases/{internal.pk}/changes/"))
    assert ana.name in page
    assert "changed" in page
    page = text_of(administrator_client.get(f"/outcomes/releases/{shareable.pk}/changes/"))
    assert ana.name not in page
    assert "single rows are not named here" in page


def test_shows_a_counselor_own_classes_and_what_is_shareable(
    counselor_client, term, cohort, other_cohort, offer
):
    own = publish(term, scope=Scope(cohort.pk))
    theirs = publish(term, scope=Scope(other_cohort.pk))
    whole, shareable = publish(term), publish(term, audience=Audience.SHAREABLE)
    page = text_of(counselor_client.get(f"/outcomes/{term.code}/releases/"))
    seen = {r.pk for r in (own, theirs, whole, shareable) if f"Release {r.pk}<" in page}
    assert seen == {own.pk, shareable.pk}
    assert "Check and publish" not in page
