from datetime import timedelta

import pytest
from django.conf import settings

from apps.common.knocks import knock, network_of
from tests.clock import NOW


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::"),
        ("2001:db8:1:3::", "2001:db8:1:3::"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_takes_a_household_for_one_visitor(address, network):
    assert network_of(address) == network


def test_asks_to_wait_until_the_minute_is_over():
    at = NOW + timedelta(seconds=20)
    waits = [knock("192.0.2.7", now=at) for _ in range(settings.CONTACT_PAGE_MISSES + 2)]
    assert waits == [0] * settings.CONTACT_PAGE_MISSES + [40, 40]
    assert knock("192.0.2.8", now=at) == 0
    assert knock("192.0.2.7", now=NOW + timedelta(minutes=1)) == 0
