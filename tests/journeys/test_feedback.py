"""A debrief is handed in, comes back with a rubric, and stands in the gradebook; and around it."""

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.coaching.models import Note, Question, Rubric, Submission
from apps.students.models import Cohort, Student
from tests.accounts.factories import PASSWORD, UserFactory
from tests.coaching.factories import CRITERIA, LEVELS, RubricVersionFactory
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import DebriefFactory, FindingFactory, MeetingFactory
from tests.students.factories import (
    CohortFactory,
    EnrolmentFactory,
    StudentFactory,
    TermFactory,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]

Open = Callable[[int], Page]
Look = Callable[[Page, str], None]


@pytest.fixture
def renee() -> User:
    return UserFactory(counselor=True, full_name="Renee Castillo")


@pytest.fixture
def section(renee: User) -> Cohort:
    today = timezone.now().date()
    term = TermFactory(
        starts_on=today - timedelta(days=60),
        census_on=today - timedelta(days=50),
        ends_on=today + timedelta(days=60),
        closes_on=today + timedelta(days=70),
    )
    return CohortFactory(term=term, counselors=[renee], name="MKT 310 Section B")


@pytest.fixture
def mei(section: Cohort) -> Student:
    student = StudentFactory(with_account=True, given_name="Mei-Ling", family_name="Chou")
    EnrolmentFactory(student=student, cohort=section, enrolled_on=section.term.starts_on)
    return student


def sign_in(page: Page, base: str, email: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).not_to_have_url(re.compile("login"))


