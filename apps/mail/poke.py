"""A nudge to the workers, so that a mail due now leaves now instead of at the next tick."""

import structlog
from celery import current_app
from django.db import connection, transaction

log = structlog.get_logger(__name__)

SEND_DUE_MAIL = "apps.mail.tasks.send_due_mail"
# A request must not wait for a broker that is away; the next tick finds the row anyway.
BROKER_PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 0}


def poke_after_commit() -> None:
    """Poke the workers once the transaction has committed, once for all its mails."""
    if not any(function is poke for _, function, *_ in connection.run_on_commit):
        transaction.on_commit(poke, robust=True)


def poke() -> None:
    """Ask a worker to look for due mail. A broker in trouble is logged and otherwise ignored."""
    try:
        with current_app.connection_for_write(transport_options=BROKER_PATIENCE) as broker:
            current_app.send_task(SEND_DUE_MAIL, connection=broker, retry=False, expires=60)
    except Exception as error:
        log.warning("mail.poke_lost", error=type(error).__name__)
