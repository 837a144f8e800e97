"""An address for each mail, to which reports about it come back (VERP).

"bounces@careers.example.edu" becomes "bounces+12-3f…@careers.example.edu": the row's key and a
signature, so that nobody can report a mail of which they have not seen the envelope.
"""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "apps.mail.verp"
SIGNATURE_LENGTH = 20  # of hex: 80 bits, and short enough for the 64 bytes before the "@"
KEY_AND_SIGNATURE = re.compile(r"\+(\d{1,18})-([0-9a-f]{20})@", re.IGNORECASE)


def bounce_address(pk: int) -> str:
    """Return the address for reports about this mail, or nothing where none is set up."""
    local, _, domain = settings.MAIL_BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{pk}-{_signature(pk)}@{domain}" if local else ""


def read_bounce_address(addresses: str) -> int | None:
    """Return the key of the mail that one of the addresses was made for, if it was made here."""
    for pk, signature in KEY_AND_SIGNATURE.findall(addresses):
        if constant_time_compare(signature.lower(), _signature(int(pk))):
            return int(pk)
    return None


def _signature(pk: int) -> str:
    return salted_hmac(SALT, str(pk), algorithm="sha256").hexdigest()[:SIGNATURE_LENGTH]
