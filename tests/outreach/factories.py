from datetime import timedelta

from factory import LazyAttribute, SelfAttribute, SubFactory, Trait

from apps.outreach.models import (
    Attempt,
    Cadence,
    Channel,
    CooldownLift,
    Reply,
    Touch,
    TouchKind,
)
from tests.accounts.factories import UserFactory
from tests.clock import ago
from tests.contacts.factories import ContactFactory, WithContactFactory


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
