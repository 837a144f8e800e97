"""The list takes people with a history and those without from two places, and shows one order."""

from collections import Counter
from datetime import timedelta

import pytest
from django.http import QueryDict

from apps.journal import people as list_of_people
from apps.journal.forms import PeopleFilter
from apps.journal.people import ORDERS, RESTING, People
from apps.journal.stages import STAGES, TOUCHES, ask
from apps.meetings.models import Status
from tests.clock import NOW, TODAY, ago, ahead
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory

PAGE = 4


@pytest.fixture
def _everybody(ana, ben):
    """Give Ana people of every kind, in an order that no list shows."""
    for number in range(18):
        contact = ContactFactory(
            student=ana,
            name=f"Person {(number * 7) % 18}",
            listed_on=TODAY - timedelta(days=(number * 5) % 6),
            seniority=["", "owner", "peer"][number % 3],
            archived_at=ago(days=1) if number % 6 == 5 else None,
            tags=["fair"] if number % 2 else [],
        )
        if number % 3 == 1:
            AttemptFactory(contact=contact, sent_at=ago(days=number * 9))
        if number % 4 == 1:
            MeetingFactory(contact=contact, starts_at=ahead(days=number))
        if number % 5 == 1:
            MeetingFactory(contact=contact, starts_at=ago(days=2), status=Status.CANCELLED)
        if number % 7 == 1:
            MeetingFactory(contact=contact, held=True)
    ContactFactory(student=ben)


def shown(student, query, page=""):
    chosen = PeopleFilter(QueryDict(query), tags=["fair"])
    return People(student=student, chosen=chosen, now=NOW, page=page)


@pytest.mark.usefixtures("_everybody")
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("query", ["", "stage=listed", "stage=resting", "touch=never", "tag=fair"])
def test_pages_show_everybody_once_in_the_order_of_the_whole_list(ana, order, query, monkeypatch):
    monkeypatch.setattr(list_of_people, "PER_PAGE", PAGE)
    people = shown(ana, f"{query}&sort={order}")
    pages = [
        shown(ana, f"{query}&sort={order}", str(number))
        for number in range(1, people.page.paginator.num_pages + 1)
    ]
    paged = [row.person.pk for page in pages for row in page.rows]
    whole = ask(
        f"SELECT id FROM people WHERE {people._chosen(people.stage)} ORDER BY {ORDERS[order]}",
        student=ana,
        now=people.now,
        due=people.steps,
        keys=people.keys,
    )
    assert paged == [key for (key,) in whole]
    assert len(paged) == people.count(people.stage, people.touch) > 0


@pytest.mark.usefixtures("_everybody")
def test_counts_each_once_at_their_stage(ana):
    each = ask("SELECT stage, touch FROM people", student=ana, now=NOW)
    assert shown(ana, "").counts == Counter((STAGES[s], TOUCHES[t]) for s, t in each)
    assert len(each) == 18


@pytest.mark.usefixtures("_everybody")
def test_lanes_show_the_first_of_each_stage(ana, monkeypatch):
    monkeypatch.setattr(list_of_people, "PER_LANE", 2)
    people = shown(ana, "view=board")
    by_stage = {stage: [] for stage in STAGES}
    for key, stage in ask(
        f"SELECT id, stage FROM people WHERE stage <> {RESTING} ORDER BY {ORDERS['']}",
        student=ana,
        now=people.now,
        due=people.steps,
    ):
        by_stage[STAGES[stage]].append(key)
    for lane in people.lanes:
        assert [row.person.pk for row in lane.rows] == by_stage[lane.stage][:2]
        assert lane.count == len(by_stage[lane.stage])


@pytest.mark.usefixtures("_everybody")
@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("x", 1), ("2", 2), (" 2", 2), ("9", 4), ("0", 4), ("9" * 40, 4)],
)
def test_a_page_that_does_not_exist_is_one_that_does(ana, asked, number, monkeypatch):
    monkeypatch.setattr(list_of_people, "PER_PAGE", PAGE)
    people, there = shown(ana, "", asked), shown(ana, "", str(number))
    assert people.page.number == number
    assert people.rows == there.rows
    assert people.rows
