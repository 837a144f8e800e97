"""A class as a gradebook: what is written reads back as it was, whatever people are called."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.common.csv_text import FORMULA_STARTS, BadTableError
from apps.exchange.gradebook import (
    WHO,
    Program,
    Sheet,
    columns_of,
    compare,
    read_gradebook,
    sheet_of,
    write_gradebook,
)
from apps.students.models import Cohort, Student
from tests.clock import NOW, TODAY, ago
from tests.coaching.factories import RubricVersionFactory, SubmissionFactory
from tests.guards.test_query_counts import assert_asks_as_often
from tests.meetings.factories import DebriefFactory, MeetingFactory
from tests.students.factories import EnrolmentFactory, StudentFactory

HOSTILE = [
    '=HYPERLINK("https://evil.example","x")',
    "+1 555",
    "-Ana",
    "@SUM(1)",
    "'=1+1",
    "''@x",
    'O\'Brien, "Ana"',
    "Souza\nLima",
    "Zoë 深い",
    "＝1+1",
    "Points Possible",
    "a;b,c\td",
    " padded ",
    "(12)",
]
ALL = ("held", "thanked", "on_time", "debriefed")

texts = st.text(max_size=12).map(lambda text: text.replace("\0", ""))
texts |= st.sampled_from(HOSTILE)
figures = st.none() | st.decimals(0, 1000, places=1, allow_nan=False, allow_infinity=False)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Draw a gradebook with any names, any titles and any figures."""
    program = draw(st.sampled_from(list(Program)))
    names = st.text("abc =+@'\"", min_size=1, max_size=9).filter(lambda one: one.strip())
    titles = draw(st.lists(names.map(lambda one: f"Rubric: {one}"), unique=True, max_size=4))
    who = st.tuples(*[texts] * (len(WHO[program]) - 1), texts.map(lambda one: f"S{one}"))
    grades = st.tuples(*[figures] * len(titles))
    is_canvas = program == Program.CANVAS
    points = draw(st.tuples(*[st.integers(1, 100).map(Decimal)] * len(titles)))
    rows = draw(st.lists(st.tuples(who, grades), max_size=6))
    return Sheet(program, tuple(titles), points if is_canvas else (), tuple(rows))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sheets())
def test_reads_back_what_it_wrote(sheet: Sheet) -> None:
    written = write_gradebook(sheet)
    assert read_gradebook(written.encode()) == sheet
    assert write_gradebook(read_gradebook(written.encode())) == written
    for row in csv.reader(StringIO(written, newline="")):
        assert not [cell for cell in row if cell.startswith(tuple(FORMULA_STARTS))]


@pytest.fixture
def hostile_class(cohort: Cohort) -> Cohort:
    for number, name in enumerate(HOSTILE):
        student = StudentFactory(
            given_name=name, family_name=name[::-1], student_id=f"{name}{number}"
        )
        EnrolmentFactory(cohort=cohort, student=student)
    cohort.name = "=Section (3)"
    cohort.save()
    return cohort


@pytest.mark.django_db
@pytest.mark.parametrize("program", Program)
def test_a_class_of_hostile_names_comes_back(hostile_class: Cohort, program: Program) -> None:
    RubricVersionFactory()
    sheet = sheet_of(hostile_class, program, keys=ALL, now=NOW)
    again = read_gradebook(write_gradebook(sheet).encode())
    assert again == sheet
    compared = compare(again, sheet)
    assert compared.figures == len(HOSTILE) * len(ALL)
    assert (compared.differences, compared.missing, compared.unknown) == ([], [], [])


def held(student: Student, **more: object) -> None:
    MeetingFactory(student=student, held=True, **more)


@pytest.mark.django_db
def test_counts_what_was_done_in_the_term(ana: Student, ben: Student, cohort: Cohort) -> None:
    cohort.goal = 8
    cohort.save()
    MeetingFactory(student=ana, thanked=True)
    late = MeetingFactory(student=ana, held=True, starts_at=ago(days=9))
    late.thank_you_sent_at = ago(days=1)
    late.save()
    DebriefFactory(meeting__student=ana, meeting__held=True)
    DebriefFactory(draft=True, meeting__student=ana, meeting__held=True)
    MeetingFactory(student=ana, practice=True)
    MeetingFactory(student=ana, held=True, starts_at=ago(days=200))
    MeetingFactory(student=ana)
    held(ben)
    sheet = sheet_of(cohort, Program.CANVAS, keys=ALL, now=NOW)
    assert sheet.titles == (
        "Conversations held",
        "Thank-yous sent",
        "Thank-yous sent on time",
        "Debriefs finished",
    )
    assert sheet.points == (8, 8, 8, 8)
    [(who, grades)] = sheet.rows
    assert who[2] == ana.student_id
    assert grades == (4, 2, 1, 1)


