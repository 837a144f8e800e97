from datetime import timedelta

import pytest
from django.db import connection

from apps.metrics import actions, tasks
from apps.metrics.models import Audience, ReportSnapshot
from apps.metrics.scope import Scope
from tests.clock import NOW
from tests.metrics.factories import ReportSnapshotFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, TermFactory

pytestmark = pytest.mark.django_db


def test_asks_for_one_report_however_often(term, cohort):
    first = actions.request_report(term=term, now=NOW)
    again = actions.request_report(term=term, now=NOW + timedelta(hours=1))
    assert first.pk == again.pk
    assert again.requested_at == NOW + timedelta(hours=1)
    for other in ({"scope": Scope(cohort.pk)}, {"audience": Audience.SHAREABLE}):
        assert actions.request_report(term=term, now=NOW, **other).pk != first.pk


def test_asks_for_the_term_for_both_audiences_and_each_of_its_cohorts(term, cohort, other_cohort):
    CohortFactory()
    actions.request_reports(term=term, now=NOW)
    assert set(ReportSnapshot.objects.values_list("term", "cohort", "audience")) == {
        (term.pk, None, "internal"),
        (term.pk, None, "shareable"),
        (term.pk, cohort.pk, "internal"),
        (term.pk, other_cohort.pk, "internal"),
    }


def test_asks_again_for_every_part_that_was_asked_for_before(term, now):
    part = ReportSnapshotFactory(
        term=term, program="Design", computed=True, requested_at=NOW - timedelta(days=1)
    )
    tasks.request_nightly_reports()
    part.refresh_from_db()
    assert part.is_waiting


def test_asks_for_the_cohort_of_the_same_name_in_other_terms(cohort):
    before, elsewhere = TermFactory(finished=True), TermFactory()
    same = CohortFactory(term=before, name=cohort.name)
    asked = actions.request_beside(
        terms=[before, elsewhere], scope=Scope(cohort.pk), audience=Audience.INTERNAL, now=NOW
    )
    assert [(snapshot.term, snapshot.cohort) for snapshot in asked] == [(before, same)]


def test_stores_the_shareable_report_of_a_part_as_asked(term, cohort):
    EnrolmentFactory(cohort=cohort, program="Design")
    snapshot = actions.request_report(
        term=term, scope=Scope(program="Design"), audience=Audience.SHAREABLE, now=NOW
    )
    actions.compute_report(snapshot_id=snapshot.pk, now=NOW)
    snapshot.refresh_from_db()
    assert (snapshot.report["audience"], snapshot.report["program"]) == ("shareable", "Design")
    assert "paths" not in snapshot.report


def test_leaves_a_report_to_the_worker_that_computes_it(term):
    snapshot = actions.request_report(term=term, now=NOW)
    key = [actions.COMPUTING, snapshot.pk]
    elsewhere = connection.copy()
    try:
        with elsewhere.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", key)
        assert not actions.compute_report(snapshot_id=snapshot.pk, now=NOW)
    finally:
        elsewhere.close()
    assert ReportSnapshot.objects.waiting().exists()


def test_computes_first_what_somebody_asked_for_last(term, now, monkeypatch):
    night = ReportSnapshotFactory(requested_at=NOW - timedelta(hours=2))
    person = ReportSnapshotFactory(requested_at=NOW)
    turns = []
    monkeypatch.setattr(tasks, "compute_report", turns.append)
    tasks.compute_requested_reports()
    assert turns == [person.pk, night.pk]


def test_stores_what_it_computed(term, cohort):
    EnrolmentFactory(cohort=cohort)
    snapshot = actions.request_report(term=term, now=NOW)
    assert snapshot.is_waiting
    assert actions.compute_report(snapshot_id=snapshot.pk, now=NOW)
    snapshot.refresh_from_db()
    assert not snapshot.is_waiting
    assert snapshot.computed_at == NOW
    assert snapshot.report["population"]["enrolled"] == 1
    assert snapshot.report["as_of"] == NOW.isoformat()


def test_keeps_the_later_of_two_results(term, cohort):
    snapshot = actions.request_report(term=term, now=NOW)
    assert actions.compute_report(snapshot_id=snapshot.pk, now=NOW + timedelta(minutes=1))
    EnrolmentFactory(cohort=cohort)
    assert not actions.compute_report(snapshot_id=snapshot.pk, now=NOW)
    snapshot.refresh_from_db()
    assert snapshot.report["population"]["enrolled"] == 0


def test_computes_what_waits_and_nothing_else(term, now):
    waiting = ReportSnapshotFactory(term=term)
    done = ReportSnapshotFactory(computed=True, requested_at=NOW - timedelta(hours=1))
    tasks.compute_requested_reports()
    waiting.refresh_from_db()
    assert waiting.computed_at == NOW
    done.refresh_from_db()
    assert done.computed_at == NOW - timedelta(hours=1)
    assert not ReportSnapshot.objects.waiting().exists()


def test_goes_on_after_a_report_that_cannot_be_computed(term, now, monkeypatch):
    broken, sound = ReportSnapshotFactory(), ReportSnapshotFactory()
    compute = actions.compute_report

    def compute_unless_broken(*, snapshot_id, now):
        if snapshot_id == broken.pk:
            raise RuntimeError("a cycle in the contacts")
        return compute(snapshot_id=snapshot_id, now=now)

    monkeypatch.setattr(actions, "compute_report", compute_unless_broken)
    tasks.compute_requested_reports()
    assert list(ReportSnapshot.objects.waiting()) == [broken]
    sound.refresh_from_db()
    assert sound.computed_at == NOW


def test_refreshes_every_term_at_night(now):
    terms = {TermFactory().pk, TermFactory(finished=True).pk}
    tasks.request_nightly_reports()
    assert set(ReportSnapshot.objects.waiting().values_list("term", flat=True)) == terms
    tasks.compute_requested_reports()
    assert not ReportSnapshot.objects.waiting().exists()


def test_computes_the_same_report_twice_without_harm(now):
    snapshot = ReportSnapshotFactory()
    actions.compute_report(snapshot_id=snapshot.pk, now=NOW)
    assert not actions.compute_report(snapshot_id=snapshot.pk, now=NOW)
    snapshot.refresh_from_db()
    assert snapshot.computed_at == NOW
