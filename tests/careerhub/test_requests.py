"""Ids that tie the lines of a log together, and lead to nobody."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
import structlog
from django.test import Client

from careerhub import requests
from tests.careerhub.test_logs import formatter


@pytest.fixture
def written() -> Iterator[StringIO]:
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(formatter(debug=False))
    root = logging.getLogger()
    root.addHandler(handler)
    before, _ = root.level, root.setLevel(logging.INFO)
    yield handler.stream
    root.setLevel(before)
    root.removeHandler(handler)
    structlog.contextvars.clear_contextvars()


def lines(written: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_gives_each_request_an_id_and_says_so(client: Client, written: StringIO) -> None:
    first, second = (client.get("/accounts/inactive/")["X-Request-ID"] for _ in range(2))
    assert first != second
    answers = [line for line in lines(written) if line["event"] == "answered"]
    assert [line["request"] for line in answers] == [first, second]
    assert answers[0]["page"] == "account_inactive"
    assert answers[0]["status"] == 200
    assert "inactive/" not in written.getvalue()


def test_takes_the_id_of_a_proxy(client: Client) -> None:
    answer = client.get("/healthz", headers={"x-request-id": "3f1c-77-from-the-proxy"})
    assert answer["X-Request-ID"] == "3f1c-77-from-the-proxy"


@pytest.mark.parametrize("given", ["short", "x" * 65, "ana@campus.example", "two words here"])
def test_takes_no_id_that_is_none(client: Client, given: str) -> None:
    assert client.get("/healthz", headers={"x-request-id": given})["X-Request-ID"] != given


def test_says_nothing_of_pages_that_are_asked_for_all_day(
    client: Client, written: StringIO
) -> None:
    client.get("/healthz")
    assert "answered" not in written.getvalue()


def test_ties_a_task_to_the_request_that_asked_for_it(written: StringIO) -> None:
    headers: dict[str, Any] = {}
    with structlog.contextvars.bound_contextvars(request="a-request-id"):
        requests.hand_on_the_request(headers=headers)
    task = SimpleNamespace(name="apps.mail.tasks.note_beat", request=SimpleNamespace(**headers))
    requests.name_the_task(task_id="a-task-id", task=task)
    structlog.get_logger("tests").info("worked")
    requests.forget_the_task()
    structlog.get_logger("tests").info("idle")
    worked, idle = lines(written)
    assert (worked["task"], worked["task_id"]) == ("mail.tasks.note_beat", "a-task-id")
    assert worked["request"] == "a-request-id"
    assert not {"task", "task_id", "request"} & set(idle)
