from datetime import timedelta

import pytest

from apps.contacts.actions.merge import merge_contacts
from apps.journal.recall import Recall
from apps.meetings.actions.stories import tell_story
from tests.clock import NOW, TODAY, ago
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import (
    CommitmentFactory,
    MeetingFactory,
    StoryFactory,
    TellingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(ana):
    return ContactFactory(student=ana, name="Dana Whitfield")


@pytest.fixture
def talk(dana):
    return MeetingFactory(contact=dana, thanked=True)


def recall(contact):
    return Recall.of(contact, now=NOW)


def page_of(client, contact):
    response = client.get(f"/contacts/{contact.pk}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_recalls_promises_both_ways_the_first_due_first(talk, dana):
    ours = CommitmentFactory(meeting=talk)
    theirs = CommitmentFactory(meeting=talk, theirs=True, due_on=TODAY)
    some_day = CommitmentFactory(meeting=talk, due_on=None)
    kept = CommitmentFactory(meeting=talk, done_at=ago(days=6))
    CommitmentFactory(meeting=talk, done_at=ago(days=8))
    CommitmentFactory(meeting=MeetingFactory(student=dana.student, held=True))
    assert recall(dana).promises == [theirs, ours, some_day, kept]


def test_offers_a_story_that_they_have_not_heard(talk, dana):
    old, new = (StoryFactory(student=dana.student, title=title) for title in ("Old", "New"))
    StoryFactory(student=dana.student, heard=True)
    StoryFactory()
    assert recall(dana).to_tell in (old, new)
    tell_story(meeting=talk, story=new)
    assert recall(dana).to_tell == old
    assert [telling.story for telling in recall(dana).told] == [new]
    again = MeetingFactory(contact=dana, held=True, starts_at=ago(days=1))
    tell_story(meeting=again, story=old)
    assert recall(dana).to_tell is None


def test_never_offers_what_either_of_two_who_are_one_has_heard(ana, dana, talk):
    other = ContactFactory(student=ana)
    elsewhere = MeetingFactory(contact=other, held=True)
    stories = StoryFactory.create_batch(2, student=ana)
    for meeting, story in zip((talk, elsewhere), stories, strict=True):
        TellingFactory(meeting=meeting, story=story)
    merge_contacts(student=ana, kept=dana, other=other, choices={}, now=NOW + timedelta(hours=1))
    assert recall(dana).to_tell is None


def test_shows_it_on_the_contacts_page(ana_client, ana, dana, talk):
    promise = CommitmentFactory(meeting=talk, what="Send the survey")
    CommitmentFactory(meeting=talk, theirs=True, what="Ask Ruth")
    told = StoryFactory(student=ana, title="The print shop")
    TellingFactory(meeting=talk, story=told)
    StoryFactory(student=ana, title="The harbor")
    page = page_of(ana_client, dana)
    assert "You: Send the survey" in page
    assert "They: Ask Ruth" in page
    assert f'action="/promises/{promise.pk}/done/"' in page
    assert "<dt>You told them</dt>" in page
    assert "The print shop</a>" in page
    assert "that they have not heard: <a" in page
    assert "The harbor</a>" in page


def test_offers_a_story_before_they_have_ever_talked(ana_client, dana):
    StoryFactory(student=dana.student, title="The harbor")
    assert "The harbor</a>" in page_of(ana_client, dana)
