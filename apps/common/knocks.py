"""How many pages that are not there a stranger may ask for, so that guessing stays dull.

A page that is there always opens, however many others behind the same address have guessed. The
counts live in the memory of each web process: they cost no query, and a GET writes nothing.
"""

from datetime import datetime
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.core.cache import caches

MINUTE = 60


def knock(address: str, *, now: datetime) -> int:
    """Count one miss from an IP address; return the seconds to wait, 0 if it was not too many."""
    cache = caches["knocks"]
    minute, second = divmod(int(now.timestamp()), MINUTE)
    most = {
        network_of(address): settings.CONTACT_PAGE_MISSES,
        "all": settings.CONTACT_PAGE_MISSES_OF_ALL,
    }
    misses = {}
    for who in most:
        key = f"{minute}/{who}"
        cache.add(key, 0, timeout=2 * MINUTE)
        misses[who] = cache.incr(key)
    return MINUTE - second if any(misses[who] > most[who] for who in most) else 0


def network_of(address: str) -> str:
    """Return what stands for one visitor: an IPv4 address, or 64 bits of an IPv6 address."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "unknown"  # a server behind a socket file sees no address
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or IPv6Address(int(ip) >> 64 << 64))
    return str(ip)
