"""What somebody who watches an installation asks: can it serve, and how does it fare."""

from collections.abc import Iterator
from functools import cache

import redis
from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from apps.mail.health import Finding
from apps.mail.health import findings as mail_findings
from careerhub.requests import folder

BROKER_SECONDS = 1.0


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def missing_parts() -> list[str]:
    """Return what keeps this process from serving pages. The broker does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            waiting = known_migrations() - set(cursor.fetchall())
        caches["default"].get("anything")
    except DatabaseError:
        return ["database"]
    return ["migrations"] if waiting else []


def findings() -> list[Finding]:
    """Return all that administrators see of the installation."""
    return [_tables(), _server(), _broker(), *mail_findings()]


def _tables() -> Finding:
    missing = missing_parts()
    words = f"not ready: {', '.join(missing)}" if missing else "all migrations are applied"
    return Finding("ready", not missing, len(missing), words)


def _server() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()), version()")
        size, version = cursor.fetchone()
    name = " ".join(version.split()[:2])
    return Finding("database_bytes", True, size, f"{name}, {size / 1e6:,.0f} MB of data")


def _broker() -> Finding:
    try:
        with redis.Redis.from_url(
            settings.CELERY_BROKER_URL, socket_timeout=BROKER_SECONDS, socket_connect_timeout=1
        ) as broker:
            broker.ping()
            waiting = broker.llen("celery")
    except (redis.RedisError, ValueError):
        return Finding("broker", False, None, "the broker does not answer: work is late, not lost")
    return Finding("broker", True, waiting, f"the broker answers, {waiting} tasks wait in it")


class Rows(Collector):
    """Figures of the whole installation, read from the rows when somebody asks."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for finding in findings():
            if finding.value is not None:
                name = f"careerhub_{finding.name}"
                yield GaugeMetricFamily(name, finding.name, value=finding.value)
            is_well = GaugeMetricFamily(f"careerhub_{finding.name}_is_well", "1: well, 0: ill.")
            is_well.add_metric([], float(finding.is_well))
            yield is_well


def exposition() -> bytes:
    """Return all metrics in Prometheus's text format."""
    registry = CollectorRegistry()
    registry.register(Rows())
    if folder:
        MultiProcessCollector(registry)
        return generate_latest(registry)
    return generate_latest(REGISTRY) + generate_latest(registry)
