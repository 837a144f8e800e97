"""Send what is due. Any number of senders may run at once, and each may die at any moment.

A try is claimed, marked and settled in three short transactions. The claim carries a token, and
every write names it: a sender that was taken for dead finds nothing to write to. The marker is
committed before the content is announced to the mail server, so that whoever clears up afterwards
knows whether the server may have accepted the mail. docs/decisions/0004-outgoing-mail.md has the
promises that follow.

All times in the rows come from the database's clock; this process's clock only measures spans.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from apps.mail import pace
from apps.mail.actions import suppress
from apps.mail.conditions import is_still_wanted
from apps.mail.kinds import is_essential
from apps.mail.limits import answer_seconds, lease, step_seconds
from apps.mail.message import ascii_address, compose, envelope_sender
from apps.mail.models import (
    MOST_COPIES,
    OutgoingEmail,
    OutgoingEmailQuerySet,
    Reason,
    State,
    StopReason,
    after,
)
from apps.mail.objections import with_objections
from apps.mail.smtp import LONG_PAUSE, Answer, MailServer, ServerUnavailable, Verdict
from apps.mail.weekly_cap import Room, room_for

log = structlog.get_logger(__name__)

WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120)]
# A server that greylists turns everybody away at first, and holds an early return against us.
GREYLISTED = (450, 451)
GREYLIST_WAIT = timedelta(minutes=5)
AT_ONCE = timedelta()
RETRY_WRITE_SECONDS = 0.5


@dataclass(frozen=True)
class Claim:
    """One mail taken by this sender. `begun_at` is on the monotonic clock.

    `is_refused` (by its person, who wants none of its kind), `is_suppressed` (the address takes
    no mail) and the `room` that the person's week had for it are as of when it was taken.
    """

    email: OutgoingEmail
    token: UUID
    begun_at: float
    is_refused: bool
    is_suppressed: bool
    room: Room

    @property
    def ends_at(self) -> float:
        return self.begun_at + lease().total_seconds()

    @property
    def row(self) -> OutgoingEmailQuerySet:
        """The row to write to, or nothing once somebody else has taken over."""
        return OutgoingEmail.objects.sending().filter(pk=self.email.pk, claim_token=self.token)


def send_due(*, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Try every mail whose time has come, one after the other; return how many were tried.

    `should_stop` is asked between mails. Trouble with one mail is that mail's own; trouble with
    the mail server ends the run and lets all due mails rest a while.
    """
    settle_lapsed_claims()
    expire_late_mail()
    tries = 0
    with MailServer() as server:
        while not should_stop() and OutgoingEmail.objects.to_try().exists():
            try:
                server.make_ready()
            except ServerUnavailable as trouble:
                log.error("mail.server_unavailable", trouble=str(trouble))
                rest(trouble.pause)
                break
            claim = claim_next()
            if claim is None:  # somebody else was faster
                break
            tries += 1
            answer = try_to_send(claim, server)
            settle(claim, answer)
            if answer.verdict is Verdict.TOO_MANY:
                rest(pace.PERIOD, domain=pace.domain_of(claim.email.to_address))
            if answer.verdict is Verdict.OUR_FAULT:
                log.error("mail.server_refuses_us", code=answer.code, words=answer.words)
                rest(LONG_PAUSE)
                break
    return tries


def settle_lapsed_claims() -> None:
    """Give the mails of dead senders back: unmarked ones whole, marked ones as unanswered."""
    lapsed = OutgoingEmail.objects.sending().filter(lease_until__lt=Now())
    unmarked = lapsed.filter(data_started_at__isnull=True).give_back(AT_ONCE)
    marked = _settle_unanswered(lapsed.filter(data_started_at__isnull=False), AT_ONCE)
    if unmarked or marked:
        log.warning("mail.claims_lapsed", unmarked=unmarked, marked=marked)


def expire_late_mail() -> None:
    late = OutgoingEmail.objects.to_try().filter(expires_at__lte=Now())
    if count := late.end(State.EXPIRED):
        log.warning("mail.expired", count=count)


def rest(pause: timedelta, *, domain: str = "") -> None:
    """Leave the mail server, or one domain, alone: move all due mails, whoever would take them."""
    with transaction.atomic():
        # Around locked rows, so that two senders who do this at once cannot block one another.
        due = OutgoingEmail.objects.to_try().select_for_update(skip_locked=True)
        if domain:
            due = due.filter(to_address__iendswith=f"@{domain}")
        OutgoingEmail.objects.filter(pk__in=due.values("pk")).update(next_try_at=after(pause))


def claim_next() -> Claim | None:
    """Take the mail that waits longest for its try, for the length of the lease."""
    token, begun_at = uuid4(), time.monotonic()
    # Durable: inside somebody's transaction neither claim nor marker would be on record in time.
    with transaction.atomic(durable=True):
        email = (
            with_objections(OutgoingEmail.objects.to_try())
            .filter(expires_at__gt=Now())
            .select_related("recipient")
            .select_for_update(skip_locked=True, of=("self",))
            .order_by("next_try_at")
            .first()
        )
        if email is None:
            return None
        room = room_for(email)
        email.attempts += 1
        OutgoingEmail.objects.filter(pk=email.pk).update(
            state=State.SENDING,
            claim_token=token,
            lease_until=Now() + lease(),
            attempts=email.attempts,
        )
    return Claim(email, token, begun_at, email.is_refused, email.is_suppressed, room)


