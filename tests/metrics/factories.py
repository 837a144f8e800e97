from factory import LazyAttribute, SelfAttribute, SubFactory, Trait
from factory.django import DjangoModelFactory

from apps.metrics.models import ReportSnapshot
from apps.metrics.report import DEFINITIONS
from apps.metrics.scope import Scope
from apps.metrics.semester import semester_report
from tests.clock import NOW
from tests.students.factories import TermFactory


class ReportSnapshotFactory(DjangoModelFactory[ReportSnapshot]):
    """A report of a whole term that was asked for; `computed` holds what the rows of now say."""

    class Meta:
        model = ReportSnapshot

    class Params:
        computed = Trait(
            computed_at=SelfAttribute("requested_at"),
            report=LazyAttribute(
                lambda snapshot: semester_report(
                    term=snapshot.term,
                    scope=Scope(snapshot.cohort and snapshot.cohort.pk),
                    now=snapshot.requested_at,
                )
            ),
        )

    term = SubFactory(TermFactory)
    cohort = None
    definitions = DEFINITIONS
    requested_at = NOW
