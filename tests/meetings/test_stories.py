import pytest

from apps.meetings.actions.erasure import forget_person
from apps.meetings.actions.stories import (
    LONGEST_TITLE,
    StoryRefused,
    edit_story,
    hear_story,
    share_story,
    tell_story,
    withdraw_story,
)
from apps.meetings.models import Debrief, Story, Telling
from tests.clock import NOW, TODAY, ahead
from tests.constraints import refused_by
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import (
    DebriefFactory,
    MeetingFactory,
    StoryFactory,
    TellingFactory,
)
from tests.students.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(ana):
    contact = ContactFactory(student=ana, name="Grace Whitfield")
    return MeetingFactory(contact=contact, held=True)


@pytest.fixture
def heard(talk):
    return StoryFactory(student=talk.student, heard=True, heard_in=talk, title="A typo sold out")


def share(story, *, names_contact=False, is_signed=True, now=NOW):
    return share_story(story=story, names_contact=names_contact, is_signed=is_signed, now=now)


def test_keeps_a_short_story_as_its_title(talk):
    hear_story(meeting=talk, words="A mistyped name outsold the line.")
    story = Story.objects.get()
    assert (story.kind, story.heard_in, story.student) == ("heard", talk, talk.student)
    assert (story.title, story.text) == ("A mistyped name outsold the line.", "")


def test_gives_a_long_story_a_title(talk):
    words = "She named a jacket after a mistyped e-mail, and it outsold the line. " * 3
    hear_story(meeting=talk, words=words.strip())
    story = Story.objects.get()
    assert story.text == words.strip()
    assert story.title.endswith("…")
    assert words.startswith(story.title[:-1])
    assert words[len(story.title) - 1] in " ,."
    assert len(story.title) <= LONGEST_TITLE


@pytest.mark.parametrize("words", ["x" * 121, "Two\nlines", "好" * 500, "a " * 200])
def test_gives_whatever_was_typed_back(talk, words):
    hear_story(meeting=talk, words=words.strip())
    story = Story.objects.first_heard_in(talk)
    assert story.words == words.strip()
    assert 0 < len(story.title) <= LONGEST_TITLE


def test_rewrites_the_one_story_and_keeps_a_title_of_the_students(talk):
    hear_story(meeting=talk, words="A typo.")
    hear_story(meeting=talk, words="A typo sold out.")
    assert (story := Story.objects.get()).title == "A typo sold out."
    edit_story(story=story, details={"title": "The jacket", "text": "A typo sold out."})
    hear_story(meeting=talk, words="A typo sold out in a week.")
    assert (Story.objects.get().title, Story.objects.get().text) == (
        "The jacket",
        "A typo sold out in a week.",
    )
    hear_story(meeting=talk, words="")
    assert not Story.objects.exists()


def test_does_not_take_a_story_from_the_class_by_the_way(talk, heard):
    share(heard)
    with pytest.raises(StoryRefused, match="Take it back"):
        hear_story(meeting=talk, words="")


def test_remembers_to_whom_a_story_was_told(talk):
    story, other = StoryFactory.create_batch(2, student=talk.student)
    tell_story(meeting=talk, story=story)
    tell_story(meeting=talk, story=story)
    assert Telling.objects.get().story == story
    tell_story(meeting=talk, story=other)
    assert Telling.objects.get().story == other
    tell_story(meeting=talk, story=None)
    assert not Telling.objects.exists()


def test_tells_nobody_the_same_story_twice(talk):
    story = StoryFactory(student=talk.student, title="The order form")
    tell_story(meeting=talk, story=story)
    again = MeetingFactory(contact=talk.contact, held=True)
    with pytest.raises(StoryRefused, match="You told Grace Whitfield “The order form” before"):
        tell_story(meeting=again, story=story)
    tell_story(meeting=MeetingFactory(student=talk.student, held=True), story=story)
    assert Telling.objects.count() == 2


def test_keeps_one_telling_of_a_story_for_a_conversation():
    telling = TellingFactory()
    with refused_by("meetings_telling_once"):
        TellingFactory(story=telling.story, meeting=telling.meeting)


def test_keeps_own_stories_apart_from_heard_ones(talk):
    with refused_by("meetings_story_own_is_not_heard"):
        StoryFactory(student=talk.student, heard_in=talk)
    with refused_by("meetings_story_kind_is_known"):
        StoryFactory(kind="invented")


def test_names_nobody_in_what_nobody_reads(talk):
    with refused_by("meetings_story_names_only_when_shared"):
        StoryFactory(names_contact=True)