@pytest.mark.parametrize("width", [390, 1280])
def test_a_debrief_comes_back_with_a_rubric(
    width: int,
    live_server: object,
    open_page: Open,
    look: Look,
    renee: User,
    section: Cohort,
    mei: Student,
    tmp_path: Path,
) -> None:
    now, base = timezone.now(), live_server.url  # type: ignore[attr-defined]
    criteria = [
        {**CRITERIA[0], "says": ["Why them is open.", "Their work fits.", "Just the right one."]},
        {**CRITERIA[1], "says": ["Stands on the web.", "Only an insider knows.", "Tied together."]},
    ]
    RubricVersionFactory(
        rubric__name="A conversation and what it taught", levels=LEVELS, criteria=criteria
    )
    dana = ContactFactory(student=mei, name="Dana Whitfield", given_name="Dana")
    talk = MeetingFactory(
        contact=dana, held=True, starts_at=now - timedelta(days=1), thank_you_sent_at=now
    )
    DebriefFactory(meeting=talk, saved_at=now, completed_at=now)
    FindingFactory(meeting=talk, text="Everyone explains a test in one slide.")

    student = open_page(width)
    sign_in(student, base, mei.email)
    student.goto(f"{base}/meetings/{talk.pk}/debrief/")
    student.get_by_text("Hand it in", exact=True).first.click()
    student.get_by_label("What you would like to know about it").fill("Is it deep enough?")
    look(student, "feedback-hand-in")
    student.get_by_role("button", name="Hand it in").click()
    expect(student.get_by_text("Nobody has begun to read it")).to_be_visible()
    look(student, "feedback-handed-in")

    counselor = open_page(width)
    sign_in(counselor, base, renee.email)
    counselor.goto(f"{base}/feedback/")
    look(counselor, "feedback-queue")
    counselor.get_by_role("button", name=re.compile("^Read")).click()
    expect(counselor.get_by_text("Everyone explains a test in one slide.")).to_be_visible()
    person = counselor.get_by_role("group", name="Choice of person")
    person.get_by_label(re.compile("Very good")).check()
    counselor.get_by_role("textbox", name="Your comment").fill(
        "Lovely. Say what it changes for you."
    )
    counselor.get_by_role("button", name="Return for another round").click()
    expect(counselor.get_by_text("Choose a level here too").first).to_be_visible()
    look(counselor, "feedback-refused")
    news = counselor.get_by_role("group", name="New knowledge")
    news.get_by_label(re.compile("Good.*insider")).check()
    counselor.get_by_role("button", name="Return for another round").click()
    expect(counselor.get_by_text("Returned to Mei-Ling Chou")).to_be_visible()
    assert Submission.objects.get().scores == {"person": 2, "news": 1}

    student.goto(f"{base}/today/")
    expect(student.get_by_text("Read what came back on your debrief")).to_be_visible()
    look(student, "feedback-today")
    student.get_by_role("link", name="Read it").click()
    expect(student.get_by_text("Lovely. Say what it changes for you.")).to_be_visible()
    look(student, "feedback-came-back")
    student.get_by_role("button", name="I have read it").click()
    expect(student.get_by_role("button", name="I have read it")).to_have_count(0)
    student.get_by_role("link", name="Go on with it").click()
    student.get_by_text("Hand it in once more").click()
    student.get_by_role("button", name="Hand it in").click()
    expect(student.get_by_text("round 2")).to_be_visible()

    counselor.goto(f"{base}/feedback/")
    counselor.get_by_role("button", name=re.compile("^Read")).click()
    expect(counselor.get_by_text("Lovely. Say what it changes for you.")).to_be_visible()
    look(counselor, "feedback-second-round")
    counselor.get_by_role("textbox", name="Your comment").fill("That is it.")
    counselor.get_by_role("button", name="Return it").click()
    expect(counselor.get_by_text("Returned to Mei-Ling Chou")).to_be_visible()

    counselor.goto(f"{base}/classes/{section.pk}/gradebook/")
    look(counselor, "gradebook")
    with counselor.expect_download() as download:
        counselor.get_by_role("button", name="Gradebook CSV").click()
    file = tmp_path / "gradebook.csv"
    download.value.save_as(file)
    header, points, row = csv.reader(file.read_text().splitlines())
    assert dict(zip(header, row, strict=True))["Debriefs finished"] == "1"
    assert points[0].strip() == "Points Possible"
    counselor.get_by_label("Gradebook file").set_input_files(file)
    counselor.get_by_role("button", name="Compare it").click()
    expect(counselor.get_by_text("figures are the same")).to_be_visible()
    look(counselor, "gradebook-compared")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_question_a_rubric_and_a_note(
    width: int,
    live_server: object,
    open_page: Open,
    look: Look,
    renee: User,
    mei: Student,
) -> None:
    base = live_server.url  # type: ignore[attr-defined]
    student, counselor = open_page(width), open_page(width)
    sign_in(student, base, mei.email)
    student.goto(f"{base}/contacts/")
    student.get_by_role("link", name="Ask my counselor").click()
    expect(student.get_by_text("The list of people").first).to_be_visible()
    student.get_by_role("textbox", name="Your question").fill("May I ask my uncle’s friends?")
    look(student, "ask")
    student.get_by_role("button", name="Ask", exact=True).click()

    sign_in(counselor, base, renee.email)
    counselor.goto(f"{base}/feedback/")
    counselor.get_by_role("link", name=re.compile("Answer")).click()
    counselor.get_by_role("textbox", name="Your answer").fill("Yes. Say who gave you the name.")
    look(counselor, "question")
    counselor.get_by_role("button", name="Answer").click()
    expect(counselor.get_by_text("on its way")).to_be_visible()
    student.goto(f"{base}/today/")
    student.get_by_role("link", name="Read it").click()
    expect(student.get_by_text("Say who gave you the name")).to_be_visible()
    look(student, "ask-answered")
    student.get_by_role("button", name=re.compile("I have read it")).click()
    assert Question.objects.get().seen_at

    counselor.goto(f"{base}/rubrics/new/")
    counselor.get_by_role("textbox", name=re.compile("^Name")).fill("A first note")
    counselor.get_by_role("textbox", name="What you look for").fill("Reads like a person")
    counselor.get_by_role("button", name="Another level").click()
    expect(counselor.get_by_role("textbox", name=re.compile("^Level$"))).to_have_count(4)
    counselor.get_by_role("textbox", name=re.compile("^Level$")).last.fill("Outstanding")
    counselor.get_by_role("spinbutton", name="Points").last.fill("3")
    counselor.get_by_role("button", name="Another criterion").click()
    expect(counselor.get_by_role("textbox", name="What you look for")).to_have_count(2)
    counselor.get_by_role("textbox", name="What you look for").last.fill("One small ask")
    look(counselor, "rubric-new")
    counselor.get_by_role("button", name="Publish it").click()
    expect(counselor.get_by_text("can be used from now on")).to_be_visible()
    look(counselor, "rubrics")
    version = Rubric.objects.get(name="A first note").versions.get()
    assert [row["name"] for row in version.criteria] == ["Reads like a person", "One small ask"]
    assert len(version.levels) == 4

    counselor.goto(f"{base}/students/{mei.pk}/notes/")
    counselor.get_by_role("textbox", name="Your note").fill(
        "Worried about the move; ask in November."
    )
    counselor.get_by_role("button", name="Keep it for myself").click()
    look(counselor, "notes")
    counselor.get_by_role("link", name=re.compile("Change or share")).click()
    look(counselor, "note")
    student.goto(f"{base}/record/notes/")
    expect(student.get_by_text("Worried about the move")).to_have_count(0)
    counselor.get_by_label(re.compile("Put it into the record")).check()
    counselor.get_by_role("button", name="Share it").click()
    expect(counselor.get_by_text("In the student’s record")).to_be_visible()
    student.reload()
    expect(student.get_by_text("Worried about the move")).to_be_visible()
    look(student, "record-notes")
    assert Note.objects.get().shared_at
