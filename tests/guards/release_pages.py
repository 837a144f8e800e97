"""The pages around publishing, about ana's class: the whole term's release is no counselor's."""

from django.urls import reverse

from apps.metrics.models import Audience
from apps.students.models import Cohort
from tests.metrics.factories import (
    PublicationFactory,
    ReleaseFactory,
    ReleaseFileFactory,
    ReportFileFactory,
)

Asked = tuple[str, dict[str, str | int]]


def release_pages(cohort: Cohort) -> dict[str, Asked]:
    term = cohort.term
    of_class = ReleaseFileFactory(release__term=term, release__cohort=cohort).release
    whole = ReleaseFactory(term=term)
    shareable = ReleaseFactory(term=term, audience=Audience.SHAREABLE)
    wish = PublicationFactory(term=term)
    file = ReportFileFactory(
        term=term, cohort=cohort, asked_by=cohort.counselors.first(), done=True
    )
    of_file = ("report_file", "report_file_state", "report_file_download")
    of_term = ("report_check", "report_publish", "report_order", "report_ready", "release_list")
    of_release = ("release", "release_changes")
    return {
        **{name: _asked(name, term.code) for name in of_term},
        "finding_waive": _asked("finding_waive", term.code, finding="still-open:0", reason="So."),
        **{name: _asked(name, wish.pk) for name in ("publication", "publication_state")},
        **{name: _asked(name, of_class.pk) for name in of_release},
        "release_withdraw": _asked("release_withdraw", whole.pk, reason="A class is missing."),
        "release_file": _asked("release_file", of_class.pk, "csv"),
        **{name: _asked(name, file.pk) for name in of_file},
        "release verify": _asked("release", of_class.pk, verify="1"),
        "release whole": _asked("release", whole.pk),
        "release shareable": _asked("release", shareable.pk),
        "release_changes shareable": _asked("release_changes", shareable.pk),
    }


def _asked(name: str, *arguments: str | int, **data: str | int) -> Asked:
    return reverse(name, args=arguments), data
