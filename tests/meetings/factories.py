from datetime import datetime, timedelta

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from apps.meetings.models import (
    BankQuestion,
    CalendarFeed,
    Commitment,
    Debrief,
    Finding,
    FindingKind,
    Jottings,
    Meeting,
    PlannedQuestion,
    PrepSheet,
    Promiser,
    QuestionGroup,
    Referral,
    ReferralAnswer,
    Status,
    Story,
    StoryKind,
    Telling,
)
from tests.clock import NOW, TODAY, ago, ahead
from tests.contacts.factories import ContactFactory, WithContactFactory
from tests.students.factories import StudentFactory


class MeetingFactory(WithContactFactory):
    """A conversation agreed for the day after tomorrow.

    `begun` was agreed for three days ago and nobody has said how it went; `held` took place then,
    and so did `practice`; `thanked` was held and thanked for three hours after it ended. `proposed`
    waits for an answer; `missed` was agreed for three days ago and `cancelled` for some time.
    """

    class Meta:
        model = Meeting

    class Params:
        begun = Trait(starts_at=ago(days=3))
        held = Trait(begun=True, status=Status.HELD)
        practice = Trait(held=True, is_practice=True)
        proposed = Trait(
            status=Status.PROPOSED,
            proposed_times=LazyAttribute(
                lambda row: [row.starts_at + timedelta(days=day) for day in range(3)]
            ),
        )
        missed = Trait(begun=True, status=Status.NO_SHOW)
        cancelled = Trait(status=Status.CANCELLED)
        thanked = Trait(
            held=True, thank_you_sent_at=LazyAttribute(lambda row: _end(row) + timedelta(hours=3))
        )

    contact = SubFactory(ContactFactory, student=SelfAttribute("..student"))
    starts_at = ahead(days=2)
    minutes = 30


class DebriefFactory(DjangoModelFactory[Debrief]):
    """A debrief as short as can be; `draft` is not finished."""

    class Meta:
        model = Debrief

    class Params:
        draft = Trait(referral_answer="", completed_at=None)

    meeting = SubFactory(MeetingFactory, held=True)
    referral_answer = ReferralAnswer.NONE_NOW
    revision = 1
    saved_at = NOW
    completed_at = NOW


class FindingFactory(DjangoModelFactory[Finding]):
    """Something learned about skills, which a counselor may read; `opening` is private."""

    class Meta:
        model = Finding

    class Params:
        opening = Trait(kind=FindingKind.POSSIBLE_OPENING, is_private=True)

    meeting = SubFactory(MeetingFactory, held=True)
    kind = FindingKind.SKILL_NEEDED
    text = "Everyone here can run a simple test."


class CommitmentFactory(DjangoModelFactory[Commitment]):
    """What the student promised for the end of the week; `theirs` the contact did."""

    class Meta:
        model = Commitment

    class Params:
        theirs = Trait(promised_by=Promiser.CONTACT, what="Ask the plant manager")

    meeting = SubFactory(MeetingFactory, held=True)
    promised_by = Promiser.STUDENT
    what = "Send the survey"
    due_on = TODAY + timedelta(days=2)


class ReferralFactory(DjangoModelFactory[Referral]):
    """A name that became a contact."""

    class Meta:
        model = Referral

    student = SelfAttribute("meeting.student")
    meeting = SubFactory(MeetingFactory, held=True)
    contact = SubFactory(
        ContactFactory,
        student=SelfAttribute("..meeting.student"),
        introduced_by=SelfAttribute("..meeting.contact"),
    )


class StoryFactory(DjangoModelFactory[Story]):
    """A story of the student's own; `heard` was told in a conversation."""

    class Meta:
        model = Story

    class Params:
        heard = Trait(
            kind=StoryKind.HEARD,
            heard_in=SubFactory(MeetingFactory, held=True, student=SelfAttribute("..student")),
        )
        shared = Trait(shared_at=NOW)

    student = SubFactory(StudentFactory)
    kind = StoryKind.OWN
    title = "The order form of the print shop"
    text = "Two boxes less, and the calls stopped."


class TellingFactory(DjangoModelFactory[Telling]):
    """That a story of the student's own was told."""

    class Meta:
        model = Telling

    story = SubFactory(StoryFactory)
    meeting = SubFactory(MeetingFactory, held=True, student=SelfAttribute("..story.student"))


class CalendarFeedFactory(DjangoModelFactory[CalendarFeed]):
    """A calendar that has been open since yesterday."""

    class Meta:
        model = CalendarFeed

    student = SubFactory(StudentFactory, with_account=True)
    token = Sequence(lambda n: f"{n:043}")
    rotated_at = ago(days=1)


def _end(row: Meeting) -> datetime:
    return row.starts_at + timedelta(minutes=row.minutes)


class PrepSheetFactory(DjangoModelFactory[PrepSheet]):
    """A sheet with a first thought; `written` has all that a sheet needs for four done blocks."""

    class Meta:
        model = PrepSheet

    class Params:
        written = Trait(
            goal_contacts="One person in market research",
            research_person="Seven years in retail",
            research_duties="Two launches a year",
            research_organization="About 900 people",
            pitch="I study marketing and like to find out why people choose a word.",
            is_pitch_rehearsed=True,
        )

    meeting = SubFactory(MeetingFactory)
    goal_information = "How a launch passes review"
    revision = 1
    saved_at = NOW


class BankQuestionFactory(DjangoModelFactory[BankQuestion]):
    """A question of the programme; `own` is one student's."""

    class Meta:
        model = BankQuestion

    class Params:
        own = Trait(student=SubFactory(StudentFactory))

    group = QuestionGroup.WHO_THEY_ARE
    text = Sequence(lambda n: f"What did year {n} teach you?")


class PlannedQuestionFactory(DjangoModelFactory[PlannedQuestion]):
    """A question for a conversation to come; `asked` was asked in one that was held."""

    class Meta:
        model = PlannedQuestion

    class Params:
        asked = Trait(is_asked=True, meeting=SubFactory(MeetingFactory, held=True))

    meeting = SubFactory(MeetingFactory)
    text = Sequence(lambda n: f"What is hard about task {n}?")
    position = Sequence(lambda n: n % 30_000)


class JottingsFactory(DjangoModelFactory[Jottings]):
    class Meta:
        model = Jottings

    meeting = SubFactory(MeetingFactory)
    text = "review board = 2 weeks, ask early"
    revision = 1
    saved_at = NOW
