import pytest

from apps.metrics.models import ReportSnapshot
from apps.metrics.report import DEFINITIONS
from tests.clock import NOW
from tests.constraints import refused_by
from tests.metrics.factories import ReportSnapshotFactory

pytestmark = pytest.mark.django_db


def test_keeps_one_report_of_a_term_a_cohort_and_a_version(cohort):
    of_term = ReportSnapshotFactory(term=cohort.term)
    ReportSnapshotFactory(term=cohort.term, cohort=cohort)
    ReportSnapshotFactory(term=cohort.term, definitions=DEFINITIONS + 1)
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
