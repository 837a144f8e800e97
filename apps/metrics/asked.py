"""Which report somebody asks for, and where it comes from: computed now, or kept."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from apps.metrics.models import Audience, ReportSnapshot
from apps.metrics.report import DEFINITIONS, Figures
from apps.metrics.scope import Scope
from apps.metrics.semester import semester_report
from apps.students.models import Cohort, Term


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A term, or a part of it, for an audience; None where nothing narrows it."""

    term: Term
    cohort: Cohort | None = None
    program: str | None = None
    class_year: str | None = None
    audience: Audience = Audience.INTERNAL

    @property
    def scope(self) -> Scope:
        return Scope(self.cohort.pk if self.cohort else None, self.program, self.class_year)

    @property
    def is_live(self) -> bool:
        """Whether it is computed for the page: a class is small, and only a shareable report has
        to look at the whole term."""
        return self.cohort is not None and self.audience == Audience.INTERNAL

    @property
    def is_shareable(self) -> bool:
        return self.audience == Audience.SHAREABLE

    @property
    def has_nobody(self) -> bool:
        """Whether a program or class year was named in which nobody counts."""
        narrows = self.program is not None or self.class_year is not None
        return narrows and not self.scope.enrolments(self.term).exists()

    @property
    def part(self) -> str:
        """The part in words: "MKT 310-A, Design, class of 2026"; empty for the whole term."""
        year = self.class_year and f"class of {self.class_year}"
        return ", ".join(
            word for word in (self.cohort and self.cohort.name, self.program, year) if word
        )

    @property
    def query(self) -> dict[str, str]:
        asked = {
            "cohort": str(self.cohort.pk) if self.cohort else "",
            "program": self.program or "",
            "class_year": self.class_year or "",
            "audience": Audience.SHAREABLE.value if self.is_shareable else "",
        }
        return {name: value for name, value in asked.items() if value}

    def address(self, name: str, *arguments: str, **more: str) -> str:
        """Return the URL of that name about this report, with `more` in its query."""
        query = urlencode({**self.query, **{key: value for key, value in more.items() if value}})
        url = reverse(name, args=[self.term.code, *arguments])
        return f"{url}?{query}" if query else url


@dataclass(frozen=True)
class Current:
    """The newest figures there are. `snapshot` is None for those computed now or never asked for.

    `document` is None until they have been computed.
    """

    document: Figures | None
    computed_at: datetime | None
    snapshot: ReportSnapshot | None


def current_report(asked: Asked, now: datetime) -> Current:
    """Return the figures of this minute for a class, else those that a worker computed."""
    if asked.is_live:
        document = semester_report(term=asked.term, scope=asked.scope, now=now)
        return Current(document, now, None)
    snapshot = snapshot_of(asked)
    if snapshot is None:
        return Current(None, None, None)
    return Current(snapshot.report, snapshot.computed_at, snapshot)


def snapshot_of(asked: Asked) -> ReportSnapshot | None:
    return ReportSnapshot.objects.filter(
        term=asked.term,
        cohort=asked.cohort,
        program=asked.program,
        class_year=asked.class_year,
        audience=asked.audience,
        definitions=DEFINITIONS,
    ).first()
