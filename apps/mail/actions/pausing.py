"""Hold all mail back, and let it go again."""

import structlog
from django.db import transaction

from apps.mail.models import UNFINISHED, OutgoingEmail, SendingPause, State

log = structlog.get_logger(__name__)


def pause_sending() -> SendingPause:
    """Let no mail leave from now on. One that is being handed over is handed over."""
    pause, is_new = SendingPause.objects.get_or_create(pk=1)
    if is_new:
        pause.refresh_from_db()
        log.warning("mail.paused")
    return pause


@transaction.atomic
def resume_sending(*, sends_waiting: bool) -> int:
    """Let mail leave again; return how many mails the word was about.

    They are those that were due when the pause began. Either they are sent, and some may come a
    second time, or they end as mails that may have arrived. Mails due later are sent in any case.
    """
    pause = SendingPause.objects.select_for_update().first()
    if pause is None:
        return 0
    waiting = OutgoingEmail.objects.filter(state__in=UNFINISHED, due_at__lte=pause.since)
    count = waiting.count() if sends_waiting else waiting.end(State.UNKNOWN)
    pause.delete()
    log.warning("mail.resumed", sends_waiting=sends_waiting, count=count)
    return count
