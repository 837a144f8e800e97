from datetime import timedelta

from factory import LazyAttribute, SelfAttribute, SubFactory, Trait

from apps.outreach.models import Attempt, Channel, CooldownLift, Reply
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
