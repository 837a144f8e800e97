from datetime import timedelta
from uuid import uuid4

from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from apps.mail.models import OutgoingEmail, State
from tests.accounts.factories import UserFactory
from tests.clock import NOW


def _at_an_end(state: State, **fields: object) -> Trait:
    return Trait(state=state, subject="", text_body="", html_body="", **fields)


class OutgoingEmailFactory(DjangoModelFactory[OutgoingEmail]):
    """A mail that waits for its turn; each trait is a state that it can come to."""

    class Meta:
        model = OutgoingEmail

    class Params:
        sending = Trait(
            state=State.SENDING,
            claim_token=LazyFunction(uuid4),
            lease_until=LazyAttribute(lambda email: email.due_at + timedelta(minutes=10)),
            attempts=1,
        )
        sent = _at_an_end(
            State.SENT,
            data_started_at=SelfAttribute("due_at"),
            sent_at=SelfAttribute("due_at"),
            attempts=1,
        )
        unknown = _at_an_end(
            State.UNKNOWN, data_started_at=SelfAttribute("due_at"), ambiguous_count=2, attempts=2
        )
        failed = _at_an_end(State.FAILED, attempts=1, last_code=550)
        expired = _at_an_end(State.EXPIRED)
        cancelled = _at_an_end(State.CANCELLED)

    kind = "meeting_tomorrow"
    recipient = SubFactory(UserFactory)
    to_address = SelfAttribute("recipient.email")
    subject = "Your conversation tomorrow"
    text_body = "Good luck tomorrow!"
    html_body = "<p>Good luck tomorrow!</p>"
    subject_ref = ""
    occurrence_key = Sequence(lambda n: f"meeting_tomorrow:{n}")
    message_id = Sequence(lambda n: f"<{n}@careerhub.example>")
    due_at = NOW
    next_try_at = SelfAttribute("due_at")
    expires_at = LazyAttribute(lambda email: email.due_at + timedelta(days=3))
