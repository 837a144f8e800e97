from datetime import timedelta
from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least, Now

from apps.accounts.models import User
from apps.common.models import Row, one_of

# Nobody ever gets a third copy of a mail, and the database refuses to count one.
MOST_COPIES = 2
# Mail by which somebody signs in. Its reader may be unknown to us.
SIGN_IN = "sign_in"


class State(models.TextChoices):
    PENDING = "pending", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    UNKNOWN = "unknown", "May have arrived"
    FAILED = "failed", "Turned away by the mail server"
    EXPIRED = "expired", "Too late to be of use"
    CANCELLED = "cancelled", "No longer wanted"
    SUPPRESSED = "suppressed", "Not sent: the address takes no mail"
    BOUNCED = "bounced", "Came back"


UNFINISHED = [State.PENDING, State.SENDING]
ACCEPTED = [State.SENT, State.BOUNCED]


class Reason(models.TextChoices):
    """Why a mail was cancelled, told to the person it was for."""

    REFUSED = "refused", "You do not want mails of this kind"
    NO_NEED = "no need", "There was no need for it any more"
    TAKEN_BACK = "taken back", "What it was about has changed"
    NO_READER = "no reader", "Its reader does not sign in here any more"
    WEEK_IS_FULL = "week is full", "You had as many mails within seven days as you want"


def after(pause: timedelta) -> Least:
    """Return the moment `pause` from now by the database's clock, but never past the expiry."""
    return Least(Now() + pause, F("expires_at"))


class OutgoingEmailQuerySet(models.QuerySet["OutgoingEmail"]):
    def pending(self) -> "OutgoingEmailQuerySet":
        return self.filter(state=State.PENDING)

    def to_try(self) -> "OutgoingEmailQuerySet":
        """Return the pending mails whose next try has come, by the database's clock."""
        return self.pending().filter(next_try_at__lte=Now())

    def sending(self) -> "OutgoingEmailQuerySet":
        return self.filter(state=State.SENDING)

    def unmarked(self) -> "OutgoingEmailQuerySet":
        """Return the mails whose handing over has not begun: they can still be held back."""
        return self.filter(state__in=UNFINISHED, data_started_at__isnull=True)

    def unknown(self) -> "OutgoingEmailQuerySet":
        return self.filter(state=State.UNKNOWN)

    def end(self, state: State, **also: Any) -> int:
        """Put the mails into an end state, in which they lose their words."""
        gone = {"subject": "", "text_body": "", "html_body": "", "reply_to": ""}
        return self.update(state=state, claim_token=None, lease_until=None, **gone, **also)

    def give_back(self, pause: timedelta, **also: Any) -> int:
        """Let any sender take the mails after `pause`, or when they expire if that is sooner."""
        return self.update(
            state=State.PENDING,
            claim_token=None,
            lease_until=None,
            data_started_at=None,
            next_try_at=after(pause),
            **also,
        )


class OutgoingEmail(Row):
    """One mail to one person: either sent, or in a state that says why not.

    The words are rendered when the mail is queued and never change. In an end state nobody needs
    them any more and they are gone: some hold a link that signs a person in, or a contact's name.
    `ambiguous_count` counts how often a handing over broke off without an answer. Above 0, the
    person may have got one copy more than the state tells.
    """

    kind = models.CharField(max_length=40)
    recipient = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="outgoing_emails"
    )
    to_address = models.EmailField(max_length=254)
    reply_to = models.EmailField(
        max_length=254,
        blank=True,
        default="",
        db_default="",
        help_text="Who reads answers; empty if nobody does.",
    )
    subject = models.CharField(max_length=200, blank=True)
    text_body = models.TextField(blank=True)
    html_body = models.TextField(blank=True)
    subject_ref = models.CharField(
        max_length=64, blank=True, help_text='The row the mail is about, for example "meeting:12".'
    )
    occurrence_key = models.CharField(max_length=200, unique=True)
    message_id = models.CharField(max_length=255, unique=True)

    state = models.CharField(max_length=20, choices=State, default=State.PENDING)
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    next_try_at = models.DateTimeField(help_text="Equals due_at until a try has to be repeated.")

    claim_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    data_started_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="The marker: without it the mail server surely has not accepted this try.",
    )
    attempts = models.PositiveIntegerField(default=0)
    ambiguous_count = models.PositiveSmallIntegerField(default=0)
    last_code = models.PositiveSmallIntegerField(null=True, blank=True)
    last_reply = models.CharField(
        max_length=80, blank=True, help_text="Our own words: a server's reply can quote an address."
    )
    reason = models.CharField(
        max_length=20, choices=Reason, blank=True, db_default="", help_text="Why it was cancelled."
    )
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingEmailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(state=State.PENDING), name="mail_to_try"
            ),
            models.Index(
                fields=["lease_until"], condition=Q(state=State.SENDING), name="mail_claimed"
            ),
            models.Index(
                fields=["subject_ref"],
                condition=Q(state__in=UNFINISHED),
                name="mail_unfinished_by_subject",
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(state=State.PENDING, attempts=0),
                name="mail_never_tried",
            ),
            models.Index(fields=["due_at"], condition=Q(state=State.UNKNOWN), name="mail_unknown"),
            # For what happened within a day. Rows come nearly in this order, so it stays tiny.
            BrinIndex(fields=["due_at"], autosummarize=True, name="mail_by_day"),
        ]
        constraints = [
            one_of("state", State, table="mail_outgoingemail"),
            one_of("reason", Reason, table="mail_outgoingemail", blank=True),
            models.CheckConstraint(
                condition=Q(state=State.CANCELLED) | Q(reason=""),
                name="mail_outgoingemail_reason_of_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=State.SENDING, claim_token__isnull=False, lease_until__isnull=False
                )
                | ~Q(state=State.SENDING) & Q(claim_token__isnull=True, lease_until__isnull=True),
                name="mail_outgoingemail_claimed_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(data_started_at__isnull=True)
                | Q(state__in=[State.SENDING, *ACCEPTED, State.UNKNOWN, State.FAILED]),
                name="mail_outgoingemail_marker_only_from_sending_on",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=ACCEPTED, sent_at__isnull=False, data_started_at__isnull=False
                )
                | ~Q(state__in=ACCEPTED) & Q(sent_at__isnull=True),
                name="mail_outgoingemail_sent_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ambiguous_count__lt=MOST_COPIES)
                | Q(ambiguous_count=MOST_COPIES, state=State.UNKNOWN),
                name="mail_outgoingemail_copies_are_capped",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNFINISHED) & ~Q(text_body="")
                | ~Q(state__in=UNFINISHED) & Q(subject="", text_body="", html_body=""),
                name="mail_outgoingemail_words_until_the_end",
            ),
            models.CheckConstraint(
                condition=Q(due_at__lt=F("expires_at"), next_try_at__lte=F("expires_at")),
                name="mail_outgoingemail_expires_last",
            ),
        ]

    @property
    def reference(self) -> str:
        """The unique part of the Message-ID."""
        return self.message_id.strip("<>").partition("@")[0]

    def __str__(self) -> str:
        return f"outgoing e-mail {self.pk}"
