"""The report of a term beside pandas, which reads exported CSV and adds up the same figures.

With every term's rows in the files: whoever analyses an export has no other. Only what takes most
of the work is added up; the report has more. Install `requirements/oracle.txt` to run it.
"""

from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from apps.metrics.facts import window_of
from apps.metrics.report import Figures
from apps.metrics.semester import semester_report
from apps.students.models import Term, institution_zone
from tests.benchmarks.conftest import OfSize
from tests.benchmarks.programme import NOW, STUDENTS
from tests.benchmarks.verdicts import compare, leave_out

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

WORK = "report of a term, beside exported CSV"
FILES = {
    "enrolments": """SELECT student_id, cohort_id, term_id, enrolled_on, withdrawn_on, census_on
        FROM students_enrolment JOIN students_cohort AS cohort ON cohort.id = cohort_id
        JOIN students_term AS term ON term.id = term_id""",
    "contacts": "SELECT id, student_id, introduced_by_id, listed_on FROM contacts_contact",
    "notes": "SELECT student_id, contact_id, sent_at, replied_at, reply FROM outreach_attempt",
    "meetings": """SELECT student_id, contact_id, starts_at, minutes, status, is_practice, is_ready,
        thank_you_sent_at FROM meetings_meeting""",
    "offers": "SELECT id, student_id, contact_id, kind, received_on, status FROM outcomes_offer",
}
DATES = {
    "enrolments": ["enrolled_on", "withdrawn_on", "census_on"],
    "contacts": ["listed_on"],
    "notes": ["sent_at", "replied_at"],
    "meetings": ["starts_at", "thank_you_sent_at"],
    "offers": ["received_on"],
}


def export(folder: Path) -> None:
    for name, rows in FILES.items():
        statement = f"COPY ({rows}) TO STDOUT CSV HEADER"
        with (
            (folder / f"{name}.csv").open("wb") as file,
            connection.cursor() as cursor,
            cursor.copy(statement) as copy,
        ):
            for block in copy:
                file.write(block)


def by_pandas(folder: Path, term: Term) -> Figures:
    """Return figures by the names that they have in the report."""
    pd = import_module("pandas")
    tables = {
        name: pd.read_csv(folder / f"{name}.csv", parse_dates=dates, date_format="ISO8601")
        for name, dates in DATES.items()
    }
    all_of, notes, met = tables["enrolments"], tables["notes"], tables["meetings"]
    stays = all_of.withdrawn_on.isna() | (all_of.withdrawn_on > all_of.census_on)
    counted = (all_of.term_id == term.pk) & (all_of.enrolled_on <= all_of.census_on) & stays
    enrolled = set(all_of[counted].student_id)
    begin, end = window_of(term)

    met = met[(met.status == "held") & (met.is_practice == "f")]
    held = met[met.student_id.isin(enrolled) & (met.starts_at >= begin) & (met.starts_at < end)]
    thanked_by = held.starts_at + pd.to_timedelta(held.minutes, unit="min")
    thanked_by += timedelta(hours=settings.THANK_YOU_HOURS)

    people = tables["contacts"]
    closes = pd.Timestamp(term.closes_on)
    listed = people[people.student_id.isin(enrolled) & (people.listed_on <= closes)]
    asked = notes[notes.student_id.isin(enrolled) & (notes.sent_at >= begin)]
    asked = asked[asked.sent_at < end]
    replied = asked[asked.replied_at < end]
    agreed = set(replied[replied.reply == "yes"].contact_id)
    return {
        "enrolled": len(enrolled),
        "participants": held.student_id.nunique(),
        "meetings": len(held),
        "ready": int((held.is_ready == "t").sum()),
        "on_time": int((held.thank_you_sent_at <= thanked_by).sum()),
        "listed": len(listed),
        "asked": int(listed.id.isin(asked.contact_id).sum()),
        "replied": int(listed.id.isin(replied.contact_id).sum()),
        "agreed": int(listed.id.isin(agreed).sum()),
        "introduced": int(listed.introduced_by_id.notna().sum()),
        "with_offer": len(with_offer(tables, met, enrolled, term)),
    }


def with_offer(tables: dict[str, Any], met: Any, enrolled: set[int], term: Term) -> set[int]:
    """Return the students with an offer through a conversation, up the introductions."""
    pd = import_module("pandas")
    opens, closes = pd.Timestamp(term.starts_on), pd.Timestamp(term.closes_on)
    offers = tables["offers"]
    offers = offers[offers.student_id.isin(enrolled) & offers.contact_id.notna()]
    offers = offers[(offers.received_on >= opens) & (offers.received_on <= closes)]
    day = met.starts_at.dt.tz_convert(institution_zone().key).dt.tz_localize(None).dt.normalize()
    first_met = day.groupby(met.contact_id).min()
    above = tables["contacts"].set_index("id").introduced_by_id
    found: set[int] = set()
    while len(offers):
        is_met = offers.contact_id.map(first_met) <= offers.received_on
        found |= set(offers[is_met].student_id)
        offers = offers[~is_met].assign(contact_id=lambda rest: rest.contact_id.map(above))
        offers = offers[offers.contact_id.notna()]
    return found


def test_reports_ten_times_as_fast_as_pandas_from_csv(of_size: OfSize, tmp_path: Path) -> None:
    if find_spec("pandas") is None:
        leave_out(WORK, "Pandas is not installed; it comes with requirements/oracle.txt.")
    with of_size(STUDENTS):
        term = Term.objects.order_by("-starts_on")[1]
        export(tmp_path)
        figures = semester_report(term=term, now=NOW)
        stages = {row["stage"]: row["contacts"] for row in figures["funnel"]}
        assert by_pandas(tmp_path, term) == {
            "enrolled": figures["population"]["enrolled"],
            "participants": figures["population"]["participants"],
            "meetings": figures["referrals"]["held_meetings"],
            "ready": figures["readiness"]["k"],
            "on_time": figures["thank_you_on_time"]["k"],
            **{stage: stages[stage] for stage in ("listed", "asked", "replied", "agreed")},
            "introduced": figures["referrals"]["introduced_contacts"],
            "with_offer": figures["offer_rate"]["enrolled"]["k"],
        }
        compare(
            WORK,
            lambda: semester_report(term=term, now=NOW),
            "the same from CSV by pandas",
            lambda: by_pandas(tmp_path, term),
            goal=10,
            students=STUDENTS,
            rounds=3 if STUDENTS <= 100_000 else 1,
            faster=True,
        )
