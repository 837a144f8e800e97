"""Mails that one sender has taken, for a while and to itself.

They are claimed several at a time under one token, and every write names it: a sender that was
taken for dead finds nothing to write to. Until the marker is set a claim is short, since losing it
costs no more than another look; with the marker it holds for the lease.

All times in the rows come from the database's clock; this process's clock only measures spans.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import structlog
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from apps.common.prepared import planned_once
from apps.mail.conditions import judge
from apps.mail.kinds import is_essential
from apps.mail.limits import (
    STEPS_BEFORE_THE_MARKER,
    answer_seconds,
    hold,
    lease,
    step_seconds,
)
from apps.mail.models import MOST_COPIES, OutgoingEmail, OutgoingEmailQuerySet, Reason, State
from apps.mail.objections import with_objections
from apps.mail.smtp import Answer, Verdict
from apps.mail.weekly_cap import Room, rooms_for

log = structlog.get_logger(__name__)

AT_ONCE = timedelta()
# What is written about each mail that is sent, and planned once. All else happens seldom.
MARK = """
UPDATE mail_outgoingemail
SET data_started_at = statement_timestamp(),
  lease_until = statement_timestamp() + make_interval(secs => %s)
WHERE id = %s AND claim_token = %s AND state = 'sending'
"""
# It need not wait for the disk: the next marker does, and takes this along. A database that crashes
# in between, some milliseconds, has lost the answer: the mail counts as unanswered, as it should.
SENT = """
WITH quickly AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS setting)
UPDATE mail_outgoingemail
SET state = 'sent', sent_at = statement_timestamp(), last_code = %s, last_reply = %s,
  claim_token = NULL, lease_until = NULL,
  subject = '', text_body = '', html_body = '', reply_to = ''
