"""What conversations tell of somebody goes with them when they ask to be erased."""

import pytest

from apps.meetings.actions.erasure import forget_person
from apps.meetings.models import Jottings, Meeting, PrepSheet, Referral, Story
from apps.outreach.actions.attempts import erase_from_all_lists
from tests.clock import NOW
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import (
    JottingsFactory,
    MeetingFactory,
    PrepSheetFactory,
    ReferralFactory,
    StoryFactory,
)

pytestmark = pytest.mark.django_db

TOLD = {
    Meeting: {"place": "12 Elm Street", "mode_reason": "She is away in Lima"},
    PrepSheet: {"research_person": "Two children, from Lima"},
    Jottings: {"text": "moved for her mother"},
    Story: {"names_contact": True},
}


@pytest.fixture
def talk():
    """A conversation with everything in it that can tell of the person."""
    meeting = MeetingFactory(held=True, contact=ContactFactory(email="ruth@north.example"))
    PrepSheetFactory(meeting=meeting, goal_information="What a plant does all day")
    JottingsFactory(meeting=meeting)
    StoryFactory(
        student=meeting.student, kind="heard", heard_in=meeting, shared_at=NOW, text="A long road."
    )
    for model, told in TOLD.items():
        model.objects.update(**told)
    return meeting


def told_now():
    return {
        model: {name: getattr(model.objects.get(), name) for name in told}
        for model, told in TOLD.items()
    }


def test_blanks_what_tells_of_the_person(talk):
    before = {model: model.objects.get() for model in (PrepSheet, Jottings)}
    forget_person(contacts=[talk.contact_id])
    assert [value for told in told_now().values() for value in told.values() if value] == []
    assert Story.objects.get().heard_in is None
    for model, row in before.items():  # a page that is still open cannot write it back
        assert model.objects.get().revision == row.revision + 1


def test_keeps_that_it_took_place_and_what_the_student_learned(talk):
    forget_person(contacts=[talk.contact_id])
    meeting = Meeting.objects.get()
    for name in ("status", "starts_at", "minutes", "mode", "contact_id", "thank_you_sent_at"):
        assert getattr(meeting, name) == getattr(talk, name)
    assert PrepSheet.objects.get().goal_information == "What a plant does all day"
    assert Story.objects.get().text == "A long road."
    meeting.full_clean()
    Story.objects.get().full_clean()


def test_forgets_what_a_referral_wrote_over(talk):
    ReferralFactory(meeting=talk, made_contact=False, before={"data_source": "A card of Ruth's"})
    referral = Referral.objects.get()
    forget_person(contacts=[talk.contact_id])
    assert Referral.objects.get().before == referral.before
    forget_person(contacts=[referral.contact_id])
    assert Referral.objects.get().before is None


def test_leaves_everybody_else_alone(talk):
    forget_person(contacts=[ContactFactory().pk])
    assert told_now() == TOLD
    assert Story.objects.get().heard_in == talk


def test_happens_whenever_somebody_is_erased(talk, administrator):
    erase_from_all_lists(keys=["ruth@north.example"], by=administrator, now=NOW)
    assert Meeting.objects.get().contact.is_erased
    assert Jottings.objects.get().text == ""
    assert Meeting.objects.get().place == ""
