from datetime import timedelta

from django.utils import timezone
from factory import LazyAttribute, LazyAttributeSequence, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from apps.mail.models import OutgoingEmail
from tests.accounts.factories import UserFactory


class OutgoingEmailFactory(DjangoModelFactory[OutgoingEmail]):
    """A mail that has been due for a minute, give or take; a later one is due later."""

    class Meta:
        model = OutgoingEmail

    kind = "trial"
    recipient = SubFactory(UserFactory)
    to_address = SelfAttribute("recipient.email")
    subject = Sequence(lambda n: f"Mail {n}")
    text_body = Sequence(lambda n: f"Text of mail {n}\n.\n..and dots\n")
    html_body = Sequence(lambda n: f"<p>Text of mail {n}</p>")
    occurrence_key = Sequence(lambda n: f"trial:{n}")
    message_id = Sequence(lambda n: f"<{n:032x}@careerhub.example>")
    due_at = LazyAttributeSequence(
        lambda _, n: timezone.now() - timedelta(minutes=1) + timedelta(milliseconds=n)
    )
    expires_at = LazyAttribute(lambda email: email.due_at + timedelta(days=1))
    next_try_at = SelfAttribute("due_at")
