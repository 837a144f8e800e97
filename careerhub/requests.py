"""Each request and each task has an id, which stands in every line that is logged meanwhile."""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

# Web processes share their counts through files, or each would tell of itself alone.
if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
    Path(folder).mkdir(parents=True, exist_ok=True)

from prometheus_client import Counter, Histogram

log = structlog.get_logger(__name__)

# A proxy may give the id; anything longer or stranger than an id is not written into a log.
GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
HEADER = "request_id"
WATCHED_ALL_DAY = {"healthz", "readyz", "metrics"}
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

REQUESTS = Counter("careerhub_requests_total", "Answers.", ["method", "page", "status"])
SECONDS = Histogram(
    "careerhub_request_seconds",
    "Time to an answer.",
    ["page"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)


class RequestMiddleware:
    """Names a page by its route, never by its address, which can be a key or hold an id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if GIVEN_ID.fullmatch(given) else uuid4().hex
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request=request_id):
            response = self.get_response(request)
            self._note(request, response, time.perf_counter() - began)
        response["X-Request-ID"] = request_id
        return response

    def _note(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        match = request.resolver_match
        page = (match.url_name if match else None) or "none"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(method, page, response.status_code).inc()
        SECONDS.labels(page).observe(seconds)
        if page not in WATCHED_ALL_DAY:
            log.info(
                "answered",
                method=method,
                page=page,
                status=response.status_code,
                milliseconds=round(seconds * 1000),
            )


def hand_on_the_request(headers: dict[str, Any], **kwargs: Any) -> None:
    """Let a task know which request asked for it."""
    if request_id := structlog.contextvars.get_contextvars().get("request"):
        headers[HEADER] = request_id


def name_the_task(task_id: str, task: Any, **kwargs: Any) -> None:
    structlog.contextvars.clear_contextvars()
    names = {"task": task.name.removeprefix("apps."), "task_id": task_id}
    if request_id := getattr(task.request, HEADER, None):
        names["request"] = request_id
    structlog.contextvars.bind_contextvars(**names)


def forget_the_task(**kwargs: Any) -> None:
    structlog.contextvars.clear_contextvars()
