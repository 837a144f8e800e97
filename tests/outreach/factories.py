from datetime import timedelta

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from apps.outreach.links import digest_of
from apps.outreach.models import (
    Answer,
    Attempt,
    Cadence,
    Channel,
    ContactAnswer,
    ContactLink,
    CooldownLift,
    Draft,
    NoteKind,
    NoteTemplate,
    Reply,
    TemplateVersion,
    Touch,
    TouchKind,
)
from tests.accounts.factories import UserFactory
from tests.clock import NOW, ago, ahead
from tests.contacts.factories import ContactFactory, WithContactFactory
from tests.students.factories import StudentFactory


class AttemptFactory(WithContactFactory):
    """A note sent ten days ago without a word since; `answered` got a yes two days later."""

    class Meta:
        model = Attempt

    class Params:
        answered = Trait(
            reply=Reply.YES,
            replied_at=LazyAttribute(lambda attempt: attempt.sent_at + timedelta(days=2)),
        )

    contact = SubFactory(ContactFactory, student=SelfAttribute("..student"))
    sent_at = ago(days=10)
    channel = Channel.EMAIL


class CooldownLiftFactory(WithContactFactory):
    """A counselor's word of an hour ago that the student may ask."""

    class Meta:
        model = CooldownLift

    contact = SubFactory(ContactFactory, student=SelfAttribute("..student"))
    lifted_by = SubFactory(UserFactory, counselor=True)
    lifted_at = ago(hours=1)
    reason = "They know each other from church."


class TouchFactory(WithContactFactory):
    """News that a student sent three weeks ago."""

    class Meta:
        model = Touch

    contact = SubFactory(ContactFactory, student=SelfAttribute("..student"))
    kind = TouchKind.UPDATE
    channel = Channel.EMAIL
    happened_at = ago(days=21)


class CadenceFactory(WithContactFactory):
    """Every two months with one contact; `of_tag` for everybody with that tag instead."""

    class Meta:
        model = Cadence

    class Params:
        of_tag = Trait(contact=None, tag="mentors")

    contact = SubFactory(ContactFactory, student=SelfAttribute("..student"))
    days = 60


class ContactLinkFactory(WithContactFactory):
    """A link made yesterday, by which the contact may answer; `token` is its secret.

    `used`, `revoked` and `expired` ones open nothing any more.
    """

    class Meta:
        model = ContactLink

    class Params:
        token = Sequence(lambda n: f"{n:043}")
        used = Trait(used_at=ago(hours=1))
        revoked = Trait(revoked_at=ago(hours=1))
        expired = Trait(expires_at=NOW)

    student = SubFactory(StudentFactory, with_account=True)
    contact = SubFactory(ContactFactory, student=SelfAttribute("..student"))
    token_digest = LazyAttribute(lambda link: digest_of(link.token))
    expires_at = ahead(days=20)


class ContactAnswerFactory(DjangoModelFactory[ContactAnswer]):
    """An answer of an hour ago that suggests two other times."""

    class Meta:
        model = ContactAnswer

    link = SubFactory(ContactLinkFactory, used=True)
    answer = Answer.OTHER_TIMES
    times = LazyAttribute(lambda answer: [NOW + timedelta(days=3), NOW + timedelta(days=4)])
    message = "Happy to talk about the harbor."
    answered_at = ago(hours=1)


SLOTS = [
    {
        "key": "greeting",
        "label": "Greeting",
        "hint": "",
        "text": "Hi {first_name},",
        "is_required": True,
        "joins": False,
    },
    {
        "key": "why_you",
        "label": "Why them",
        "hint": "Only this person could get this note.",
        "text": "I read [what they made], and wonder how {organization} does it.",
        "is_required": True,
        "joins": False,
    },
    {
        "key": "small_ask",
        "label": "One small ask",
        "hint": "",
        "text": "Could we talk for {minutes} minutes this week? Any time works.",
        "is_required": True,
        "joins": True,
    },
    {
        "key": "sign_off",
        "label": "Your name",
        "hint": "",
        "text": "{my_name}",
        "is_required": False,
        "joins": False,
    },
]


class NoteTemplateFactory(DjangoModelFactory[NoteTemplate]):
    """A way to begin a first note, for anybody; without a version it begins with nothing."""

    class Meta:
        model = NoteTemplate

    kind = NoteKind.FIRST_NOTE
    name = Sequence(lambda n: f"A short note {n}")


class TemplateVersionFactory(DjangoModelFactory[TemplateVersion]):
    """The first version of a template, of four parts with one blank in them."""

    class Meta:
        model = TemplateVersion

    template = SubFactory(NoteTemplateFactory)
    number = 1
    subject = "A question about {organization}"
    slots = SLOTS


class DraftFactory(WithContactFactory):
    """A first note in the student's own words, saved an hour ago and ready to go."""

    class Meta:
        model = Draft

    contact = SubFactory(ContactFactory, student=SelfAttribute("..student"))
    kind = NoteKind.FIRST_NOTE
    subject = "Your harbor"
    parts = {"body": "Hi Ada, could we talk for 20 minutes this week? Any time works. Ana"}
    revision = 1
    saved_at = ago(hours=1)
