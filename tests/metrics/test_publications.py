"""A wish to publish: one release of it whatever happens to the workers, or a reason in words."""

import threading
from datetime import date

import pytest
from django.db import connection

from apps.metrics import publications
from apps.metrics.alone import MOST_TRIES
from apps.metrics.models import Audience, Publication, Release
from apps.metrics.publications import ask_to_publish, publish_what_was_asked
from apps.metrics.scope import WHOLE_TERM
from apps.metrics.tasks import publish_requested_reports
from apps.outcomes.models import Status
from tests.clock import NOW
from tests.contacts.factories import ContactFactory
from tests.metrics.factories import PublicationFactory
from tests.outcomes.factories import OfferFactory


def wish_for(term):
    return ask_to_publish(
        term=term,
        scope=WHOLE_TERM,
        audience=Audience.INTERNAL,
        compare_to=None,
        by=None,
        now=NOW,
    )


@pytest.mark.django_db
def test_makes_one_release_however_often_it_is_swept(cohort):
    wish = wish_for(cohort.term)
    assert wish_for(cohort.term) == wish
    assert publish_what_was_asked(publication_id=wish.pk, now=NOW)
    assert not publish_what_was_asked(publication_id=wish.pk, now=NOW)
    assert Publication.objects.get().release == Release.objects.get()


@pytest.mark.django_db(transaction=True)
def test_makes_one_release_when_swept_at_once(cohort):
    wish = wish_for(cohort.term)
    ended = []

    def run():
        try:
            ended.append(publish_what_was_asked(publication_id=wish.pk, now=NOW))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == [False, False, True]
    assert Release.objects.count() == 1


@pytest.mark.django_db
def test_says_in_words_what_it_waits_for(cohort, ana):
    wish = wish_for(cohort.term)
    contact = ContactFactory(student=ana)
    OfferFactory(
        contact=contact, received_on=date(2025, 10, 1), organization="", status=Status.DECLINED
    )
    publish_what_was_asked(publication_id=wish.pk, now=NOW)
    wish.refresh_from_db()
    assert wish.problem == "1 finding is neither mended nor waived."
    assert not Release.objects.exists()


@pytest.mark.django_db
def test_one_that_breaks_is_tried_a_few_times_and_holds_up_nobody(cohort, monkeypatch):
    bad, good = (
        PublicationFactory(term=cohort.term),
        PublicationFactory(cohort=cohort, term=cohort.term),
    )
    real = publications.publish_report

    def breaks(**report):
        if report["scope"].is_whole_term:
            raise RuntimeError
        return real(**report)

    monkeypatch.setattr(publications, "publish_report", breaks)
    for _ in range(MOST_TRIES + 1):
        publish_requested_reports()
    bad.refresh_from_db()
    good.refresh_from_db()
    assert "Something on our side broke" in bad.problem
    assert good.release is not None
    assert good.tries == 1
