import hashlib
from datetime import timedelta

from factory import LazyAttribute, SelfAttribute, SubFactory, Trait
from factory.django import DjangoModelFactory

from apps.metrics.facts import read_term
from apps.metrics.frozen import counted_rows, fingerprint
from apps.metrics.models import (
    Audience,
    FileFormat,
    Publication,
    Release,
    ReleaseFile,
    ReportFile,
    ReportOrder,
    ReportSnapshot,
    Waiver,
)
from apps.metrics.report import DEFINITIONS
from apps.metrics.scope import Scope
from apps.metrics.semester import semester_report
from tests.accounts.factories import UserFactory
from tests.clock import NOW
from tests.students.factories import TermFactory


class ReportSnapshotFactory(DjangoModelFactory[ReportSnapshot]):
    """A whole term's internal report, asked for; `computed` holds what the rows of now say."""

    class Meta:
        model = ReportSnapshot

    class Params:
        computed = Trait(
            computed_at=SelfAttribute("requested_at"),
            report=LazyAttribute(
                lambda snapshot: semester_report(
                    term=snapshot.term,
                    scope=Scope(
                        snapshot.cohort and snapshot.cohort.pk,
                        snapshot.program,
                        snapshot.class_year,
                    ),
                    audience=snapshot.audience,
                    now=snapshot.requested_at,
                )
            ),
        )

    term = SubFactory(TermFactory)
    cohort = None
    program = None
    class_year = None
    audience = Audience.INTERNAL
    definitions = DEFINITIONS
    requested_at = NOW


class ReleaseFactory(DjangoModelFactory[Release]):
    """The internal report of a whole term as published now, without its files."""

    class Meta:
        model = Release

    class Params:
        withdrawn = Trait(
            withdrawn_at=LazyAttribute(lambda release: release.published_at + timedelta(days=1)),
            withdrawn_by=SubFactory(UserFactory, administrator=True),
            withdrawn_reason="A class was missing.",
        )

    term = SubFactory(TermFactory)
    audience = Audience.INTERNAL
    definitions = DEFINITIONS
    threshold = 10
    document = LazyAttribute(
        lambda release: semester_report(term=release.term, now=release.published_at)
    )
    counted = LazyAttribute(lambda release: counted_rows(read_term(release.term)))
    inputs = LazyAttribute(lambda release: fingerprint(release.counted))
    published_at = NOW
    published_by = SubFactory(UserFactory, administrator=True)


class ReleaseFileFactory(DjangoModelFactory[ReleaseFile]):
    class Meta:
        model = ReleaseFile

    release = SubFactory(ReleaseFactory)
    format = FileFormat.CSV
    content = b"figure,k,n\r\n"
    sha256 = LazyAttribute(lambda file: hashlib.sha256(file.content).hexdigest())


class WaiverFactory(DjangoModelFactory[Waiver]):
    class Meta:
        model = Waiver

    term = SubFactory(TermFactory)
    finding = "without-organization:7"
    reason = "The student may not name it."
    waived_by = SubFactory(UserFactory, administrator=True)
    waived_at = NOW


class PublicationFactory(DjangoModelFactory[Publication]):
    """A wish to publish the report of a whole term, which waits for a worker."""

    class Meta:
        model = Publication

    class Params:
        done = Trait(
            done_at=SelfAttribute("asked_at"),
            release=SubFactory(ReleaseFactory, term=SelfAttribute("..term")),
        )
        refused = Trait(done_at=SelfAttribute("asked_at"), problem="1 finding is open.")

    term = SubFactory(TermFactory)
    audience = Audience.INTERNAL
    asked_by = SubFactory(UserFactory, administrator=True)
    asked_at = NOW


class ReportFileFactory(DjangoModelFactory[ReportFile]):
    """A wish for the report of a whole term as a file, which waits for a worker."""

    class Meta:
        model = ReportFile

    class Params:
        done = Trait(
            tries=1,
            done_at=SelfAttribute("asked_at"),
            name="2025-fall-internal.csv",
            content=b"table,label\n",
        )

    asked_by = SubFactory(UserFactory, administrator=True)
    term = SubFactory(TermFactory)
    format = FileFormat.CSV
    asked_at = NOW


class ReportOrderFactory(DjangoModelFactory[ReportOrder]):
    class Meta:
        model = ReportOrder

    user = SubFactory(UserFactory, administrator=True)
    ordered_at = NOW
