"""Errors reported to Sentry, or to anything that speaks as it does: where in the code, which ids.

What people wrote, who they are and what the database holds stay here: no variables, no request
data, no words of the exception, since a constraint's message quotes the row.
"""

from typing import Any

import sentry_sdk
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.types import Event, Hint

KEPT = ("event_id", "timestamp", "platform", "level", "release", "environment", "exception", "tags")
FRAME = ("filename", "abs_path", "function", "module", "lineno", "in_app")


def report_to(dsn: str) -> None:
    sentry_sdk.init(
        dsn=dsn,
        default_integrations=False,
        integrations=[DjangoIntegration(), CeleryIntegration()],
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0,
        server_name="",
        before_send=scrubbed,
    )


def scrubbed(event: Event, hint: Hint) -> Event:
    """Return of the event what names a place in the code, and nothing that was said there."""
    kept: dict[str, Any] = {name: value for name, value in event.items() if name in KEPT}
    tags = kept.pop("tags", None) or {}
    kept["tags"] = {name: tags[name] for name in ("request", "task") if name in tags}
    thrown = (kept.pop("exception", None) or {}).get("values", [])
    kept["exception"] = {"values": [_without_words(value) for value in thrown]}
    return kept  # type: ignore[return-value]


def _without_words(value: dict[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames", [])
    return {
        "type": value.get("type"),
        "module": value.get("module"),
        "stacktrace": {
            "frames": [{name: frame.get(name) for name in FRAME} for frame in frames],
        },
    }
