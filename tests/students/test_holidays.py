"""Days off of the institution: a list that administrators keep."""

from datetime import date

import pytest

from apps.common.business_days import business_day
from apps.outreach.follow_up import unanswered
from apps.students.holidays import Spell, spells
from apps.students.models import Holiday, Student
from tests.clock import NOW
from tests.constraints import refused_by
from tests.outreach.factories import AttemptFactory
from tests.students.factories import HolidayFactory

BREAK = {"name": "Fall break", "first": "2025-10-20", "last": "2025-10-24"}


def days():
    return list(Holiday.objects.order_by("day").values_list("day", "name"))


def test_adds_one_day(administrator_client):
    administrator_client.post("/holidays/", {"name": "Founders’ Day", "first": "2025-11-03"})
    assert days() == [(date(2025, 11, 3), "Founders’ Day")]


def test_adds_days_in_a_row_and_leaves_those_that_are_there(administrator_client):
    HolidayFactory(day=date(2025, 10, 22), name="Picnic")
    page = administrator_client.post("/holidays/", BREAK, follow=True).text
    assert "4 days off added." in page
    assert days() == [
        (date(2025, 10, day), "Picnic" if day == 22 else "Fall break") for day in range(20, 25)
    ]
    page = administrator_client.post("/holidays/", BREAK, follow=True).text
    assert "These days were on the list already." in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"last": "2025-10-19"}, "This is before the first day."),
        ({"last": "2025-12-21"}, "At most 62 days in a row."),
        ({"first": "2024-10-14", "last": ""}, "Please look at the year again."),
        ({"first": "2205-10-14", "last": "2205-10-15"}, "Please look at the year again."),
        ({"first": ""}, "This field is required."),
        ({"last": "never"}, "Enter a valid date."),
        ({"name": " "}, "This field is required."),
    ],
)
def test_asks_again_where_something_cannot_be(administrator_client, wrong, words):
    assert words in administrator_client.post("/holidays/", {**BREAK, **wrong}).text
    assert days() == []


def test_takes_two_months_and_a_year_back(administrator_client):
    administrator_client.post("/holidays/", {**BREAK, "last": "2025-12-20"})
    assert len(days()) == 62
    administrator_client.post("/holidays/", {**BREAK, "first": "2024-10-15", "last": ""})
    assert len(days()) == 63


def test_takes_days_off_the_list(administrator_client):
    administrator_client.post("/holidays/", BREAK)
    data = {"first": "2025-10-21", "last": "2025-10-23"}
    page = administrator_client.post("/holidays/remove/", data, follow=True).text
    assert "Taken off the list." in page
    assert [day.day for day, _ in days()] == [20, 24]
    administrator_client.post("/holidays/remove/", {"first": "2025-10-20"})
    assert len(days()) == 2


@pytest.mark.django_db
def test_speaks_of_days_in_a_row_as_one():
    for day, name in ((20, "Break"), (21, "Break"), (22, "Picnic"), (24, "Break"), (3, "Long ago")):
        HolidayFactory(day=date(2025, 10, day), name=name)
    assert spells(since=date(2025, 10, 4)) == [
        Spell(date(2025, 10, 20), date(2025, 10, 21), "Break"),
        Spell(date(2025, 10, 22), date(2025, 10, 22), "Picnic"),
        Spell(date(2025, 10, 24), date(2025, 10, 24), "Break"),
    ]
    assert [spell.days for spell in spells(since=date(2025, 10, 4))] == [2, 1, 1]


def test_shows_the_list(administrator_client):
    assert "No days off yet" in administrator_client.get("/holidays/").text
    administrator_client.post("/holidays/", BREAK)
    page = administrator_client.get("/holidays/").text
    assert "Mon, Oct 20, 2025 to Fri, Oct 24, 2025, 5 days" in page
    assert "/holidays/" in administrator_client.get("/classes/").text


def test_moves_what_is_due_at_once(administrator_client):
    attempt = AttemptFactory(sent_at=NOW)  # due on Wednesday, October 22

    def day():
        (row,) = unanswered(Student.objects.filter(pk=attempt.student_id), NOW)
        return row.follow_up_on

    assert day() == date(2025, 10, 22)
    administrator_client.post("/holidays/", BREAK)
    off = {day for day, _ in days()}
    assert day() == business_day(date(2025, 10, 22), 0, off) == date(2025, 10, 27)


def test_is_for_administrators(counselor_client, ana_client):
    for client in (counselor_client, ana_client):
        assert client.get("/holidays/").status_code == 403
        assert client.post("/holidays/", BREAK).status_code == 403
    assert "/holidays/" not in counselor_client.get("/classes/").text
    assert days() == []


@pytest.mark.django_db
def test_knows_a_day_once():
    holiday = HolidayFactory()
    with refused_by("students_holiday_day_key"):
        HolidayFactory(day=holiday.day)
