from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.business_days import business_day, is_business_day

THANKSGIVING = {date(2025, 11, 27), date(2025, 11, 28)}
DAYS = st.dates(date(2024, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("since", "days", "expected"),
    [
        (date(2025, 10, 15), 0, date(2025, 10, 15)),  # a Wednesday
        (date(2025, 10, 18), 0, date(2025, 10, 20)),  # a Saturday
        (date(2025, 10, 15), 3, date(2025, 10, 20)),
        (date(2025, 10, 17), 1, date(2025, 10, 20)),
        (date(2025, 10, 18), 1, date(2025, 10, 20)),
        (date(2025, 10, 15), 7, date(2025, 10, 24)),
        (date(2025, 11, 26), 1, date(2025, 12, 1)),
        (date(2025, 11, 27), 0, date(2025, 12, 1)),
        (date(2025, 11, 20), 7, date(2025, 12, 3)),
    ],
)
def test_leaves_out_weekends_and_holidays(since, days, expected):
    assert business_day(since, days, THANKSGIVING) == expected


def test_counts_forwards_only():
    with pytest.raises(ValueError, match="forwards"):
        business_day(date(2025, 10, 15), -1)


@given(since=DAYS, days=st.integers(0, 30), holidays=st.sets(DAYS, max_size=20))
def test_passes_just_so_many_business_days(since, days, holidays):
    day = business_day(since, days, holidays)
    passed = [since + timedelta(days=n) for n in range(1, (day - since).days + 1)]
    assert is_business_day(day, holidays)
    assert days == 0 or sum(is_business_day(each, holidays) for each in passed) == days
