"""What a report about a mail that did not arrive changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from apps.mail.actions.addresses import suppress
from apps.mail.models import (
    SOFT_BOUNCES,
    SOFT_PERIOD,
    Bounce,
    OutgoingEmail,
    Severity,
    State,
    StopReason,
    lower,
)
from apps.mail.reports import Report, read
from apps.mail.verp import read_bounce_address

log = structlog.get_logger(__name__)

# Servers try for up to five days and then report. What comes much later says nothing about today,
# and a signed address that leaked somewhere is worth nothing any more.
LATEST_REPORT = timedelta(days=14)


@dataclass(frozen=True)
class TakenIn:
    """What a report said, and which of our mails it is about, if that is known."""

    report: Report
    email: OutgoingEmail | None


def take_in(*, content: bytes, now: datetime) -> TakenIn:
    """Read one incoming mail and act on it once: the mail came back, the address takes none.

    A report that proves to know one of our mails counts, by its signed address or by the
    Message-ID that it returns. Else it has to name an address to which we have just written.
    """
    report = read(content)
    email = _email_of(report, now)
    if email and report.is_bounce:
        _record(report, email, now)
    log.info("mail.report", outcome=report.outcome.value, email=email.pk if email else None)
    return TakenIn(report, email)


def _email_of(report: Report, now: datetime) -> OutgoingEmail | None:
    handed_over = OutgoingEmail.objects.filter(data_started_at__gt=now - LATEST_REPORT)
    for candidates in _candidates(report, handed_over):
        if email := candidates.order_by("-data_started_at").first():
            return email
    return None


def _candidates(
    report: Report, emails: QuerySet[OutgoingEmail]
) -> Iterable[QuerySet[OutgoingEmail]]:
    """Yield whom the report may be about, from the surest sign to the weakest."""
    if pk := read_bounce_address(report.addressed_to):
        yield emails.filter(pk=pk)
    yield emails.filter(message_id__in=report.message_ids)
    for reference in report.references:  # where a relay has rewritten the Message-ID
        yield emails.filter(message_id__startswith=f"<{reference}@")
    if report.address:
        yield emails.filter(
            Q(recipient__email=lower(report.address)), to_address__iexact=report.address
        )


@transaction.atomic
def _record(report: Report, email: OutgoingEmail, now: datetime) -> None:
    address, severity = lower(email.to_address), Severity(report.outcome.value)
    _, is_new = Bounce.objects.get_or_create(
        digest=report.digest,
        defaults={
            "email": email,
            "address": address,
            "severity": severity,
            "status": report.status,
        },
    )
    if not is_new:
        return
    OutgoingEmail.objects.filter(pk=email.pk, state=State.SENT).update(
        state=State.BOUNCED, last_reply=f"report {report.status}".strip()
    )
    recent = Bounce.objects.filter(address=address, created_at__gt=now - SOFT_PERIOD)
    if severity is Severity.HARD:
        suppress(address=address, reason=StopReason.BOUNCED)
    elif recent.filter(severity=Severity.SOFT).count() >= SOFT_BOUNCES:
        suppress(address=address, reason=StopReason.SOFT, period=SOFT_PERIOD)
