from datetime import timedelta
from uuid import uuid4

from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from apps.mail.models import (
    Bounce,
    DomainPace,
    OutgoingEmail,
    Reason,
    Refusal,
    SendingPause,
    Severity,
    State,
    StopReason,
    Suppression,
    Tick,
    TickSource,
)
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
        refused = _at_an_end(State.CANCELLED, reason=Reason.REFUSED)
        suppressed = _at_an_end(State.SUPPRESSED)
        bounced = _at_an_end(
            State.BOUNCED,
            data_started_at=SelfAttribute("due_at"),
            sent_at=SelfAttribute("due_at"),
            attempts=1,
        )

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


class RefusalFactory(DjangoModelFactory[Refusal]):
    class Meta:
        model = Refusal

    user = SubFactory(UserFactory)
    kind = "meeting_tomorrow"


class SuppressionFactory(DjangoModelFactory[Suppression]):
    """An address that takes no mail until somebody lifts it."""

    class Meta:
        model = Suppression

    class Params:
        for_a_while = Trait(reason=StopReason.SOFT, until=NOW + timedelta(days=14))

    address = Sequence(lambda n: f"gone{n}@college.example")
    reason = StopReason.BOUNCED
    since = NOW


class BounceFactory(DjangoModelFactory[Bounce]):
    class Meta:
        model = Bounce

    email = SubFactory(OutgoingEmailFactory, bounced=True)
    address = SelfAttribute("email.to_address")
    severity = Severity.HARD
    status = "5.1.1"
    digest = Sequence(lambda n: f"{n:064x}")


class DomainPaceFactory(DjangoModelFactory[DomainPace]):
    class Meta:
        model = DomainPace

    domain = Sequence(lambda n: f"college{n}.example")
    taken = 1
    last_at = NOW


class TickFactory(DjangoModelFactory[Tick]):
    class Meta:
        model = Tick
        django_get_or_create = ("source",)

    source = TickSource.BEAT
    at = NOW


class SendingPauseFactory(DjangoModelFactory[SendingPause]):
    class Meta:
        model = SendingPause

    since = NOW
