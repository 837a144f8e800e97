from datetime import timedelta

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from apps.coaching.models import (
    Note,
    Nudge,
    NudgeTemplate,
    Piece,
    Question,
    Resource,
    ResourceUse,
    Rubric,
    RubricVersion,
    Shelf,
    Submission,
    WordSpoken,
)
from apps.outreach.models import NoteKind
from tests.accounts.factories import UserFactory
from tests.clock import TODAY, ago
from tests.contacts.factories import ContactFactory
from tests.mail.factories import OutgoingEmailFactory
from tests.meetings.factories import MeetingFactory
from tests.students.factories import CohortFactory, StudentFactory

LEVELS = [
    {"label": "Not there yet", "points": 0},
    {"label": "Good", "points": 2},
    {"label": "Very good", "points": 3},
]
CRITERIA = [
    {
        "key": "person",
        "name": "Choice of person",
        "weight": 1,
        "says": ["Why?", "Fits.", "Just so."],
    },
    {"key": "news", "name": "New knowledge", "weight": 3, "says": ["", "", ""]},
]


class RubricFactory(DjangoModelFactory[Rubric]):
    """A rubric without a version yet."""

    class Meta:
        model = Rubric

    name = Sequence(lambda n: f"What to look for {n}")
    made_by = SubFactory(UserFactory, counselor=True)


class RubricVersionFactory(DjangoModelFactory[RubricVersion]):
    """The first version of a rubric: two criteria, the second three times as heavy."""

    class Meta:
        model = RubricVersion

    rubric = SubFactory(RubricFactory)
    number = 1
    levels = LEVELS
    criteria = CRITERIA


class SubmissionFactory(DjangoModelFactory[Submission]):
    """A debrief handed in two days ago that waits; `draft` is a first note, `sheet` a preparation.

    Of a `returned` one the student has not seen yet what came back.
    """

    class Meta:
        model = Submission

    class Params:
        draft = Trait(
            piece=Piece.DRAFT,
            meeting=None,
            contact=SubFactory(ContactFactory, student=SelfAttribute("..student")),
            note_kind=NoteKind.FIRST_NOTE,
        )
        sheet = Trait(piece=Piece.PREP_SHEET)
        being_read = Trait(read_at=ago(days=1), read_by=SubFactory(UserFactory, counselor=True))
        returned = Trait(
            being_read=True,
            returned_by=SelfAttribute("read_by"),
            returned_at=ago(hours=20),
            comment="A fine talk. Ask one question more about money.",
        )

    student = SubFactory(StudentFactory)
    piece = Piece.DEBRIEF
    meeting = SubFactory(MeetingFactory, held=True, student=SelfAttribute("..student"))
    content = [{"heading": "Skill needed", "text": "They price by the hour."}]
    handed_in_at = ago(days=2)


class QuestionFactory(DjangoModelFactory[Question]):
    """A question of yesterday that waits; an `answered` one the student has not seen yet."""

    class Meta:
        model = Question

    class Params:
        answered = Trait(
            answer="Write it as you would say it.",
            answered_by=SubFactory(UserFactory, counselor=True),
            answered_at=ago(hours=2),
        )

    student = SubFactory(StudentFactory)
    cohort = SubFactory(CohortFactory)
    text = "How long may a first note be?"
    asked_at = ago(days=1)


class NoteFactory(DjangoModelFactory[Note]):
    """A note that only its author sees; `shared` put it into the record at once."""

    class Meta:
        model = Note

    class Params:
        shared = Trait(shared_at=LazyAttribute(lambda note: note.written_at))

    student = SubFactory(StudentFactory)
    author = SubFactory(UserFactory, counselor=True)
    text = "Seemed tired; ask about the move."
    written_at = ago(days=3)


class WordSpokenFactory(DjangoModelFactory[WordSpoken]):
    """A counselor spoke with a student yesterday."""

    class Meta:
        model = WordSpoken

    student = SubFactory(StudentFactory)
    cohort = SubFactory(CohortFactory)
    by = SubFactory(UserFactory, counselor=True)
    reasons = ["no_contact"]
    spoken_at = ago(days=1)
    rests_until = TODAY + timedelta(days=6)


class NudgeTemplateFactory(DjangoModelFactory[NudgeTemplate]):
    class Meta:
        model = NudgeTemplate

    name = Sequence(lambda n: f"After a break {n}")
    subject = "One small step, {first_name}"
    body = "How about this: {next_step}?\n\n{counselor}"


class NudgeFactory(DjangoModelFactory[Nudge]):
    """A nudge that waits; a `delivered` one arrived at once."""

    class Meta:
        model = Nudge

    class Params:
        delivered = Trait(mail__sent=True)

    student = SubFactory(StudentFactory, with_account=True)
    cohort = SubFactory(CohortFactory)
    by = SubFactory(UserFactory, counselor=True)
    mail = SubFactory(
        OutgoingEmailFactory,
        kind="nudge",
        recipient=SelfAttribute("..student.user"),
        due_at=SelfAttribute("..queued_at"),
        occurrence_key=Sequence(lambda n: f"nudge:{n}"),
    )
    queued_at = ago(days=1)


class ResourceFactory(DjangoModelFactory[Resource]):
    class Meta:
        model = Resource

    shelf = Shelf.STEP_BY_STEP
    title = Sequence(lambda n: f"One step more {n}")
    body = "Begin with somebody you know.\n\n- A relative\n- A neighbor"


class ResourceUseFactory(DjangoModelFactory[ResourceUse]):
    class Meta:
        model = ResourceUse

    resource = SubFactory(ResourceFactory)
    day = TODAY
    opened = 3
