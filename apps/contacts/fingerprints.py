"""By what the same person is known again on several lists, and the digest that stands for it.

A key is an e-mail address or a profile link in one spelling. The database makes the same keys
from a contact's row (`contacts_known_as`, in the migration `know_people_again`), so that it can
find the rows of a person; both must change together. A fingerprint is a keyed digest of a key.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from apps.contacts.models import Contact

SALT = "apps.contacts.fingerprints"

_SPACE = " \t\n\r"
# Only these capitals: what others become depends on the machine, and the database has to agree.
_SMALL = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
# Of the query counts only an id, since on some sites everybody has the same path
# (facebook.com/profile.php?id=…).
_ID = re.compile("(?:^|&)(id=[^&]+)")


def email_key(address: str) -> str:
    return address.strip(_SPACE).translate(_SMALL)


def link_key(link: str) -> str:
    """Return host and path, without scheme, "www.", query and last slash.

    Or "" for no profile: a path names a person, a bare host does not.
    """
    text = link.strip(_SPACE).translate(_SMALL)
    head, _, rest = text.partition("//")
    if not head or (head.endswith(":") and "/" not in head):
        text = rest
    path, _, query = text.removeprefix("www.").partition("#")[0].partition("?")
    path = path.rstrip("/")
    host, slash, _ = path.partition("/")
    if not slash or "." not in host or ":" in host:
        return ""
    name = _ID.search(query)
    return f"{path}?{name[1]}" if name else path


def keys_of(emails: Iterable[str], links: Iterable[str]) -> set[str]:
    return {*map(email_key, emails), *map(link_key, links)} - {""}


def key_from(text: str) -> str:
    """Return the key of an address or a profile link that somebody typed; "" for anything else."""
    if "/" in text:
        return link_key(text)
    key = email_key(text)
    try:
        validate_email(key)
    except ValidationError:
        return ""
    return key


def fingerprint(key: str) -> str:
    """Return the digest of a key in hex: HMAC-SHA256 under the installation's own secret."""
    return hmac.digest(_secret(settings.FINGERPRINT_KEY), key.encode(), "sha256").hex()


@cache
def _secret(secret: str) -> bytes:
    """Return what `salted_hmac` of Django makes of a secret, anew for each key."""
    return hashlib.sha256(f"{SALT}{secret}".encode()).digest()


def fingerprints_of(contact: Contact) -> set[str]:
    return {fingerprint(key) for key in keys_of(contact.emails, contact.links)}
