"""Structured logs: one JSON object a line, ids only, never a name, an address or a note."""

import re
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

PROCESSORS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


# PostgreSQL quotes the whole row that broke a constraint: names, addresses, notes.
ROW_DETAILS = re.compile(r"DETAIL:.*?(?=\n\S|\n\n|\Z)", re.DOTALL)


def without_row_details(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Cut out of every text what the database says about the row at hand."""
    for key, value in event.items():
        if isinstance(value, str) and "DETAIL:" in value:
            event[key] = ROW_DETAILS.sub("DETAIL: left out", value)
    return event


# The address of a page that opens without signing in is its own key: a contact's page, a
# student's calendar, an invitation, a new password.
SECRET_ADDRESSES = re.compile(
    r"(/c/|/calendar/|/invitation/|/accounts/password/reset/key/)[^\s/?'\"]+"
)


def without_secret_addresses(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Cut the secret out of every address, which Django writes into what it says of a request."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = SECRET_ADDRESSES.sub(r"\1(left out)", value)
    return event


# Django quotes the path of a request that it turns away, and people type names into addresses.
# Which page it was, and the answer, stands in the line of the request.
TURNED_AWAY = re.compile(r": /[^\n]*")


def without_paths(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    if str(event.get("logger", "")).startswith("django.") and isinstance(event["event"], str):
        event["event"] = TURNED_AWAY.sub(": (left out)", event["event"])
    return event


def configuration(*, debug: bool) -> dict[str, Any]:
    """Return Django's LOGGING dictionary and make structlog write through it."""
    structlog.configure(
        processors=[*PROCESSORS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer = (
        structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        )
        if debug
        else structlog.processors.JSONRenderer()
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    without_row_details,
                    without_secret_addresses,
                    without_paths,
                    renderer,
                ],
                "foreign_pre_chain": PROCESSORS,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            # Its own handlers would write, or mail, what ours leave out.
            "django": {"handlers": [], "level": "INFO"},
            "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            # Celery prints task arguments at INFO; ours are ids, yet the noise helps nobody.
            "celery.app.trace": {"level": "WARNING"},
        },
    }