FROM quickly
WHERE id = %s AND claim_token = %s AND state = 'sending'
"""
TAKEN_TOGETHER = 100
"""As many mails wait for the end of a claim when a sender dies; fewer take more queries each."""


@dataclass
class Claim:
    """One mail taken by this sender, until `ends_at` on the monotonic clock.

    `room` is what the person's week had for it when it was taken; `objection` is what spoke
    against the mail when it was judged last, or None.
    """

    email: OutgoingEmail
    token: UUID
    ends_at: float
    room: Room
    objection: Answer | None = None

    @property
    def row(self) -> OutgoingEmailQuerySet:
        """The row to write to, or nothing once somebody else has taken over."""
        return OutgoingEmail.objects.sending().filter(pk=self.email.pk, claim_token=self.token)

    @property
    def may_begin(self) -> bool:
        """Whether even a slow talk comes to the marker before the claim ends."""
        return time.monotonic() < self.ends_at - STEPS_BEFORE_THE_MARKER * step_seconds()


def settle_lapsed_claims() -> None:
    """Give the mails of dead senders back: unmarked ones whole, marked ones as unanswered."""
    lapsed = OutgoingEmail.objects.sending().filter(lease_until__lt=Now())
    unmarked = untouched(lapsed.filter(data_started_at__isnull=True))
    marked = settle_unanswered(lapsed.filter(data_started_at__isnull=False), AT_ONCE)
    if unmarked or marked:
        log.warning("mail.claims_lapsed", unmarked=unmarked, marked=marked)


def claim_some(most: int = TAKEN_TOGETHER) -> list[Claim]:
    """Take the mails that wait longest for their try, the longest first.

    Left for the next time is a mail that may go or not, depending on what comes of those before it.
    """
    token, begun_at = uuid4(), time.monotonic()
    # Durable: inside somebody's transaction neither claim nor marker would be on record in time.
    with transaction.atomic(durable=True):
        found = list(
            OutgoingEmail.objects.to_try()
            .filter(expires_at__gt=Now())
            .defer("subject", "text_body", "html_body")
            .select_for_update(skip_locked=True)
            .order_by("next_try_at")[:most]
        )
        rooms = zip(found, rooms_for(found), strict=True)
        taken = {email: room for email, room in rooms if room is not Room.BEHIND}
        if taken:
            OutgoingEmail.objects.filter(pk__in=[email.pk for email in taken]).update(
                state=State.SENDING,
                claim_token=token,
                lease_until=Now() + hold(),
                attempts=F("attempts") + 1,
            )
    ends_at = begun_at + hold().total_seconds()
    return [Claim(email, token, ends_at, room) for email, room in taken.items()]


def judged(claims: Sequence[Claim]) -> list[Claim]:
    """Return those claims that are still ours, each with what speaks against its mail by now."""
    if not claims:
        return []
    current = OutgoingEmail.objects.sending().filter(
        pk__in=[claim.email.pk for claim in claims], claim_token=claims[0].token
    )
    rows = with_objections(current).annotate(is_late=Q(expires_at__lte=Now()))
    emails = {email.pk: email for email in rows.select_related("recipient")}
    ours = [claim for claim in claims if claim.email.pk in emails]
    for claim in ours:
        claim.email = emails[claim.email.pk]
        claim.objection = _objection(claim.email)
    undecided = [claim for claim in ours if claim.objection is None]
    answers = judge([claim.email for claim in undecided])
    for claim, answer in zip(undecided, answers, strict=True):
        claim.objection = _verdict(claim, answer)
    return ours


def give_back(claims: Sequence[Claim]) -> None:
    """Leave mails that were taken and not begun to whoever looks next."""
    if claims:
        keys = [claim.email.pk for claim in claims]
        ours = OutgoingEmail.objects.sending().filter(pk__in=keys, claim_token=claims[0].token)
        untouched(ours)


def mark(claim: Claim) -> float | None:
    """Record that the mail is handed over from now on, and hold it for a whole lease.

    Return until when, on the monotonic clock, the handing over has to be through; None if the
    claim is gone.
    """
    begun_at = time.monotonic()
    with planned_once() as cursor:
        cursor.execute(MARK, [lease().total_seconds(), claim.email.pk, claim.token])
        if cursor.rowcount != 1:
            return None
    claim.ends_at = begun_at + lease().total_seconds()
    return claim.ends_at - step_seconds() - answer_seconds()


def record_sent(claim: Claim, *, code: int | None, words: str) -> int:
    """Write down that the mail server has accepted the mail; return 0 if the claim is gone."""
    with planned_once() as cursor:
        cursor.execute(SENT, [code, words, claim.email.pk, claim.token])
        return int(cursor.rowcount)


def untouched(emails: OutgoingEmailQuerySet) -> int:
    """Give mails back whose try was none."""
    return emails.give_back(AT_ONCE, attempts=F("attempts") - 1)


def settle_unanswered(emails: OutgoingEmailQuerySet, wait: timedelta, **said: object) -> int:
    """Send once more what the cap allows, and leave the rest as unknown."""
    said["ambiguous_count"] = F("ambiguous_count") + 1
    had_last_copy = emails.filter(ambiguous_count=MOST_COPIES - 1)
    return had_last_copy.end(State.UNKNOWN, **said) + emails.give_back(wait, **said)


def _objection(email: OutgoingEmail) -> Answer | None:
    """Return what the row itself says against the mail; the query has told it."""
    if email.is_late:  # type: ignore[attr-defined]
        return Answer(Verdict.HELD_BACK)
    if is_essential(email.kind):
        return None
    if email.is_refused:  # type: ignore[attr-defined]
        return Answer(Verdict.UNWANTED, words=Reason.REFUSED)
    if email.is_suppressed:  # type: ignore[attr-defined]
        return Answer(Verdict.NO_ADDRESS)
    return None


def _verdict(claim: Claim, answer: bool | Exception) -> Answer | None:
    if isinstance(answer, Exception):
        return Answer(Verdict.LATER, words=f"condition {type(answer).__name__}")
    if answer:
        return _objection_of_the_week(claim.room)
    email = claim.email
    has_reader = email.recipient is not None and email.recipient.is_active
    return Answer(Verdict.UNWANTED, words=Reason.NO_NEED if has_reader else Reason.NO_READER)


def _objection_of_the_week(room: Room) -> Answer | None:
    match room:
        case Room.FREE:
            return None
        case Room.NONE:
            return Answer(Verdict.UNWANTED, words=Reason.WEEK_IS_FULL)
        case _:
            return Answer(Verdict.LATER, words="another mail first")