@pytest.mark.django_db
def test_the_last_round_counts_and_pieces_are_averaged(ana: Student, cohort: Cohort) -> None:
    version = RubricVersionFactory(rubric__name="Depth (12)")
    meeting = MeetingFactory(student=ana, held=True)
    usual = {"student": ana, "returned": True, "rubric_version": version}
    SubmissionFactory(**usual, meeting=meeting, scores={"person": 0, "news": 0})
    SubmissionFactory(**usual, meeting=meeting, round=2, scores={"person": 2, "news": 2})  # 100
    SubmissionFactory(**usual, scores={"person": 1, "news": 0})  # 16.7
    SubmissionFactory(student=ana, returned=True)
    columns = columns_of(cohort)
    assert [column.title for column in columns][4:] == ["Rubric: Depth [12]"]
    sheet = sheet_of(cohort, Program.MOODLE, keys=[columns[-1].key], now=NOW)
    [(who, grades)] = sheet.rows
    assert who[:3] == (ana.given_name, ana.family_name, ana.student_id)
    assert grades == (Decimal("58.4"),)
    assert sheet.points == ()


@pytest.mark.django_db
def test_whoever_left_is_not_in_it(cohort: Cohort) -> None:
    stays = EnrolmentFactory(cohort=cohort).student
    EnrolmentFactory(cohort=cohort, withdrawn_on=TODAY)
    sheet = sheet_of(cohort, Program.CANVAS, keys=ALL, now=NOW)
    assert list(sheet.by_key()) == [stays.student_id]


@pytest.mark.django_db
def test_canvas_gets_its_rows(ana: Student, cohort: Cohort, counselor_client: Client) -> None:
    held(ana)
    response = counselor_client.get(
        f"/classes/{cohort.pk}/gradebook/file/", {"program": "canvas", "columns": ["held"]}
    )
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "gradebook-canvas-" in response.headers["Content-Disposition"]
    assert list(csv.reader(StringIO(response.content.decode()))) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Conversations held"],
        ["    Points Possible", "", "", "", "", str(cohort.goal)],
        [
            f"{ana.family_name}, {ana.given_name}",
            "",
            ana.student_id,
            ana.email or ana.user.email,  # type: ignore[union-attr]
            cohort.name,
            "1",
        ],
    ]


@pytest.mark.django_db
def test_moodle_gets_its_rows(ana: Student, cohort: Cohort, counselor_client: Client) -> None:
    response = counselor_client.get(
        f"/classes/{cohort.pk}/gradebook/file/",
        {"program": "moodle", "columns": ["held", "debriefed"]},
    )
    header, row = csv.reader(StringIO(response.content.decode()))
    assert header == [*WHO[Program.MOODLE], "Conversations held", "Debriefs finished"]
    assert row[2] == ana.student_id
    assert row[-2:] == ["0", "0"]


@pytest.mark.django_db
def test_a_file_is_compared_and_changes_nothing(
    ana: Student, cohort: Cohort, counselor_client: Client
) -> None:
    url = f"/classes/{cohort.pk}/gradebook/"
    held(ana)
    page = counselor_client.get(url).content.decode()
    assert "Conversations held, of" in page
    file = counselor_client.get(f"{url}file/", {"program": "canvas", "columns": list(ALL)}).content

    def compared(data: bytes) -> str:
        upload = SimpleUploadedFile("grades.csv", data)
        return counselor_client.post(url, {"gradebook": upload}).content.decode()

    assert "All 4 figures are the same" in compared(file)
    from_canvas = file.replace(b'"Conversations held"', b'"Conversations held (4711)"')
    assert "All 4 figures are the same" in compared(from_canvas)
    held(ana)
    page = compared(file)
    assert "1 of 4 figures differ" in page
    assert "Conversations held</td>" in page
    other = file.replace(ana.student_id.encode(), b"somebody-else")
    page = compared(other)
    assert f"Not in the file: {ana.student_id}" in page
    assert "In the file only: somebody-else" in page
    for damaged in (b"Hello", b'"never closed', b"\xff\xfe\x00", b"a," * 600):
        assert compared(damaged)
    assert "no gradebook of Canvas or Moodle" in compared(b"Name,Grade\nAna,1\n")


@pytest.mark.django_db
def test_a_file_needs_a_column(cohort: Cohort, counselor_client: Client) -> None:
    url = f"/classes/{cohort.pk}/gradebook/file/"
    for query in ({"program": "canvas"}, {"program": "x", "columns": "held"}, {}):
        response = counselor_client.get(url, query)
        assert response.status_code == 422
    assert "Choose one column at least" in response.content.decode()


def test_nonsense_is_no_gradebook() -> None:
    for data in (b"", b"a,b\n1,2\n", b"Student,ID\nx,y\n"):
        with pytest.raises(BadTableError):
            read_gradebook(data)


@pytest.mark.parametrize(
    ("cell", "grade"), [("7,5", Decimal("7.5")), ("EX", None), ("-", None), ("NaN", None)]
)
def test_a_cell_that_a_program_writes(cell: str, grade: Decimal | None) -> None:
    data = f'First name,Surname,ID number,Email address,Depth\nA,B,1,a@b.example,"{cell}"\n'
    assert read_gradebook(data.encode()).rows[0][1] == (grade,)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "file/?program=canvas&columns=held"])
def test_asks_as_often_for_many(
    cohort: Cohort, counselor_client: Client, counselor: User, path: str
) -> None:
    version = RubricVersionFactory()

    def fill(number: int) -> None:
        for _ in range(number):
            student = EnrolmentFactory(cohort=cohort).student
            scores = {"person": 1, "news": 1}
            SubmissionFactory(student=student, returned=True, rubric_version=version, scores=scores)

    assert_asks_as_often(counselor_client, f"/classes/{cohort.pk}/gradebook/{path}", fill)