def try_to_send(claim: Claim, server: MailServer) -> Answer:
    """Judge the mail once more and hand it over. Whatever is wrong with it is in the answer."""
    email = claim.email
    try:
        if answer := _objection(claim):
            return answer
    except Exception as error:
        return Answer(Verdict.LATER, words=f"condition {type(error).__name__}")
    try:
        content, recipient = compose(email), ascii_address(email.to_address)
        sender = envelope_sender(email)
    except Exception as error:
        return Answer(Verdict.REFUSED, words=f"compose {type(error).__name__}")
    if not pace.take_turn(recipient):
        return Answer(Verdict.TOO_MANY)
    return server.hand_over(
        content,
        sender=sender,
        recipient=recipient,
        begin=partial(mark, claim),
        latest=claim.ends_at - 2 * step_seconds() - answer_seconds(),
    )


def _objection(claim: Claim) -> Answer | None:
    """Return why the mail may not leave, or None."""
    email = claim.email
    if not is_essential(email.kind):
        if claim.is_refused:
            return Answer(Verdict.UNWANTED, words=Reason.REFUSED)
        if claim.is_suppressed:
            return Answer(Verdict.NO_ADDRESS)
    if is_still_wanted(email):
        return _objection_of_the_week(claim.room)
    has_reader = email.recipient is not None and email.recipient.is_active
    return Answer(Verdict.UNWANTED, words=Reason.NO_NEED if has_reader else Reason.NO_READER)


def _objection_of_the_week(room: Room) -> Answer | None:
    match room:
        case Room.FREE:
            return None
        case Room.UNCLEAR:
            return Answer(Verdict.LATER, words="another mail first")
        case Room.NONE:
            return Answer(Verdict.UNWANTED, words=Reason.WEEK_IS_FULL)


def mark(claim: Claim) -> bool:
    """Record that the handing over begins; return False if the claim is gone."""
    return claim.row.update(data_started_at=Now()) == 1


def settle(claim: Claim, answer: Answer) -> None:
    """Record what came of the try, unless somebody else has taken over.

    Only we know the answer, so a database that restarts is waited for as long as the claim lasts.
    """
    while True:
        try:
            is_recorded = _record(claim, answer) == 1
            break
        except (OperationalError, InterfaceError):
            if time.monotonic() > claim.ends_at:
                raise
            connection.close()
            time.sleep(RETRY_WRITE_SECONDS)
    log.info(
        "mail.tried",
        email=claim.email.pk,
        attempt=claim.email.attempts,
        verdict=answer.verdict.value,
        code=answer.code,
        words=answer.words,
        is_recorded=is_recorded,
    )


def _record(claim: Claim, answer: Answer) -> int:
    said: dict[str, Any] = {"last_code": answer.code, "last_reply": answer.words}
    wait = _wait(claim.email.attempts, answer.code)
    match answer.verdict:
        case Verdict.ACCEPTED:
            return claim.row.end(State.SENT, sent_at=Now(), **said)
        case Verdict.REFUSED:
            return _record_refusal(claim, answer)
        case Verdict.UNWANTED:
            return claim.row.end(State.CANCELLED, reason=answer.words)
        case Verdict.NO_ADDRESS:
            return claim.row.end(State.SUPPRESSED)
        case Verdict.UNANSWERED:
            return _settle_unanswered(claim.row, wait, **said)
        case Verdict.LATER:
            return claim.row.give_back(wait, **said)
        case Verdict.OUR_FAULT | Verdict.HELD_BACK | Verdict.TOO_MANY:  # not this mail's try
            return claim.row.give_back(AT_ONCE, attempts=F("attempts") - 1, **said)


@transaction.atomic
def _record_refusal(claim: Claim, answer: Answer) -> int:
    """Write down that the mail failed, and that its address takes none if the server said so."""
    count = claim.row.end(State.FAILED, last_code=answer.code, last_reply=answer.words)
    # An address that somebody only typed into the sign-in page is nobody's and not worth a row.
    if count and answer.is_mailbox_gone and claim.email.recipient_id:
        suppress(address=claim.email.to_address, reason=StopReason.REFUSED)
    return count


def _settle_unanswered(emails: OutgoingEmailQuerySet, wait: timedelta, **said: Any) -> int:
    """Send once more what the cap allows, and leave the rest as unknown."""
    said["ambiguous_count"] = F("ambiguous_count") + 1
    had_last_copy = emails.filter(ambiguous_count=MOST_COPIES - 1)
    return had_last_copy.end(State.UNKNOWN, **said) + emails.give_back(wait, **said)


def _wait(attempts: int, code: int | None) -> timedelta:
    """Return how long to wait after this many tries, a little longer at random."""
    wait = WAITS[min(attempts, len(WAITS)) - 1]
    if code in GREYLISTED:
        wait = max(wait, GREYLIST_WAIT)
    return wait * random.uniform(1, 1.2)
