"""Charts: what is drawn, what is said beside it, and that no label can break out."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from apps.common import charts
from apps.common.templatetags.charts import draw_chart

HOSTILE = """</title></svg><script>alert("1")</script>' onload='x"""
STARTS_ON = date(2026, 9, 7)
ENDS_ON = date(2026, 11, 27)


@dataclass(frozen=True)
class Counted:
    k: int
    n: int
    rate: float | None
    low: float | None
    high: float | None


SOME = Counted(21, 100, 0.21, 0.142, 0.3)
ALL = Counted(30, 30, 1.0, 0.886, 1.0)
NONE = Counted(0, 20, 0.0, 0.0, 0.161)
NOBODY = Counted(0, 0, None, None, None)


def strip(share=SOME, **changes):
    return charts.IntervalStrip(label="Everybody", share=share, axis_max=0.34, **changes)


def rows(*listed):
    return charts.IntervalRows(
        title="By group",
        rows=[charts.IntervalRow(label, share) for label, share in listed],
        label_head="Group",
        n_head="People",
        k_head="Arrived",
    )


def funnel(*stages):
    return charts.FunnelBars(title="Way", stages=stages)


def curve(points, **changes):
    given = {"id": "curve", "title": "Arrived", "ends_at": 119, "when_empty": "Nobody yet."}
    return charts.StepCurve(points=points, **(given | changes))


def risen(number, *, has_bounds=True):
    """Points that climb one hundredth every second day."""
    return [
        charts.StepPoint(
            at=2 * n,
            value=n / 100,
            low=n / 200 if has_bounds else None,
            high=n / 60 if has_bounds else None,
            at_risk=200 - n,
        )
        for n in range(1, number + 1)
    ]


def pace(days, *, today=date(2026, 10, 14), goal=12, id="pace", title="Held", word="held"):
    return charts.PaceChart(
        id=id,
        title=title,
        starts_on=STARTS_ON,
        ends_on=ENDS_ON,
        today=today,
        actual=[charts.PacePoint(day, number) for number, day in enumerate(days, start=1)],
        plan=[charts.PacePoint(STARTS_ON, 0), charts.PacePoint(ENDS_ON, goal)],
        actual_word=word,
    )


def weekly(number):
    return [STARTS_ON + timedelta(days=2 + 7 * week) for week in range(number)]


def difference(value=0.06, low=-0.047, high=0.166):
    return charts.DifferenceStrip(id="change", title="Change", difference=value, low=low, high=high)


def drawn(svg):
    """Parse a drawing; fails unless it is well-formed."""
    return ElementTree.fromstring(svg)


def found(svg, tag, kind):
    return [node for node in drawn(svg).iter(tag) if node.get("class", "").split()[:1] == [kind]]


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


EVERY_CHART = {
    "strip": strip(note="On the census day."),
    "strip of nobody": strip(NOBODY),
    "hidden strip": strip(charts.Hidden()),
    "rows": rows(("1 to 3", SOME), ("All", ALL), ("Nobody", NOBODY), ("Few", charts.Hidden())),
    "no rows": rows(),
    "funnel": funnel(
        charts.FunnelStage(label="Sent", count=1163, note="Each counts once"),
        charts.FunnelStage(label="Replied", count=702, share=SOME),
        charts.FunnelStage(label="Met", count=0, share=NOBODY),
        charts.FunnelStage(label="Thanked", count=charts.Hidden(), share=charts.Hidden()),
    ),
    "funnel of nobody": funnel(charts.FunnelStage(label="Sent", count=0)),
    "curve of one": curve(risen(1)),
    "curve of sixty": curve(risen(60)),
    "curve without a band": curve(risen(3, has_bounds=False)),
    "curve with a hidden start": curve(risen(20), hidden_before=28, unit="day"),
    "empty curve": curve([]),
    "pace": pace(weekly(6)),
    "pace on the first day": pace([], today=STARTS_ON),
    "pace before the start": pace([], today=STARTS_ON - timedelta(days=30)),
    "pace after the end": pace(weekly(12), today=ENDS_ON + timedelta(days=40)),
    "pace of sixty": pace([STARTS_ON + timedelta(days=n) for n in range(60)], today=ENDS_ON),
    "change": difference(),
    "change of nothing": difference(0.0, 0.0, 0.0),
    "sparkline": charts.Sparkline(actual=[0, 1, 1, 3], plan=[0, 1, 2, 3]),
    "empty sparkline": charts.Sparkline(actual=[], plan=[]),
}


@pytest.mark.parametrize("chart", EVERY_CHART.values(), ids=EVERY_CHART)
def test_draws_with_no_style_of_its_own_and_no_number_that_is_none(chart):
    html = draw_chart(chart)

    assert "style=" not in html
    assert not re.search(r"\b(nan|inf|None)\b", html)


@pytest.mark.parametrize(
    "chart",
    [
        charts.IntervalStrip(label=HOSTILE, share=SOME, axis_max=0.5, note=HOSTILE),
        rows((HOSTILE, SOME), ("b", charts.Hidden(HOSTILE))),
        funnel(charts.FunnelStage(label=HOSTILE, count=1, share=SOME, share_of=HOSTILE)),
        curve(risen(4), title=HOSTILE, id=HOSTILE, hidden_before=3, hidden=charts.Hidden(HOSTILE)),
        curve([], when_empty=HOSTILE),
        pace(weekly(2), title=HOSTILE, id=HOSTILE, word=HOSTILE),
        charts.DifferenceStrip(id=HOSTILE, title=HOSTILE, difference=0, low=-1, high=1),
    ],
    ids=["strip", "rows", "funnel", "curve", "empty curve", "pace", "change"],
)
def test_escapes_a_hostile_label(chart):
    html = draw_chart(chart)

    assert "<script" not in html
    assert "' onload=" not in html
    assert "&lt;script&gt;" in html


def test_names_and_describes_a_drawing_by_ids_of_its_own():
    one, other = pace(weekly(3), id="one"), curve(risen(5), id="other")
    html = draw_chart(one) + draw_chart(other)

    ids = re.findall(r' id="([^"]+)"', html)

    assert sorted(ids) == ["one-desc", "one-title", "other-desc", "other-title"]
    assert drawn(one.svg).get("role") == "img"
    assert drawn(one.svg).get("aria-labelledby") == "one-title"
    assert drawn(one.svg).get("aria-describedby") == "one-desc"


def test_leaves_a_drawing_to_the_eye_where_its_numbers_stand_beside_it():
    assert drawn(strip().svg).get("aria-hidden") == "true"
    assert drawn(charts.Sparkline(actual=[1], plan=[2]).svg).get("aria-hidden") == "true"


# Rates


def test_shows_a_rate_with_its_counts_and_its_interval():
    assert text_of(draw_chart(strip())) == (
        "Everybody 21.0 % 0 20 40 % 21 of 100, 95 % CI 14.2–30.0"
    )


def test_puts_dot_and_caps_where_the_axis_says():
    (dot,) = found(strip().svg, "circle", "pt")
    caps = found(strip().svg, "line", "cap")

    assert dot.get("cx") == "52.50%"  # 21 of an axis to 40
    assert [cap.get("x1") for cap in caps] == ["35.50%", "75.00%"]


def test_shares_one_axis_between_strips():
    assert charts.highest_bound([SOME, NOBODY, charts.Hidden(), NONE]) == 0.3
    assert charts.highest_bound([NOBODY]) == 0


def test_says_that_there_is_no_rate_of_nobody():
    html = draw_chart(strip(NOBODY))

    assert text_of(html) == "Everybody no rate, nobody in this group"
    assert "<svg" not in html


def test_says_why_a_rate_is_hidden_and_draws_nothing():
    chart = rows(("Few", charts.Hidden("hidden, protects a cell")))

    assert found(chart.lines[0][1], "circle", "pt") == []
    assert chart.table.rows == [("Few", *4 * [chart.table.rows[0][1]])]
    assert "hidden, protects a cell" in chart.table.rows[0][1]


def test_keeps_the_whole_interval_inside_at_100_percent():
    (line, drawing, _) = rows(("All", ALL)).lines[0]
    (dot,) = found(drawing, "circle", "pt")

    assert line == "All"
    assert dot.get("cx") == "100.00%"


def test_tables_every_row_with_base_share_and_interval():
    table = rows(("1 to 3", SOME), ("Nobody", NOBODY)).table

    assert table.heads == ("Group", "People", "Arrived", "Share", "95 % CI")
    assert table.rows == [
        ("1 to 3", "100", "21", "21.0 %", "14.2–30.0"),
        ("Nobody", "0", "0", "no rate, nobody in this group", "no interval"),
    ]


# Differences


@pytest.mark.parametrize(
    ("low", "high", "claims"), [(-0.047, 0.166, False), (0.01, 0.166, True), (0.0, 0.1, False)]
)
def test_makes_no_claim_when_the_interval_includes_zero(low, high, claims):
    words = text_of(draw_chart(difference(0.06, low, high)))

    assert ("no claim of a change is made" not in words) is claims


def test_marks_no_change_on_the_axis_of_a_difference():
    chart = difference(-0.2, -0.31, -0.08)
    (zero,) = found(chart.svg, "line", "axis")

    assert zero.get("x1") == "100.00%"
    assert "−20.0 points" in chart.description


# Funnels


def test_scales_bars_to_the_largest_count():
    chart = EVERY_CHART["funnel"]
    widths = [bar.get("width") for line in chart.lines for bar in found(line.svg, "rect", "pt")]

    assert widths == ["100.00%", "60.36%", "0.00%"]


def test_tables_a_funnel_with_what_each_share_is_of():
    chart = funnel(
        charts.FunnelStage(label="Sent", count=1163),
        charts.FunnelStage(label="Thanked", count=21, share=SOME, share_of="of those met"),
    )

    assert chart.table.rows == [
        ("Sent", "1,163", "first step", "first step"),
        ("Thanked", "21", "21.0 % of those met", "14.2–30.0"),
    ]


# Curves


def test_draws_a_step_curve_from_zero_to_the_end_of_the_axis():
    chart = curve(
        [
            charts.StepPoint(at=28, value=0.05, low=None, high=None, at_risk=100),
            charts.StepPoint(at=56, value=0.1, low=None, high=None, at_risk=90),
        ],
        ends_at=112,
    )
    (steps,) = found(chart.svg, "path", "actual")

    assert steps.get("d") == (
        "M0.00 100.00 L25.00 100.00 L25.00 50.00 L50.00 50.00 L50.00 0.00 L100.00 0.00"
    )


def test_interrupts_the_band_where_bounds_are_not_defined():
    points = risen(2) + [charts.StepPoint(at=9, value=0.3, low=None, high=None, at_risk=3)]
    points += [charts.StepPoint(at=11, value=0.4, low=0.2, high=0.6, at_risk=2)]

    assert len(found(curve(points).svg, "path", "band")) == 2
    assert found(curve(risen(3, has_bounds=False)).svg, "path", "band") == []


def test_says_in_words_that_there_is_nothing_to_draw():
    html = draw_chart(curve([]))

    assert text_of(html) == "Nobody yet."
    assert "<svg" not in html


def test_neither_draws_nor_tables_the_hidden_start_of_a_curve():
    chart = curve(risen(20), hidden_before=28)
    (steps,) = found(chart.svg, "path", "actual")

    assert steps.get("d").startswith("M23.53 ")  # day 28 of 119
    assert [row[0] for row in chart.table.rows[:2]] == ["Before day 28", "Day 28"]
    assert "&lt; 10 hidden" in chart.table.rows[0][1]


@pytest.mark.parametrize(
    ("unit", "ends_at", "labels"),
    [
        ("week", 119, ["week 5", "10", "15"]),
        ("day", 30, ["day 10", "20", "30"]),
        ("week", 5, []),
    ],
)
def test_marks_time_in_whole_days_or_weeks(unit, ends_at, labels):
    svg = curve(risen(2), unit=unit, ends_at=ends_at).svg
    below = [node.text for node in found(svg, "text", "tick") if node.get("y") == "200"]

    assert below == labels


# Pace


def test_steps_up_to_today_and_no_further():
    chart = pace(weekly(8), today=STARTS_ON + timedelta(days=17))
    (steps,) = found(chart.svg, "path", "actual")

    assert chart.reached == 3
    assert steps.get("d").endswith(" L19.75 75.00 L20.99 75.00")
    assert chart.description == "From Sep 7 to Nov 27. By Sep 24: 3 held, 3 by plan."


def test_tables_plan_and_total_for_each_week_so_far():
    assert pace(weekly(2), today=date(2026, 9, 22)).table.rows == [
        ("Sep 7", "1", "1"),
        ("Sep 14", "2", "2"),
        ("Sep 21", "3", "2"),
    ]


def test_shows_a_semester_that_has_not_begun_without_a_mark_for_today():
    chart = pace([], today=STARTS_ON - timedelta(days=3))

    assert chart.table.rows == []
    assert "today" not in text_of(chart.svg)


@pytest.mark.parametrize(
    ("day", "labels"),
    [(2, ["today", "Nov 27"]), (37, ["Sep 7", "today", "Nov 27"]), (79, ["Sep 7", "today"])],
)
def test_leaves_out_dates_that_would_collide(day, labels):
    svg = pace([], today=STARTS_ON + timedelta(days=day)).svg
    below = [node.text for node in found(svg, "text", "tick") if node.get("y") == "140"]

    assert below == labels


def test_ends_the_scale_of_a_sparkline_at_the_larger_of_both():
    def end(actual, plan):
        (dot,) = found(charts.Sparkline(actual=actual, plan=plan).svg, "circle", "pt")
        return float(dot.get("cy"))

    assert end([0, 3], [0, 6]) == 12.5
    assert end([0, 9], [0, 6]) == 3.0
    assert end([4], [0]) == 3.0
    assert end([], []) == 22.0


def series(*listed):
    return charts.RateSeries(
        id="series",
        title="By term",
        rows=[charts.IntervalRow(label, share) for label, share in listed],
        label_head="Term",
        n_head="People",
        k_head="Arrived",
        when_empty="Nothing to show.",
    )


def test_draws_rates_one_after_another_and_leaves_a_gap_that_says_hidden():
    chart = series(
        ("Fall", SOME), ("Spring", charts.Hidden("hidden (fewer than 10)")), ("May", ALL)
    )
    drawn = draw_chart(chart)
    assert drawn.count('class="pt"') == 2
    assert drawn.count('class="bar"') == 2
    assert ">hidden</text>" in drawn
    assert "Fall: 21.0 %, 95 % interval 14.2–30.0. Spring: hidden (fewer than 10)." in drawn
    assert chart.table.rows[0] == ("Fall", "100", "21", "21.0 %", "14.2–30.0")


def test_draws_nothing_where_every_rate_is_hidden_or_missing():
    drawn = draw_chart(series(("Fall", charts.Hidden()), ("Spring", NOBODY)))
    assert "<svg" not in drawn
    assert "Nothing to show." in drawn


def test_names_no_more_steps_than_fit_and_always_the_last():
    drawn = draw_chart(series(*((f"Term {n}", SOME) for n in range(24))))
    svg, _, _ = drawn.partition("<details")
    labels = re.findall(r">(Term \d+)</text>", svg)
    assert len(labels) <= 5
    assert labels[-1] == "Term 23"


def test_lets_no_label_out_of_a_series():
    ElementTree.fromstring(str(series((HOSTILE, SOME)).svg))
