"""What allauth asks of us about second factors: our name, and secrets kept unreadable."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


class SecondFactorAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return f"CareerHub, {settings.INSTITUTION_NAME}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Tie passkeys to our own address; the request's Host header has no say in it."""
        host = urlsplit(settings.SITE_URL).hostname or "localhost"
        return {"id": host, "name": self._get_site_name()}


def _box() -> MultiFernet:
    """Return what closes with SECRET_KEY, and opens with the old ones too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [sha256(f"second factor:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
