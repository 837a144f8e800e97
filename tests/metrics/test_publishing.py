"""Publishing a report: it waits for what is wrong, stays as it is, and says what changed since."""

import threading
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection

from apps.meetings.models import Meeting
from apps.metrics.models import Audience, FileFormat, Release, ReleaseFile
from apps.metrics.publishing import (
    NotReady,
    changed_since,
    publish_report,
    verify,
    waive,
    withdraw,
)
from apps.metrics.scope import WHOLE_TERM, Scope
from apps.outcomes.models import Offer
from tests.clock import NOW
from tests.constraints import refused_by
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outcomes.factories import OfferFactory
from tests.students.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=400)


@pytest.fixture
def term(term, cohort, counselor):
    cohort.counselors.add(counselor)
    return term


@pytest.fixture
def class_of_30(cohort):
    """Thirty students, each with a held conversation, twelve of them with an offer."""
    for number in range(30):
        student = EnrolmentFactory(cohort=cohort).student
        contact = ContactFactory(student=student, listed_on=date(2025, 9, 1))
        MeetingFactory(contact=contact, held=True, starts_at=NOW - timedelta(days=20))
        if number < 12:
            OfferFactory(contact=contact, received_on=date(2025, 10, 10), organization="Harbor")


def publish(term, *, audience=Audience.INTERNAL, scope=WHOLE_TERM, now=NOW):
    return publish_report(term=term, scope=scope, audience=audience, by=None, now=now)


def run_sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_freezes_the_figures_with_a_file_of_each_format(term, class_of_30):
    release = publish(term)
    assert release.document["offer_rate"]["enrolled"]["k"] == 12
    assert {file.format for file in release.files.all()} == set(FileFormat)
    assert verify(release).is_sound


def test_stays_the_same_bytes_after_a_thousand_later_edits(term, class_of_30):
    """And the difference names exactly the rows that are counted otherwise now."""
    release = publish(term)
    before = {file.format: bytes(file.content) for file in release.files.all()}
    random = Random(7)
    meetings = list(Meeting.objects.order_by("pk"))
    touched = set()
    for _ in range(1000):
        meeting = random.choice(meetings)
        meeting.is_ready = not meeting.is_ready
        meeting.save(update_fields=["is_ready"])
        touched ^= {meeting.pk}
    gone = Offer.objects.order_by("pk").first()
    gone_key = gone.pk
    gone.delete()
    added = OfferFactory(
        contact=Offer.objects.order_by("pk").first().contact, received_on=date(2025, 10, 11)
    )

    again = Release.objects.get(pk=release.pk)
    assert {file.format: bytes(file.content) for file in again.files.all()} == before
    assert verify(again).is_sound
    found = {(change.kind, change.key, change.change) for change in changed_since(again)}
    assert found == {
        *(("meetings", key, "changed") for key in touched),
        ("offers", gone_key, "no longer counted"),
        ("offers", added.pk, "counted now"),
    }


def test_names_no_change_where_nothing_that_counts_has_changed(term, class_of_30):
    release = publish(term)
    Meeting.objects.update(place="Room 12")
    assert changed_since(release) == []


def test_notices_bytes_that_are_no_longer_what_was_published(term, class_of_30):
    """As somebody could change them who may switch off the database's own guard."""
    release = publish(term)
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    run_sql("ALTER TABLE metrics_releasefile DISABLE TRIGGER USER")
    run_sql("ALTER TABLE metrics_release DISABLE TRIGGER USER")
    ReleaseFile.objects.filter(release=release, format=FileFormat.CSV).update(content=b"other")
    other = {**release.document, "rescinded_only": 9}
    Release.objects.filter(pk=release.pk).update(document=other)
    damaged = verify(Release.objects.get(pk=release.pk)).damaged
    assert damaged == ["document", "csv"]


@pytest.mark.parametrize(
    "change",
    [
        lambda release: Release.objects.filter(pk=release.pk).update(threshold=11),
        lambda release: run_sql(f"DELETE FROM metrics_release WHERE id = {release.pk}"),
        lambda release: ReleaseFile.objects.filter(release=release).update(sha256="0" * 64),
        lambda release: ReleaseFile.objects.filter(release=release).delete(),
    ],
)
def test_the_database_refuses_to_rewrite_or_delete_it(term, class_of_30, change):
    release = publish(term)
    with refused_by("metrics_release_stays_as_published"):
        change(release)


def test_is_withdrawn_in_the_open_and_once(term, class_of_30):
    release = publish(term)
    withdrawn = withdraw(release=release, reason="A class was missing.", by=None, now=LATER)
    again = withdraw(release=withdrawn, reason="Another reason.", by=None, now=LATER)
    assert (again.withdrawn_at, again.withdrawn_reason) == (LATER, "A class was missing.")
    assert verify(again).is_sound
    with refused_by("metrics_release_stays_as_published"):
        Release.objects.filter(pk=release.pk).update(withdrawn_at=None, withdrawn_reason="")


def test_waits_until_a_finding_is_fixed_or_waived(term, class_of_30):
    Offer.objects.filter(pk=Offer.objects.order_by("pk").first().pk).update(organization="")
    with pytest.raises(NotReady) as refused:
        publish(term)
    [finding] = refused.value.findings
    assert "names no organization" in finding.words
    assert not Release.objects.exists()
    waive(term=term, finding=finding.key, reason="It is secret.", by=None, now=NOW)
    release = publish(term)
    assert release.waivers == [{"finding": finding.words, "reason": "It is secret."}]
    assert b"It is secret." not in bytes(release.files.get(format="json").content)


def test_names_nobody_in_a_shareable_release(term, class_of_30):
    Offer.objects.filter(pk=Offer.objects.order_by("pk").first().pk).update(organization="")
    with pytest.raises(NotReady) as refused:
        publish(term)
    [finding] = refused.value.findings
    waive(term=term, finding=finding.key, reason="It is secret.", by=None, now=NOW)
    release = publish(term, audience=Audience.SHAREABLE)
    assert release.waivers == [{"finding": "Without organization", "reason": "It is secret."}]
    assert "paths" not in release.document


def test_judges_a_release_by_those_before_it(term, class_of_30, cohort):
    """The section first, then the whole with six more students: their count would follow."""
    publish(term, audience=Audience.SHAREABLE, scope=Scope(cohort.pk))
    other = EnrolmentFactory(cohort__term=term, cohort__goal=12)
    other.cohort.counselors.set(cohort.counselors.all())
    EnrolmentFactory.create_batch(5, cohort=other.cohort)
    release = publish(term, audience=Audience.SHAREABLE)
    assert release.document["population"]["enrolled"] is None
    assert release.document["offer_rate"]["enrolled"]["hidden"] is True


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_made_one_after_the_other(term, class_of_30, cohort):
    """Each knows the other: together they show no more than one after the other would."""

    def run(scope):
        try:
            publish(term, audience=Audience.SHAREABLE, scope=scope)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=[scope]) for scope in (WHOLE_TERM, Scope(cohort.pk))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = Release.objects.order_by("pk")
    assert first.published_at == second.published_at
    assert {first.cohort_id, second.cohort_id} == {None, cohort.pk}
