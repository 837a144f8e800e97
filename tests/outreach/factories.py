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
    Reply,
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
