import pytest

from apps.common.charts import TrendChart, TrendLine
from apps.journal.progress import Progress
from apps.meetings.models import Skill
from tests.clock import ago
from tests.meetings.factories import DebriefFactory, MeetingFactory


def talk(student, days, *, closeness="", ready=False, practice=False, **debrief):
    meeting = MeetingFactory(
        student=student,
        held=True,
        starts_at=ago(days=days),
        is_ready=ready,
        is_practice=practice,
        contact__closeness=closeness,
        contact__name=f"Met {days}",
    )
    if debrief:
        DebriefFactory(meeting=meeting, **debrief)
    return meeting


def rows_of(chart):
    return [tuple(row[1:]) for row in chart.table.rows]


def test_follows_preparation_confidence_and_clarity_in_order(ana):
    talk(ana, 2, ready=True, confidence_before=4, confidence_after=4, clarity=4)
    talk(ana, 9, ready=True, confidence_before=2, confidence_after=4, clarity=3)
    talk(ana, 20)
    progress = Progress.of(ana, ana.zone)
    assert progress.ready == 2
    assert (progress.surer, len(progress.rated)) == (1, 2)
    assert progress.clarity == [3, 4]
    assert rows_of(progress.readiness_chart) == [("0 %",), ("50 %",), ("67 %",)]
    assert rows_of(progress.confidence_chart) == [
        ("not noted", "not noted"),
        ("4", "2"),
        ("4", "4"),
    ]
    assert rows_of(progress.clarity_chart) == [("not noted",), ("3",), ("4",)]
    assert [row[0] for row in progress.clarity_chart.table.rows] == ["Sep 25", "Oct 6", "Oct 13"]


def test_shows_the_share_of_strangers_growing_and_leaves_out_who_is_not_known(ana):
    for days, closeness in ((50, "knows_well"), (40, "knows"), (30, ""), (20, "stranger")):
        talk(ana, days, closeness=closeness)
    progress = Progress.of(ana, ana.zone)
    assert rows_of(progress.strangers_chart) == [("0 %",), ("0 %",), ("0 %",), ("33 %",)]
    assert (progress.strangers, len(progress.known_closeness), progress.latest) == (1, 3, [])
    for days in (4, 3, 2):
        talk(ana, days, closeness="stranger")
    assert (
        Progress.of(ana, ana.zone).latest_strangers,
        len(Progress.of(ana, ana.zone).latest),
    ) == (4, 5)


def test_keeps_practice_apart_but_its_notes_and_skills(ana):
    talk(ana, 9, practice=True, ready=True, change_next_time="Slower", skills=[Skill.LISTENING])
    talk(ana, 2, change_next_time="Ask first", skills=[Skill.LISTENING, Skill.EXECUTIVES])
    progress = Progress.of(ana, ana.zone)
    assert (len(progress.talks), progress.ready) == (1, 0)
    assert (len(progress.practice), progress.practice_ready) == (1, 1)
    assert [one.change for one in progress.changes] == ["Ask first", "Slower"]
    assert progress.skills == [("Listening", 2), ("Talking with executives", 1)]


def test_shows_it_all_on_one_page(ana, ana_client, ben):
    talk(ana, 9, ready=True, confidence_before=2, confidence_after=4, clarity=3)
    talk(ana, 2, ready=True, confidence_before=4, confidence_after=4, clarity=4)
    talk(ana, 30, practice=True, change_next_time="Slower")
    talk(ben, 3, change_next_time="Not yours")
    page = " ".join(ana_client.get("/progress/").content.decode().split())
    for words in (
        "2 of 2 conversations in all four blocks.",
        "After 1 of 2 you were surer than before.",
        "From 3 at first to 4 now, of 5.",
        "1 practice conversation. It counts here and nowhere else.",
        "“Slower”",
        "Met 30, September 15, practice",
    ):
        assert words in page
    assert page.count('<svg class="ch-svg"') == 3
    assert "Not yours" not in page


def test_tells_a_beginner_what_will_stand_here(ana_client):
    assert "Nothing to look back on yet" in ana_client.get("/progress/").content.decode()


def test_costs_the_same_for_many_conversations(ana, ana_client, django_assert_max_num_queries):
    for days in range(1, 20):
        talk(ana, days, confidence_before=2, confidence_after=3)
    with django_assert_max_num_queries(11):
        ana_client.get("/progress/")


def chart_of(*lines):
    return TrendChart(
        id="t",
        title="Title",
        description="Words",
        counted="Talk",
        labels=["Oct 1", "Oct 2", "Oct 3"],
        lines=lines,
        ticks=(1, 2, 3, 4, 5),
        when_empty="Not yet",
    )


@pytest.mark.parametrize("values", [[], [None, None, None], [None, 3, None]])
def test_draws_no_trend_through_fewer_than_two_values(values):
    assert not chart_of(TrendLine("one", values or [None] * 3)).svg


def test_draws_lines_over_gaps_and_names_them():
    svg = chart_of(TrendLine("after", [1, None, 5]), TrendLine("before", [1, 1, 1], True)).svg
    assert 'd="M0.00 100.00 L100.00 0.00"' in svg
    assert 'class="plan"' in svg
    assert ">after</text>" in svg
    assert ">before</text>" in svg
    assert "<title" in svg
    assert ">Oct 3</text>" in svg
