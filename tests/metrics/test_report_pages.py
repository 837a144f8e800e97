"""The report of any part of a term: on its page, as files, for the office and for others."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from pypdf import PdfReader

from apps.metrics import actions, tasks
from apps.metrics.models import Audience, FileFormat, ReportSnapshot
from apps.metrics.scope import Scope
from apps.metrics.semester import checksum
from apps.students.models import Cohort, Term
from tests.clock import NOW
from tests.meetings.factories import MeetingFactory
from tests.metrics.factories import ReportSnapshotFactory, WaiverFactory
from tests.metrics.test_golden import GOLDEN
from tests.metrics.test_views import text_of
from tests.outcomes.factories import OfferFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, TermFactory

FALL = "/outcomes/2025-fall/"
SHAREABLE = {"audience": "shareable"}


@pytest.fixture
def _semesters(db):
    for name in ("fall-2024", "fall-2025"):
        call_command("import_semester", str(GOLDEN / name), "--json", stdout=io.StringIO())
    tasks.compute_requested_reports()


def with_an_offer(cohort, **enrolment):
    student = EnrolmentFactory(cohort=cohort, **enrolment).student
    met = MeetingFactory(student=student, held=True, starts_at=NOW - timedelta(days=30)).contact
    OfferFactory(student=student, contact=met)
    return student


def file_of(client, code, file_format, **query):
    asked = client.post(f"/outcomes/{code}/files/", {**query, "format": file_format})
    tasks.make_requested_report_files()
    answer = client.get(f"{asked.url}download/")
    assert answer.status_code == 200
    return answer


def figures_in(answer):
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    return {(row["table"], row["label"]): row for row in rows}


@pytest.mark.usefixtures("_semesters")
def test_shows_the_golden_figures_on_the_page(administrator_client):
    page = text_of(administrator_client.get(FALL))
    assert "21 of 100</span> students received" in page
    assert "21.0 %, 95 % CI 14.2–30.0" in page
    assert "95 % CI of the difference −4.7 to +16.6. 21 of 100 against 15 of 100." in page
    assert "makes no claim of a change" in page


@pytest.mark.usefixtures("_semesters")
def test_gives_the_golden_figures_in_all_four_formats(administrator_client):
    wanted = json.loads((GOLDEN / "fall-2025" / "expected.json").read_text())
    files = {
        made: file_of(administrator_client, "2025-fall", made, compare="2024-fall")
        for made in FileFormat.values
    }
    document = json.loads(files["json"].content)
    assert document["offer_rate"]["enrolled"]["k"] == wanted["offer_rate"]["enrolled"]["k"] == 21
    assert document["change"]["low"] == pytest.approx(wanted["change"]["low"], abs=1e-9)
    assert document["checksum"] == checksum(document)
    rate = figures_in(files["csv"])["offer_rate", "enrolled"]
    assert (rate["k"], rate["n"]) == ("21", "100")
    assert float(rate["low"]) == pytest.approx(wanted["offer_rate"]["enrolled"]["low"], abs=1e-9)
    assert files["xlsx"].content.startswith(b"PK")
    pdf = PdfReader(io.BytesIO(files["pdf"].content)).pages
    assert "21.0 %, 95 % CI 14.2–30.0" in "\n".join(page.extract_text() for page in pdf)


@pytest.mark.usefixtures("_semesters")
def test_says_of_each_hidden_figure_that_it_is_hidden_and_names_nobody(administrator_client):
    page = text_of(administrator_client.get(FALL, SHAREABLE))
    document = ReportSnapshot.objects.get(
        term__code="2025-fall", cohort=None, audience="shareable"
    ).report
    assert "21 of 100</span> students received" in page
    assert f"{document['suppression']['hidden']} figures are hidden" in page
    assert "hidden (fewer than 10)" in page
    assert "S2500" not in page
    assert "Every counted offer" not in page
    assert "offers-by-week" in page
    assert 'id="time-to-offer' not in page
    for section, part in document["by_cohort"].items():
        if part["offer_rate"]["enrolled"].get("hidden"):
            row = re.search(rf"<tr> <th scope=\"row\">{section}</th>.*?</tr>", page).group()
            assert "hidden (fewer than 10)" in row
            assert " of " not in row


@pytest.mark.usefixtures("_semesters")
def test_prints_the_methods_of_the_files_on_the_page(administrator_client):
    page = text_of(administrator_client.get(FALL, SHAREABLE)).replace("&#x27;", "'")
    assert "The interval tells how uncertain" in page or "the interval tells how uncertain" in page
    assert "Definitions version 1." in page
    assert "by word that there was none" in page
    assert "are each at least 10" in page


@pytest.mark.usefixtures("_semesters")
def test_puts_terms_side_by_side_with_intervals(administrator_client):
    page = text_of(administrator_client.get(FALL))
    table = page[page.index("Term by term") :]
    assert table.index("Fall 2024") < table.index("Fall 2025")
    assert "+6.0 points" in table
    assert "zero lies inside: no claim" in table
    assert "Fall 2024: 15.0 %, 95 % interval" in table


def test_computes_a_class_this_minute(counselor_client, term, cohort):
    page = text_of(counselor_client.get(f"/outcomes/{term.code}/"))
    assert "0 of 0</span> students" in page
    with_an_offer(cohort)
    page = text_of(counselor_client.get(f"/outcomes/{term.code}/"))
    assert "1 of 1</span> students" in page
    assert "Computed for this page, October 15, 2025" in page
    assert not ReportSnapshot.objects.exists()


def test_narrows_a_class_to_a_program_and_a_year(counselor_client, term, cohort):
    with_an_offer(cohort, program="Design", class_year="2026")
    EnrolmentFactory(cohort=cohort, program="History", class_year="2026")
    url = f"/outcomes/{term.code}/"
    page = text_of(counselor_client.get(url, {"program": "Design", "class_year": "2026"}))
    assert f"{cohort.name}, Design, class of 2026" in page
    assert "1 of 1</span> students" in page
    assert "<option selected>Design</option>" in page
    page = text_of(counselor_client.get(url, {"class_year": "2026"}))
    assert "1 of 2</span> students" in page
    page = text_of(counselor_client.get(url, {"program": "Dance"}))
    assert "Nobody is in this part of the term" in page
    asked = {"program": "Dance", "format": "csv"}
    assert counselor_client.post(f"{url}files/", asked).status_code == 404


def test_computes_a_program_of_the_institution_when_asked(administrator_client, term, cohort):
    with_an_offer(cohort, program="Design")
    EnrolmentFactory(cohort=cohort, program="History")
    url, design = f"/outcomes/{term.code}/", {"program": "Design"}
    assert "Compute it now" in text_of(administrator_client.get(url, design))
    page = administrator_client.post(f"{url}refresh/", design, follow=True)
    assert "being computed" in text_of(page)
    tasks.compute_requested_reports()
    page = text_of(administrator_client.get(url, design))
    assert "1 of 1</span> students" in page
    assert "Each night anew." in page


def test_says_how_many_reports_come_first(administrator_client, term):
    actions.request_report(term=term, now=NOW)
    ReportSnapshotFactory(requested_at=NOW + timedelta(seconds=1))
    page = text_of(administrator_client.get(f"/outcomes/{term.code}/state/"))
    assert "1 other report comes first." in page


def test_asks_for_the_same_part_of_the_other_terms(administrator_client, term):
    before = TermFactory(finished=True)
    url = f"/outcomes/{term.code}/"
    ReportSnapshotFactory(term=term, computed=True)
    assert "Compute the other terms" in text_of(administrator_client.get(url))
    administrator_client.post(f"{url}refresh/", {"beside": "1"})
    assert set(ReportSnapshot.objects.values_list("term", flat=True)) == {term.pk, before.pk}


def test_compares_with_no_class_of_somebody_else(counselor_client, administrator_client, cohort):
    before = TermFactory(finished=True, name="Spring before")
    same = CohortFactory(term=before, name=cohort.name)
    own = CohortFactory(term=before, name="Another", counselors=list(cohort.counselors.all()))
    EnrolmentFactory(cohort=same)
    ReportSnapshotFactory(term=before, cohort=same, computed=True)
    assert own
    url = f"/outcomes/{cohort.term.code}/"
    assert "Spring before has no figures" in text_of(counselor_client.get(url))
    page = text_of(administrator_client.get(url, {"cohort": cohort.pk}))
    assert "Spring before has no figures" not in page


def test_lets_only_administrators_see_what_may_leave_the_office(
    counselor_client, administrator_client, term, cohort
):
    for path in ("", "state/"):
        url = f"/outcomes/{term.code}/{path}"
        assert counselor_client.get(url, SHAREABLE).status_code == 403
    for path in ("refresh/", "files/"):
        asked = {**SHAREABLE, "format": "csv"}
        refused = counselor_client.post(f"/outcomes/{term.code}/{path}", asked)
        assert refused.status_code == 403
    assert "Shareable</a>" not in text_of(counselor_client.get(f"/outcomes/{term.code}/"))
    page = text_of(administrator_client.get(f"/outcomes/{term.code}/", SHAREABLE))
    assert 'aria-current="page">Shareable</a>' in page


def test_hides_the_difference_where_one_rate_is_hidden(administrator_client, term, cohort):
    before = TermFactory(finished=True)
    with_an_offer(cohort)
    for one in (term, before):
        ReportSnapshotFactory(term=one, audience=Audience.SHAREABLE, computed=True)
    page = text_of(administrator_client.get(f"/outcomes/{term.code}/", SHAREABLE))
    assert 'informational interviewing is <span class="ch-num">hidden (fewer than 10)' in page
    assert "The difference would give it away" in page


def test_offers_no_file_that_could_leave_the_office_unpublished(administrator_client, term, cohort):
    ReportSnapshotFactory(term=term, audience=Audience.SHAREABLE, computed=True)
    page = text_of(administrator_client.get(f"/outcomes/{term.code}/", SHAREABLE))
    assert "Check and publish" in page
    assert f"/outcomes/{term.code}/files/" not in page


@pytest.mark.parametrize("file_format", FileFormat.values)
def test_gives_files_that_no_browser_opens_or_keeps(counselor_client, term, cohort, file_format):
    with_an_offer(cohort)
    answer = file_of(counselor_client, term.code, file_format)
    name = answer["Content-Disposition"]
    assert name.startswith('attachment; filename="')
    assert name.endswith(f'-internal.{file_format}"')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_runs_nothing_that_a_name_says(counselor_client, term, counselor):
    CohortFactory(term=term, counselors=[counselor], name='=HYPERLINK("http://evil")')
    text = file_of(counselor_client, term.code, "csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert any("HYPERLINK" in cell for row in rows for cell in row)
    assert not any(cell.startswith(("=", "@", "+")) for row in rows for cell in row)


def test_says_what_was_let_stand(administrator_client, term):
    ReportSnapshotFactory(term=term, computed=True)
    WaiverFactory(term=term)
    page = text_of(administrator_client.get(f"/outcomes/{term.code}/"))
    assert "1 finding is let stand for a reason" in page


@pytest.mark.usefixtures("_semesters")
def test_shows_the_known_answer_of_a_class_as_it_is_now(administrator_client):
    section = Cohort.objects.get(name="MKT 310-B", term__code="2025-fall")
    page = text_of(administrator_client.get(FALL, {"cohort": section.pk}))
    assert "6 of 24</span> students" in page
    rate = figures_in(file_of(administrator_client, "2025-fall", "csv", cohort=section.pk))[
        "offer_rate", "enrolled"
    ]
    assert (rate["k"], rate["n"]) == ("6", "24")


@pytest.mark.usefixtures("_semesters")
def test_hides_a_small_class_and_shows_a_large_one(administrator_client):
    term = Term.objects.get(code="2025-fall")
    for name, headline in (("MKT 310-A", "10 of 52</span>"), ("MKT 310-B", "hidden (fewer")):
        section = term.cohorts.get(name=name)
        actions.request_report(
            term=term,
            scope=Scope(section.pk),
            audience=Audience.SHAREABLE,
            now=timezone.now(),
        )
        tasks.compute_requested_reports()
        page = text_of(administrator_client.get(FALL, {"cohort": section.pk, **SHAREABLE}))
        assert headline in page[page.index('id="headline"') : page.index('id="three"')]


def test_lists_some_paths_and_says_where_the_others_are(
    counselor_client, term, cohort, monkeypatch
):
    monkeypatch.setattr("apps.metrics.views.report.MOST_PATHS", 1)
    for _ in range(3):
        with_an_offer(cohort)
    page = text_of(counselor_client.get(f"/outcomes/{term.code}/"))
    assert page.count(">See the path<") == 1
    assert "The first 1 of 3. The files hold all of them." in page
