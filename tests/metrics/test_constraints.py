import pytest

from apps.metrics.models import (
    FileFormat,
    Publication,
    Release,
    ReportFile,
    ReportSnapshot,
    Waiver,
)
from apps.metrics.report import DEFINITIONS
from tests.clock import NOW
from tests.constraints import refused_by
from tests.metrics.factories import (
    PublicationFactory,
    ReleaseFactory,
    ReleaseFileFactory,
    ReportFileFactory,
    ReportSnapshotFactory,
    WaiverFactory,
)
from tests.students.factories import TermFactory

pytestmark = pytest.mark.django_db


def test_keeps_one_report_of_a_term_a_cohort_and_a_version(cohort):
    of_term = ReportSnapshotFactory(term=cohort.term)
    ReportSnapshotFactory(term=cohort.term, cohort=cohort)
    ReportSnapshotFactory(term=cohort.term, definitions=DEFINITIONS + 1)
    ReportSnapshotFactory(term=cohort.term, program="")
    ReportSnapshotFactory(term=cohort.term, audience="shareable")
    with refused_by("metrics_reportsnapshot_one_per_scope"):
        ReportSnapshotFactory(term=of_term.term)
    with refused_by("metrics_reportsnapshot_one_per_scope"):
        ReportSnapshotFactory(term=of_term.term, cohort=cohort)


@pytest.mark.parametrize(
    ("is_computed", "values"),
    [(False, {"report": {}}), (False, {"computed_at": NOW}), (True, {"report": None})],
)
def test_has_a_report_and_its_time_together(is_computed, values):
    snapshot = ReportSnapshotFactory(computed=is_computed)
    with refused_by("metrics_reportsnapshot_computed_or_not"):
        ReportSnapshot.objects.filter(pk=snapshot.pk).update(**values)


def test_is_computed_for_an_audience_that_there_is():
    with refused_by("metrics_reportsnapshot_audience_is_known"):
        ReportSnapshotFactory(audience="press")


def test_is_released_to_an_audience_that_there_is():
    with refused_by("metrics_release_audience_is_known"):
        ReleaseFactory(audience="press")


@pytest.mark.parametrize("values", [{"withdrawn_at": NOW}, {"withdrawn_reason": "A class is new."}])
def test_is_withdrawn_with_a_reason(values):
    release = ReleaseFactory()
    with refused_by("metrics_release_withdrawn_with_a_reason"):
        Release.objects.filter(pk=release.pk).update(**values)


def test_keeps_one_file_of_each_format():
    file = ReleaseFileFactory()
    ReleaseFileFactory(release=file.release, format=FileFormat.PDF)
    with refused_by("metrics_releasefile_one_of_each_format"):
        ReleaseFileFactory(release=file.release)
    with refused_by("metrics_releasefile_format_is_known"):
        ReleaseFileFactory(release=file.release, format="docx")


def test_waives_a_finding_once_a_term_and_with_a_reason():
    waiver = WaiverFactory()
    WaiverFactory(finding=waiver.finding, term=TermFactory(finished=True))
    with refused_by("metrics_waiver_once"):
        WaiverFactory(finding=waiver.finding, term=waiver.term)
    with refused_by("metrics_waiver_gives_a_reason"):
        Waiver.objects.filter(pk=waiver.pk).update(reason="")


def test_waits_once_for_the_same_report(cohort):
    waiting = PublicationFactory(term=cohort.term)
    PublicationFactory(term=cohort.term, done=True)
    PublicationFactory(term=cohort.term, cohort=cohort)
    with refused_by("metrics_publication_waits_once"):
        PublicationFactory(term=waiting.term)
    with refused_by("metrics_publication_audience_is_known"):
        PublicationFactory(term=cohort.term, audience="press")


def test_waits_once_for_the_same_file(cohort):
    waiting = ReportFileFactory(term=cohort.term)
    ReportFileFactory(term=cohort.term, asked_by=waiting.asked_by, done=True)
    ReportFileFactory(term=cohort.term, asked_by=waiting.asked_by, cohort=cohort)
    ReportFileFactory(term=cohort.term)
    with refused_by("metrics_reportfile_waits_once"):
        ReportFileFactory(term=cohort.term, asked_by=waiting.asked_by)
    with refused_by("metrics_reportfile_format_is_known"):
        ReportFileFactory(term=cohort.term, format="docx")


@pytest.mark.parametrize("values", [{"done_at": NOW}, {"problem": "No."}, {"content": b"a"}])
def test_ends_a_wish_for_a_file_with_it_or_a_reason(values):
    file = ReportFileFactory()
    with refused_by("metrics_reportfile_ends_with_content_or_a_reason"):
        ReportFile.objects.filter(pk=file.pk).update(**values)


@pytest.mark.parametrize("values", [{"done_at": NOW}, {"problem": "No."}])
def test_ends_with_a_release_or_a_reason(values):
    publication = PublicationFactory()
    with refused_by("metrics_publication_ends_with_a_release_or_a_reason"):
        Publication.objects.filter(pk=publication.pk).update(**values)
