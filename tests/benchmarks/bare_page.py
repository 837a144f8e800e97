"""What a page costs before it shows anything, which other costs are measured against."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Template
from django.test import Client
from django.test.utils import _TestState
from django.urls import include, path
from pytest_django import Settings

from apps.accounts.access import signed_in
from tests.benchmarks.verdicts import Verdict, add


@signed_in(reason="What a page costs before it shows anything: session, user, frame.")
def bare(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


_in_the_order_asked_for = SQLCompiler._order_by_pairs  # the tests shuffle what has none

urlpatterns = [path("", include("careerhub.urls")), path("bare/", bare, name="bare")]


@pytest.fixture
def as_in_production(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Leave out what the tests add to each template and to each query."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)
    monkeypatch.setattr(SQLCompiler, "_order_by_pairs", _in_the_order_asked_for)
    settings.ROOT_URLCONF = __name__


ROUNDS = int(os.environ.get("PAGE_ROUNDS", 60))

Compare = Callable[[Client, str, tuple[float, float]], None]
GOAL = 3


@pytest.fixture
def compare(request: pytest.FixtureRequest) -> Compare:
    """Return what measures a page beside an empty one, the best of many rounds of each.

    By the processor time of Python, by that of Python and PostgreSQL together, and by the clock.
    The goal is GOAL empty pages in each; what is allowed, in the first and in the other two, is
    what has been reached, so that it gets no worse.
    """

    def compare(client: Client, url: str, allowed: tuple[float, float]) -> None:
        for page in ("/bare/", url):
            cost(client, page)  # what is looked up once and kept
        rounds = [(cost(client, "/bare/"), cost(client, url)) for _ in range(ROUNDS)]
        work = f"{url}, contacts: {request.node.callspec.id}"
        ratios = judge(work, rounds, goal=GOAL, students=1)
        of_python, *of_both = ratios.values()
        assert of_python <= allowed[0], ratios
        assert max(of_both) <= allowed[1], ratios

    return compare


KINDS = ("Python", "with PostgreSQL", "clock")
Cost = tuple[float, float, float]


def judge(
    work: str, rounds: list[tuple[Cost, Cost]], *, goal: float, students: int
) -> dict[str, float]:
    """Report what a page takes beside a bare one, by each of KINDS, the best of both; return it."""
    ratios = {}
    for place, kind in enumerate(KINDS):
        bare, page = ([one[place] / 1000 for one in costs] for costs in zip(*rounds, strict=True))
        ratios[kind] = round(min(page) / min(bare), 2)
        line = f"{work}, {kind}"
        add(Verdict(line, "a bare page", goal, ratios[kind], students, False, page, bare))
    return ratios


def cost(client: Client, url: str) -> Cost:
    """Return the milliseconds that a page takes, in the order of KINDS."""
    processor, database, clock = time.process_time(), _of_database(), time.perf_counter()
    assert client.get(url).status_code == 200
    clock = time.perf_counter() - clock
    processor = time.process_time() - processor
    return processor * 1000, (processor + _of_database() - database) * 1000, clock * 1000


def _of_database() -> float:
    """Return the seconds that the process behind our connection has worked so far, on Linux."""
    process = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(process.read_text().split()[0]) / 1e9