def test_shares_from_the_first_yes_on_and_withdraws_at_once(heard):
    share(heard, names_contact=True)
    again = share(heard, is_signed=False, now=ahead(days=1))
    assert (again.shared_at, again.names_contact, again.is_signed) == (NOW, False, False)
    for _ in range(2):
        withdraw_story(story=heard)
        heard.refresh_from_db()
        assert (heard.shared_at, heard.names_contact) == (None, False)


@pytest.mark.parametrize(
    "text",
    ["Whitfield named it.", "It was Grace’s typo.", "GRACE WHITFIELD laughed.", "grace whitfield"],
)
def test_shares_no_name_without_a_yes_to_it(heard, text):
    edit_story(story=heard, details={"text": text})
    with pytest.raises(StoryRefused, match="The story says Grace Whitfield"):
        share(heard)
    assert share(heard, names_contact=True).shared_at
    heard.refresh_from_db()
    with pytest.raises(StoryRefused):
        share(heard)


@pytest.mark.parametrize(
    ("name", "text", "is_named"),
    [
        ("Grace Li", "She fell from grace.", False),
        ("Li Wei", "A list of weird things.", False),
        ("王芳", "昨天王芳说了一个故事", True),
        ("Björk", "It was Björk.", True),
        ("J. O’Neill", "As O’Neill's team says", True),
        ("Jo Al", "Al said so", False),
    ],
)
def test_knows_a_name_from_a_word(talk, name, text, is_named):
    contact = ContactFactory(student=talk.student, name=name)
    story = StoryFactory(
        student=talk.student, heard=True, heard_in__contact=contact, title="x", text=text
    )
    assert (story.named_contact is not None) == is_named


def test_lets_no_name_slip_into_a_shared_story(heard):
    share(heard)
    with pytest.raises(StoryRefused):
        edit_story(story=heard, details={"title": "Grace and the typo"})
    heard.refresh_from_db()
    assert heard.title == "A typo sold out"


def test_asks_anew_for_a_name_when_somebody_else_told_it(heard):
    share(heard, names_contact=True)
    other = MeetingFactory(student=heard.student, held=True)
    assert not edit_story(story=heard, details={"heard_in": other}).names_contact


def test_names_nobody_where_nobody_told_it_or_they_are_erased(talk, heard):
    with pytest.raises(StoryRefused, match="nobody to name"):
        share(StoryFactory(student=talk.student), names_contact=True)
    erased = ContactFactory(student=talk.student, erased=True)
    story = StoryFactory(student=talk.student, heard=True, heard_in__contact=erased)
    with pytest.raises(StoryRefused, match="nobody to name"):
        share(story, names_contact=True)


def test_takes_a_story_that_names_them_back_when_somebody_is_erased(talk, heard):
    anonymous = StoryFactory(student=talk.student, heard=True, heard_in=talk, shared=True)
    share(heard, names_contact=True)
    forget_person(contacts=[talk.contact_id])
    heard.refresh_from_db()
    anonymous.refresh_from_db()
    assert (heard.shared_at, heard.heard_in, heard.names_contact) == (None, None, False)
    assert (anonymous.shared_at, anonymous.heard_in) == (NOW, None)


def test_lets_no_open_debrief_write_over_an_edit(talk, heard):
    debrief = DebriefFactory(meeting=talk, revision=4)
    edit_story(story=heard, details={"text": "Better."})
    debrief.refresh_from_db()
    assert debrief.revision == 5
    share(heard)
    assert Debrief.objects.get().revision == 5


def readers(story, *users):
    return [story in Story.objects.visible_to(user, TODAY) for user in users]


def test_is_read_by_the_class_and_who_looks_after_it(
    ana, ben, cohort, counselor, other_counselor, administrator
):
    mate = EnrolmentFactory(cohort=cohort, student__with_account=True).student
    story = StoryFactory(student=ana)
    everybody = (ana.user, mate.user, counselor, administrator, ben.user, other_counselor)
    assert readers(story, *everybody) == [False] * 6
    share(story)
    assert readers(story, *everybody) == [True, True, True, True, False, False]
    withdraw_story(story=story)
    assert readers(story, *everybody) == [False] * 6


def test_is_not_read_once_either_has_left_the_class(ana, cohort, counselor):
    gone = EnrolmentFactory(cohort=cohort, withdrawn=True, student__with_account=True).student
    assert readers(StoryFactory(student=ana, shared=True), gone.user) == [False]
    assert readers(StoryFactory(student=gone, shared=True), ana.user, counselor) == [False, False]


def test_is_not_read_after_the_term(ana, counselor, administrator, cohort):
    story = StoryFactory(student=ana, shared=True)
    after = cohort.term.closes_on.replace(year=2026)
    for user in (ana.user, counselor, administrator):
        assert not Story.objects.visible_to(user, after).filter(pk=story.pk).exists()
