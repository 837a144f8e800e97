"""What a page costs before it shows anything, which other costs are measured against."""

import time

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Template
from django.test import Client
from django.test.utils import _TestState
from django.urls import include, path
from pytest_django import Settings

from apps.accounts.access import signed_in


@signed_in(reason="What a page costs before it shows anything: session, user, frame.")
def bare(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


urlpatterns = [path("", include("careerhub.urls")), path("bare/", bare, name="bare")]


@pytest.fixture
def as_in_production(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Leave out what the test runner does at each template: it keeps a copy of all it is given."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)
    settings.ROOT_URLCONF = __name__


def cost(client: Client, url: str) -> tuple[float, float]:
    """Return the milliseconds of processor and of clock that a page takes."""
    processor, clock = time.process_time(), time.perf_counter()
    assert client.get(url).status_code == 200
    return (time.process_time() - processor) * 1000, (time.perf_counter() - clock) * 1000
