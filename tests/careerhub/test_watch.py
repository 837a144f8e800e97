"""What load balancers, Prometheus and administrators read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from careerhub import watch
from tests.accounts.factories import UserFactory
from tests.mail.factories import OutgoingEmailFactory

pytestmark = pytest.mark.django_db


def test_is_alive_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_the_database(monkeypatch)
    assert client.get("/healthz").content == b"ok"


def test_is_ready_with_all_migrations(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready")


def test_is_ready_without_a_broker(client: Client, settings: Any) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert client.get("/readyz").status_code == 200


def test_is_not_ready_before_the_migrations(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'mail'")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready: migrations")


def test_is_not_ready_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_the_database(monkeypatch)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready: database")


@pytest.mark.parametrize("shown", ["", "Bearer ", "Bearer wrong", "a token"])
def test_has_no_metrics_without_the_token(client: Client, settings: Any, shown: str) -> None:
    settings.METRICS_TOKEN = "right"
    assert client.get("/metrics", headers={"authorization": shown}).status_code == 404
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"authorization": shown}).status_code == 404


def test_counts_requests_by_page_and_mail_by_rows(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "right"
    OutgoingEmailFactory.create()
    client.get("/healthz")
    client.get("/c/a-secret-address/")
    said = client.get("/metrics", headers={"authorization": "Bearer right"}).content.decode()
    assert 'careerhub_requests_total{method="GET",page="healthz",status="200"}' in said
    assert 'careerhub_request_seconds_bucket{le="0.1",page="healthz"}' in said
    assert "careerhub_queue 1.0" in said
    assert "careerhub_ready_is_well 1.0" in said


def test_tells_a_program_nothing_of_people(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "right"
    person = UserFactory.create(full_name="Zbigniew Xu", email="zx@campus.example")
    client.force_login(person)
    for address in ("/account/", "/people/Zbigniew", "/contacts/?q=Zbigniew", "/contacts/77/"):
        client.get(address)
    client.generic("ZBIGNIEW", "/healthz")
    said = client.get("/metrics", headers={"authorization": "Bearer right"}).content.decode()
    for word in ("Zbigniew", "ZBIGNIEW", "Xu", "zx@", "/contacts/"):
        assert word not in said


def test_shows_administrators_how_the_installation_fares(
    administrator_client: Client, counselor_client: Client, settings: Any
) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    page = administrator_client.get("/health/").content.decode()
    assert "All migrations are applied" in page
    assert "The broker does not answer: work is late, not lost" in page
    assert "PostgreSQL 1" in page
    assert counselor_client.get("/health/").status_code == 403


def test_counts_together_what_several_web_processes_did(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(watch, "folder", str(tmp_path))
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    assert b"careerhub_ready_is_well 1.0" in watch.exposition()


def refuse_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Callable[[], None]:
        raise DatabaseError("away")

    monkeypatch.setattr(watch.connection, "cursor", refuse)
