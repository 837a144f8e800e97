"""Send what is due. Any number of senders may run at once, and each may die at any moment.

Mails are claimed some at a time; then each is marked and settled in a transaction of its own. The
marker is committed when the mail server has all but the final dot, so that whoever clears up
afterwards knows whether the server may have accepted the mail. docs/decisions/0004-outgoing-mail.md
has the promises that follow.
"""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Exists, F
from django.db.models.functions import Now

from apps.mail import pace
from apps.mail.actions import suppress
from apps.mail.claims import (
    AT_ONCE,
    Claim,
    claim_some,
    give_back,
    judged,
    mark,
    record_sent,
    settle_lapsed_claims,
    settle_unanswered,
)
from apps.mail.message import ascii_address, compose, envelope_sender
from apps.mail.models import OutgoingEmail, SendingPause, State, StopReason, after
from apps.mail.smtp import LONG_PAUSE, Answer, MailServer, ServerUnavailable, Verdict

log = structlog.get_logger(__name__)

WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120)]
# A server that greylists turns everybody away at first, and holds an early return against us.
GREYLISTED = (450, 451)
GREYLIST_WAIT = timedelta(minutes=5)
RETRY_WRITE_SECONDS = 0.5
FRESH_SECONDS = 1.0
"""No mail leaves on a judgement that is older, or older than the time it takes to judge."""


def send_due(*, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Try every mail whose time has come, one after the other; return how many were tried.

    `should_stop` is asked between mails. Trouble with one mail is that mail's own; trouble with
    the mail server ends the run and lets all due mails rest a while.
    """
    if SendingPause.objects.exists():
        return 0
    settle_lapsed_claims()
    expire_late_mail()
    with MailServer() as server:
        run = Run(server, should_stop)
        try:
            run.send_all()
        except ServerUnavailable as trouble:
            log.error("mail.server_unavailable", trouble=str(trouble))
            rest(trouble.pause)
    return run.tries


class Run:
    """One connection to the mail server, and the mails that go over it one after another."""

    def __init__(self, server: MailServer, should_stop: Callable[[], bool]) -> None:
        self.server = server
        self.should_stop = should_stop
        self.tries = 0

    def send_all(self) -> None:
        """Raise ServerUnavailable where the mail server is better left alone."""
        while not self.should_stop() and _something_may_leave():
            self.server.make_ready()
            claims = claim_some()
            if not claims:  # somebody else was faster
                break
            self._send(claims)

    def _send(self, waiting: list[Claim]) -> None:
        fresh_until = 0.0
        try:
            while waiting and not self.should_stop():
                if time.monotonic() > fresh_until:
                    waiting, fresh_until = _judged(waiting)
                if not waiting or not waiting[0].may_begin:
                    break
                self.server.make_ready()
                if self._try(waiting.pop(0)) is Verdict.REFUSED:
                    fresh_until = 0.0  # its address may take none of the others either
        except ServerUnavailable:
            give_back(waiting)
            raise
        give_back(waiting)

    def _try(self, claim: Claim) -> Verdict:
        self.tries += 1
        answer = try_to_send(claim, self.server)
        settle(claim, answer)
        if answer.verdict is Verdict.TOO_MANY:
            rest(pace.PERIOD, domain=pace.domain_of(claim.email.to_address))
        if answer.verdict is Verdict.OUR_FAULT:
            raise ServerUnavailable(f"{answer.code} {answer.words}", LONG_PAUSE)
        return answer.verdict


def _something_may_leave() -> bool:
    is_paused = Exists(SendingPause.objects.all())
    return OutgoingEmail.objects.to_try().filter(~is_paused).exists()


def _judged(waiting: list[Claim]) -> tuple[list[Claim], float]:
    """Judge the mails; return with them until when that may be relied on."""
    begun_at = time.monotonic()
    waiting = judged(waiting)
    took = time.monotonic() - begun_at
    return waiting, begun_at + took + max(FRESH_SECONDS, took)


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


def try_to_send(claim: Claim, server: MailServer) -> Answer:
    """Hand the mail over unless something speaks against it. Whatever is wrong is in the answer."""
    email = claim.email
    if claim.objection:
        return claim.objection
    try:
        content, recipient = compose(email), ascii_address(email.to_address)
        sender = envelope_sender(email)
    except Exception as error:
        return Answer(Verdict.REFUSED, words=f"compose {type(error).__name__}")
    if not pace.take_turn(recipient):
        return Answer(Verdict.TOO_MANY)
    return server.hand_over(content, sender=sender, recipient=recipient, begin=partial(mark, claim))


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
            return record_sent(claim, code=answer.code, words=answer.words)
        case Verdict.REFUSED:
            return _record_refusal(claim, answer)
        case Verdict.UNWANTED:
            return claim.row.end(State.CANCELLED, reason=answer.words)
        case Verdict.NO_ADDRESS:
            return claim.row.end(State.SUPPRESSED)
        case Verdict.UNANSWERED:
            return settle_unanswered(claim.row, wait, **said)
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


def _wait(attempts: int, code: int | None) -> timedelta:
    """Return how long to wait after this many tries, a little longer at random."""
    wait = WAITS[min(attempts, len(WAITS)) - 1]
    if code in GREYLISTED:
        wait = max(wait, GREYLIST_WAIT)
    return wait * random.uniform(1, 1.2)
