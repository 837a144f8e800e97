from datetime import timedelta

from factory import LazyAttribute, SelfAttribute, SubFactory, Trait

from apps.outreach.models import Attempt, Channel, Reply
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
