"""The one moment that the tests live in: a Wednesday in the middle of the fall term."""

from datetime import UTC, date, datetime, timedelta

NOW = datetime(2025, 10, 15, 15, 0, tzinfo=UTC)  # 11 in the morning in New York
TODAY = date(2025, 10, 15)


def ago(**period: float) -> datetime:
    """Return the moment that lies so long before NOW: `ago(days=3)`."""
    return NOW - timedelta(**period)


def ahead(**period: float) -> datetime:
    """Return the moment that lies so long after NOW."""
    return NOW + timedelta(**period)
