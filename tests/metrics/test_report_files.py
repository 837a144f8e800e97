"""Files of a report as it stands: made by a worker, for whoever asked, for a day."""

from datetime import timedelta

import pytest

from apps.metrics import report_files, tasks
from apps.metrics.alone import BROKE, MOST_TRIES
from apps.metrics.asked import Asked
from apps.metrics.models import Audience, FileFormat, ReportFile
from tests.clock import NOW
from tests.metrics.factories import ReportFileFactory, ReportSnapshotFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, TermFactory

pytestmark = pytest.mark.django_db


def asked_by(client, cohort, **more):
    data = {"cohort": cohort.pk, "format": "csv", **more}
    return client.post(f"/outcomes/{cohort.term.code}/files/", data)


def test_leads_from_the_wish_to_the_file(counselor_client, cohort, ana):
    page = asked_by(counselor_client, cohort)
    file = ReportFile.objects.get()
    assert page.url == f"/outcomes/files/{file.pk}/"
    waiting = counselor_client.get(page.url).content.decode()
    assert "Waiting for a worker" in waiting
    assert "HX-Refresh" not in counselor_client.get(f"{page.url}state/")
    assert counselor_client.get(f"{page.url}download/").url == page.url
    tasks.make_requested_report_files()
    assert counselor_client.get(f"{page.url}state/")["HX-Refresh"] == "true"
    assert "is ready" in counselor_client.get(page.url).content.decode()
    answer = counselor_client.get(f"{page.url}download/")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f"{cohort.term.code}-" in answer["Content-Disposition"]
    assert "offer_rate,enrolled,0,1" in answer.content.decode()


@pytest.mark.parametrize("file_format", FileFormat.values)
def test_makes_every_format(counselor_client, cohort, ana, file_format):
    url = asked_by(counselor_client, cohort, format=file_format).url
    tasks.make_requested_report_files()
    content = counselor_client.get(f"{url}download/").content
    begins = {"json": b"{", "csv": b"\xef\xbb\xbf", "xlsx": b"PK", "pdf": b"%PDF-"}
    assert content.startswith(begins[file_format])


def test_says_how_far_the_figures_have_moved(counselor_client, cohort, ana, counselor):
    before = CohortFactory(
        term=TermFactory(finished=True), name=cohort.name, counselors=[counselor]
    )
    EnrolmentFactory(cohort=before)
    ReportSnapshotFactory(term=before.term, cohort=before, computed=True)
    url = asked_by(counselor_client, cohort, compare=before.term.code).url
    tasks.make_requested_report_files()
    assert "change,difference,,,0.0," in counselor_client.get(f"{url}download/").content.decode()


def test_compares_with_no_term_that_the_counselor_does_not_see(counselor_client, cohort, ana):
    asked_by(counselor_client, cohort, compare=TermFactory(finished=True).code)
    assert ReportFile.objects.get().compare_to is None


def test_asks_once_while_it_waits_and_anew_afterwards(counselor_client, cohort, ana):
    first = asked_by(counselor_client, cohort).url
    assert asked_by(counselor_client, cohort).url == first
    tasks.make_requested_report_files()
    assert asked_by(counselor_client, cohort).url != first


def test_knows_no_other_format(counselor_client, cohort):
    assert asked_by(counselor_client, cohort, format="docx").status_code == 404
    assert not ReportFile.objects.exists()


def test_leads_to_publishing_for_what_may_leave_the_office(administrator_client, cohort, ana):
    page = asked_by(administrator_client, cohort, audience="shareable")
    assert page.url == f"/outcomes/{cohort.term.code}/check/"
    assert not ReportFile.objects.exists()


def test_makes_no_file_that_an_audit_would_not_remember(cohort, counselor):
    asked = Asked(term=cohort.term, audience=Audience.SHAREABLE)
    with pytest.raises(ValueError, match="release"):
        report_files.ask_for_file(
            asked=asked, compare_to=None, format=FileFormat.CSV, by=counselor, now=NOW
        )


def test_says_when_there_is_nothing_to_put_into_it_yet(administrator_client, term):
    url = f"/outcomes/{term.code}/files/"
    page = administrator_client.post(url, {"format": "csv"}).url
    tasks.make_requested_report_files()
    assert "have not been computed yet" in administrator_client.get(page).content.decode()
    ReportSnapshotFactory(term=term, computed=True)
    page = administrator_client.post(url, {"format": "csv"}).url
    tasks.make_requested_report_files()
    assert administrator_client.get(f"{page}download/").status_code == 200


def test_gives_nothing_to_who_no_longer_sees_the_class(counselor_client, cohort, ana, counselor):
    made = asked_by(counselor_client, cohort).url
    tasks.make_requested_report_files()
    waiting = asked_by(counselor_client, cohort)
    cohort.counselors.remove(counselor)
    assert waiting.status_code == 302
    tasks.make_requested_report_files()
    assert ReportFile.objects.latest("pk").problem == "You no longer see this report."
    assert counselor_client.get(f"{made}download/").status_code == 404


def test_gives_up_on_one_that_breaks_and_goes_on_with_others(cohort, counselor, monkeypatch):
    EnrolmentFactory(cohort=cohort)
    bad, good = (
        ReportFileFactory(term=cohort.term, cohort=cohort, asked_by=counselor, format=made)
        for made in (FileFormat.PDF, FileFormat.CSV)
    )
    real = report_files.content_of

    def breaks(document, *, format, **more):
        if format == FileFormat.PDF:
            raise RuntimeError
        return real(document, format=format, **more)

    monkeypatch.setattr(report_files, "content_of", breaks)
    for _ in range(MOST_TRIES + 1):
        tasks.make_requested_report_files()
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.problem, bad.content) == (BROKE, None)
    assert good.tries == 1
    assert not report_files.make_file(file_id=good.pk, now=NOW)


def test_forgets_them_after_a_day():
    kept = ReportFileFactory(done=True)
    ReportFileFactory(done=True, asked_at=NOW - timedelta(days=1, seconds=1))
    assert report_files.forget_old_files(now=NOW) == 1
    assert ReportFile.objects.get() == kept
