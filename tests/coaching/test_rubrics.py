"""Counselors say what they look for; what came back by a rubric keeps its version."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.coaching.actions.rubrics import create_rubric, publish_version
from apps.coaching.marking import marks_of, share_of
from apps.coaching.models import Rubric, RubricVersion
from tests.coaching.factories import (
    CRITERIA,
    LEVELS,
    RubricFactory,
    RubricVersionFactory,
    SubmissionFactory,
)
from tests.coaching.starters import begin_with_rubrics
from tests.constraints import refused_by

pytestmark = pytest.mark.django_db


def form(
    levels: list[dict[str, Any]], criteria: list[dict[str, Any]], **more: str
) -> dict[str, Any]:
    """Return what a browser sends: the rows of both tables under numbered names."""
    data: dict[str, Any] = {"name": "Debriefs", **more}
    for prefix, rows in (("levels", levels), ("criteria", criteria)):
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


TWO = [{"label": "Not yet", "points": 0}, {"label": "Yes", "points": 4}]
ONE = [{"name": "Depth", "weight": 2, "says_0": "Retold.", "says_1": "Weighed."}]


def test_a_rubric_stands_there_from_the_start() -> None:
    begin_with_rubrics()
    version = Rubric.objects.get().versions.get()
    assert [row["name"] for row in version.criteria] == [
        "Choice of person",
        "New knowledge",
        "Reflection",
    ]
    assert len(version.levels) == 3
    assert all(len(row["says"]) == 3 for row in version.criteria)


def test_a_counselor_makes_one(counselor_client: Client, counselor: User) -> None:
    page = counselor_client.get("/rubrics/new/").content.decode()
    assert "Another level" in page
    response = counselor_client.post("/rubrics/new/", form(TWO, ONE), follow=True)
    assert "can be used from now on" in response.content.decode()
    version = RubricVersion.objects.get(rubric__name="Debriefs")
    assert version.rubric.made_by == counselor
    assert version.levels == TWO
    assert version.criteria == [
        {"key": "depth", "name": "Depth", "weight": 2, "says": ["Retold.", "Weighed."]}
    ]


def test_another_row_comes_without_scripts(counselor_client: Client) -> None:
    data = form(TWO, [{"name": "Depth", "weight": "", "says_0": "Retold."}], another="levels")
    response = counselor_client.post("/rubrics/new/", data)
    table = response.context["table"]
    assert len(table.levels.forms) == 3
    assert len(table.criteria.forms[0].sentences) == 3
    page = response.content.decode()
    assert "Retold." in page  # what was typed is still there
    assert "This field is required" not in page  # and nobody complains yet
    response = counselor_client.post("/rubrics/new/", {**data, "another": "criteria"})
    assert len(response.context["table"].criteria.forms) == 2
    assert not Rubric.objects.filter(name="Debriefs").exists()


def test_an_edit_is_the_next_version(counselor_client: Client, counselor: User) -> None:
    rubric = create_rubric(name="Debriefs", levels=LEVELS, criteria=CRITERIA, by=counselor)
    row = SubmissionFactory(
        returned=True, rubric_version=rubric.versions.get(), scores={"person": 2, "news": 0}
    )
    url = f"/rubrics/{rubric.pk}/"
    old = [
        {**criterion, **{f"says_{n}": text for n, text in enumerate(criterion["says"])}}
        for criterion in CRITERIA
    ]
    page = counselor_client.post(url, form(LEVELS, old), follow=True).content.decode()
    assert "It says the same as before" in page
    assert rubric.versions.count() == 1

    old[0]["name"] = "Whom they chose"
    old[1]["DELETE"] = "on"
    page = counselor_client.post(url, form(LEVELS, old), follow=True).content.decode()
    assert "Version 2 is out" in page
    assert rubric.versions.get(number=2).criteria[0]["key"] == "person"
    row.refresh_from_db()
    assert [mark.criterion for mark in marks_of(row)] == ["Choice of person", "New knowledge"]
    assert [mark.level for mark in marks_of(row)] == ["Very good", "Not there yet"]


def test_a_level_that_goes_takes_its_sentences(counselor_client: Client) -> None:
    three = [*TWO[:1], {"label": "So so", "points": 2, "DELETE": "on"}, *TWO[1:]]
    criterion = {"name": "Depth", "weight": 1, "says_0": "a", "says_1": "b", "says_2": "c"}
    counselor_client.post("/rubrics/new/", form(three, [criterion]))
    version = RubricVersion.objects.get(rubric__name="Debriefs")
    assert version.levels == TWO
    assert version.criteria[0]["says"] == ["a", "c"]


@pytest.mark.parametrize(
    ("levels", "criteria", "words"),
    [
        (TWO[:1], ONE, "two levels at least"),
        (TWO[::-1], ONE, "in order"),
        ([*TWO, {"label": "More", "points": 4}], ONE, "in order"),
        (TWO, [], "Name one thing"),
        (TWO, [{**ONE[0], "weight": 0}], "greater than or equal to 1"),
        (TWO * 4, ONE, "room for 6"),
        (TWO, ONE * 13, "room for 12"),
    ],
)
def test_says_what_is_wrong(
    counselor_client: Client, levels: list[Any], criteria: list[Any], words: str
) -> None:
    page = counselor_client.post("/rubrics/new/", form(levels, criteria)).content.decode()
    assert words in page
    assert not Rubric.objects.filter(name="Debriefs").exists()


@pytest.mark.parametrize(
    "damage",
    [
        {"levels-TOTAL_FORMS": "x"},
        {"levels-TOTAL_FORMS": "99999999"},
        {"criteria-TOTAL_FORMS": "-1"},
        {"criteria-0-key": "../x", "name": ""},
        {"another": "nonsense"},
        {"another": "levels", "levels-TOTAL_FORMS": "²"},
        {"another": "levels", "levels-TOTAL_FORMS": "6"},
    ],
)
def test_damaged_forms_break_nothing(counselor_client: Client, damage: dict[str, str]) -> None:
    data = {**form(TWO, ONE), **damage}
    assert counselor_client.post("/rubrics/new/", data).status_code in (200, 302)


def test_two_names_alike_get_two_keys(counselor_client: Client) -> None:
    counselor_client.post("/rubrics/new/", form(TWO, [ONE[0], ONE[0], {**ONE[0], "name": "深さ"}]))
    keys = [row["key"] for row in RubricVersion.objects.get(rubric__name="Debriefs").criteria]
    assert keys == ["depth", "depth_2", "criterion"]


def test_it_can_be_laid_aside(counselor_client: Client) -> None:
    version = RubricVersionFactory()
    counselor_client.post(f"/rubrics/{version.rubric_id}/retire/")
    assert "Laid aside." in counselor_client.get("/rubrics/").content.decode()
    row = SubmissionFactory(returned=True)
    assert row
    counselor_client.post(f"/rubrics/{version.rubric_id}/retire/", {"again": "1"})
    version.rubric.refresh_from_db()
    assert not version.rubric.is_retired


def test_weights_and_points_make_the_share() -> None:
    version = RubricVersionFactory()  # points 0, 2, 3; weights 1 and 3
    assert share_of(version, {"person": 2, "news": 2}) == Decimal(100)
    assert share_of(version, {"person": 0, "news": 0}) == Decimal(0)
    assert share_of(version, {"person": 2, "news": 1}) == Decimal("75.0")  # (3 + 6) / 12
    assert share_of(version, {"person": 1, "news": 0}) == Decimal("16.7")  # 2 / 12


def test_published_words_stay() -> None:
    version = RubricVersionFactory()
    with refused_by("coaching_rubricversion_stays_as_published"):
        RubricVersion.objects.filter(pk=version.pk).update(criteria=[])
    with refused_by("coaching_rubricversion_number_once"):
        RubricVersionFactory(rubric=version.rubric)


def test_the_same_words_make_no_new_version() -> None:
    rubric = RubricFactory()
    first = publish_version(rubric=rubric, levels=LEVELS, criteria=CRITERIA)
    assert publish_version(rubric=rubric, levels=LEVELS, criteria=CRITERIA) == first
