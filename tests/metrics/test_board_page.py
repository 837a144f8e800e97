"""The class board as a page: sorting, filters, what it says and hides, and its file."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.coaching.models import WordSpoken
from apps.metrics.attention import Flag
from tests.accounts.factories import UserFactory
from tests.clock import TODAY, ago, ahead
from tests.coaching.factories import NoteFactory, QuestionFactory, SubmissionFactory
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.metrics.standstills import KINDS, lively, meet
from tests.outcomes.factories import OfferFactory
from tests.outreach.factories import AttemptFactory
from tests.students.factories import (
    EnrolmentFactory,
    MilestoneFactory,
    StudentFactory,
)

pytestmark = pytest.mark.django_db
ROW = re.compile(r'^<tr>\s*<td class="ck">.*?</tr>', re.DOTALL | re.MULTILINE)


def enrol(cohort, given_name, **fields):
    student = StudentFactory(given_name=given_name, family_name="")
    return EnrolmentFactory(cohort=cohort, student=student, **fields).student


def names(page):
    rows = ROW.findall(page.text)
    return [re.findall(r'class="ch-open"[^>]*>(.*?)<', row)[0] for row in rows]


@pytest.fixture
def three(cohort):
    bea, al, cy = (enrol(cohort, name) for name in ("Bea", "Al", "Cy"))
    for days in (3, 5):
        meet(bea, days)
    meet(cy, 8, thank_you_sent_at=None)
    SubmissionFactory(student=al, handed_in_at=ago(days=1), draft=True)
    return bea, al, cy


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Al", "Bea", "Cy"]),
        ("?sort=-name", ["Cy", "Bea", "Al"]),
        ("?sort=-held", ["Bea", "Cy", "Al"]),
        ("?sort=held", ["Al", "Cy", "Bea"]),
        ("?sort=-overdue", ["Cy", "Al", "Bea"]),
        ("?sort=thanked", ["Cy", "Bea", "Al"]),
        ("?sort=-feedback", ["Al", "Bea", "Cy"]),
        ("?show=overdue", ["Cy"]),
        ("?show=feedback", ["Al"]),
        ("?show=behind&sort=-held", ["Bea", "Cy", "Al"]),
        ("?show=withdrawn", []),
        ("?sort=nonsense&show=nonsense", ["Al", "Bea", "Cy"]),
    ],
)
def test_sorts_and_filters_by_the_query(counselor_client, cohort, three, query, expected):
    assert names(counselor_client.get(f"/classes/{cohort.pk}/{query}")) == expected


def test_says_in_the_head_how_it_is_sorted_and_turns_around(counselor_client, cohort, three):
    page = counselor_client.get(f"/classes/{cohort.pk}/").text
    assert '<th scope="col" aria-sort="ascending"><a href="?sort=-name#all">' in page
    assert '<a href="?sort=-held#all">Held, plan is' in page
    page = counselor_client.get(f"/classes/{cohort.pk}/?sort=-held&show=behind").text
    assert (
        '<th scope="col" aria-sort="descending"><a href="?show=behind&amp;sort=held#all">' in page
    )


def test_counts_in_the_chips_and_shows_who_withdrew_apart(counselor_client, cohort, three):
    enrol(cohort, "Di", withdrawn_on=TODAY)
    page = counselor_client.get(f"/classes/{cohort.pk}/")
    for chip in ("All <span>3", "Overdue <span>1", "Feedback waiting <span>1", "Withdrawn <span>1"):
        assert chip in page.text
    gone = counselor_client.get(f"/classes/{cohort.pk}/?show=withdrawn")
    assert names(gone) == ["Di"]
    assert "Select Di" not in gone.text


def test_shows_the_step_each_student_is_at(counselor_client, cohort):
    lively(enrol(cohort, "Al"))
    enrol(cohort, "Bea")
    page = counselor_client.get(f"/classes/{cohort.pk}/").text
    assert [re.findall(r'ch-small">(\d \w+)<', row)[0] for row in ROW.findall(page)] == [
        "3 Contact",
        "1 Purpose",
    ]


def test_puts_who_needs_a_word_on_top_with_a_way_to_open_to_nudge_and_to_speak(
    counselor_client, cohort
):
    student = enrol(cohort, "Al")
    KINDS[Flag.STOPPED](student, cohort)
    page = counselor_client.get(f"/classes/{cohort.pk}/").text
    assert "Quiet for 16 days" in page
    assert f'href="/classes/{cohort.pk}/nudge/?student={student.pk}"' in page
    assert f'<input type="hidden" name="reasons" value="{Flag.STOPPED}">' in page


def test_leads_to_the_queue_what_waits_for_the_counselor(counselor_client, cohort):
    student = enrol(cohort, "Al")
    lively(student)
    question = QuestionFactory(student=student, cohort=cohort, asked_at=ago(days=3))
    page = counselor_client.get(f"/classes/{cohort.pk}/").text
    assert f'href="/feedback/questions/{question.pk}/"' in page
    assert "/nudge/?student" not in page


def test_notes_that_a_counselor_has_spoken_with_somebody(
    counselor_client, counselor, cohort, other_cohort
):
    student = enrol(cohort, "Al")
    KINDS[Flag.STOPPED](student, cohort)
    url, data = f"/classes/{cohort.pk}/spoken/", {"student": student.pk}
    answer = counselor_client.post(url, {**data, "reasons": [Flag.STOPPED]}, follow=True)
    assert "rests until October 22." in answer.text
    assert "Nobody just now" in answer.text
    word = WordSpoken.objects.get()
    assert (word.student, word.by, word.reasons) == (student, counselor, [Flag.STOPPED])
    counselor_client.post(url, {**data, "reasons": ["made up"]})
    counselor_client.post(url, {**data, "student": "x", "reasons": [Flag.STOPPED]})
    assert WordSpoken.objects.count() == 1
    elsewhere = EnrolmentFactory(cohort=other_cohort).student
    data = {"student": elsewhere.pk, "reasons": [Flag.STOPPED]}
    assert counselor_client.post(url, data).status_code == 404


def test_says_how_many_reached_each_milestone(counselor_client, cohort, three):
    MilestoneFactory(cohort=cohort, conversations=2, due_on=TODAY)
    MilestoneFactory(cohort=cohort, conversations=1, due_on=ago(days=7).date())
    page = counselor_client.get(f"/classes/{cohort.pk}/").text
    assert "<dt>2 held by October 15</dt><dd>1 of 3 students so far</dd>" in page
    assert "<dt>1 held by October 8</dt><dd>1 of 3 students</dd>" in page


def test_shows_no_offer_and_no_note_of_anybody(counselor_client, counselor, cohort):
    student = enrol(cohort, "Al")
    OfferFactory(student=student, organization="Quarry & Daughters")
    NoteFactory(student=student, author=counselor, text="seems tired of late")
    page = counselor_client.get(f"/classes/{cohort.pk}/").text
    assert "Quarry" not in page
    assert "tired" not in page


def test_escapes_what_people_are_called(counselor_client, cohort):
    enrol(cohort, "<script>alert(1)</script>\"'")
    page = counselor_client.get(f"/classes/{cohort.pk}/").text
    assert "<script>alert" not in page
    assert "Select &lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;" in page


def test_explains_an_empty_class(counselor_client, cohort):
    page = counselor_client.get(f"/classes/{cohort.pk}/").text
    assert "Nobody in this class yet" in page
    assert "Needs a word" not in page


def test_exports_everybody_and_runs_no_formula(counselor_client, cohort, three):
    enrol(cohort, "=1+2")
    enrol(cohort, "Di", withdrawn_on=TODAY)
    answer = counselor_client.get(f"/classes/{cohort.pk}/export.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="class-{cohort.pk}.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    by_name = {row["Student"]: row for row in rows}
    assert {"'=1+2", "Al", "Bea", "Cy", "Di"} == set(by_name)
    bea = by_name["Bea"]
    assert (bea["Held"], bea["Goal"], bea["Thanked on time"]) == ("2", "12", "2")
    assert by_name["Di"]["Withdrew"] == TODAY.isoformat()


@pytest.fixture
def worker(cohort):
    user = UserFactory(student_worker=True)
    cohort.workers.add(user)
    return user


def test_shows_a_student_worker_totals_of_their_classes_and_nobody(
    sign_in, worker, cohort, other_cohort, three
):
    page = sign_in(worker).get("/classes/")
    assert cohort.name in page.text
    assert other_cohort.name not in page.text
    assert re.findall(r'data-l="(?:Students|Held together)">(\d+)<', page.text) == ["3", "3"]
    assert not re.search("Bea|Al<|Cy<", page.text)
    assert f"/classes/{cohort.pk}/" not in page.text


def test_counts_in_the_totals_what_the_board_counts(counselor_client, cohort, three):
    enrolled, _, _ = three
    MeetingFactory(student=enrolled, practice=True)
    MeetingFactory(student=enrolled, held=True, starts_at=ago(days=200))
    MeetingFactory(student=enrolled, starts_at=ahead(days=2))
    meet(enrol(cohort, "Di", withdrawn_on=TODAY), 4)
    assert 'data-l="Held together">3<' in counselor_client.get("/classes/").text


def fill(cohort, number):
    for _ in range(number):
        student = EnrolmentFactory(cohort=cohort).student
        met = MeetingFactory(student=student, thanked=True).contact
        MeetingFactory(contact=met, begun=True)
        AttemptFactory(student=student)
        SubmissionFactory(student=student, handed_in_at=ago(days=5))
        ContactFactory(student=student)


def test_asks_the_database_as_often_for_100_students_as_for_10_and_at_most_15_times(
    counselor_client, cohort
):
    url, counts = f"/classes/{cohort.pk}/", []
    for number in (10, 90):
        fill(cohort, number)
        counselor_client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert counselor_client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15
