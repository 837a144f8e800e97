"""The institution's sign-on as the environment describes it; off without OIDC_… and SAML_…."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

OIDC = "campus"
SAML = "campus-saml"
MAIL_ATTRIBUTES = [
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    "email",
]


def providers(env: environ.Env) -> dict[str, Any]:
    """Return what allauth wants as SOCIALACCOUNT_PROVIDERS."""
    name = env.str("SIGN_ON_NAME", default=env.str("INSTITUTION_NAME", default="your institution"))
    found: dict[str, Any] = {}
    if env.str("OIDC_ISSUER", default=""):
        found["openid_connect"] = {"APPS": [_oidc(env, name)]}
    if env.str("SAML_IDP_ENTITY_ID", default=""):
        found["saml"] = {"APPS": [_saml(env, name)]}
    return found


def origins(env: environ.Env) -> list[str]:
    """Return where the sign-on buttons may send a browser, for the form-action of the CSP."""
    named = env.list("SIGN_ON_ORIGINS", default=[])
    addresses = [
        env.str("OIDC_ISSUER", default=""),
        env.str("SAML_IDP_SSO_URL", default=""),
        *named,
    ]
    parts = [urlsplit(address) for address in addresses if address]
    return sorted({f"{part.scheme}://{part.netloc}" for part in parts})


def mapping(env: environ.Env, name: str, *, one_of: Collection[str] = ()) -> dict[str, str]:
    """Return a JSON object of the environment that maps words to words, if given to `one_of`."""
    found = env.json(name, default={})
    is_map = isinstance(found, dict) and all(isinstance(value, str) for value in found.values())
    if not is_map or (one_of and not set(found.values()) <= set(one_of)):
        wanted = f" with values out of {', '.join(one_of)}" if one_of else ""
        raise ImproperlyConfigured(f'{name} has to be a JSON object like {{"staff": "…"}}{wanted}.')
    return dict(found)


def _oidc(env: environ.Env, name: str) -> dict[str, Any]:
    return {
        "provider_id": OIDC,
        "name": name,
        "client_id": env.str("OIDC_CLIENT_ID"),
        "secret": env.str("OIDC_CLIENT_SECRET", default=""),
        "settings": {
            "server_url": env.str("OIDC_ISSUER").rstrip("/"),
            "uid_field": env.str("OIDC_ID_CLAIM", default="sub"),
            "scope": env.list("OIDC_SCOPES", default=["openid", "profile", "email"]),
            "oauth_pkce_enabled": True,
        },
    }


def _saml(env: environ.Env, name: str) -> dict[str, Any]:
    uid = env.str("SAML_ID_ATTRIBUTE", default="")
    return {
        "provider_id": SAML,
        "name": name,
        "client_id": SAML,
        "settings": {
            "attribute_mapping": {
                **({"uid": uid} if uid else {}),
                "email": env.list("SAML_EMAIL_ATTRIBUTE", default=MAIL_ATTRIBUTES),
            },
            "idp": {
                "entity_id": env.str("SAML_IDP_ENTITY_ID"),
                "sso_url": env.str("SAML_IDP_SSO_URL"),
                "x509cert": env.str("SAML_IDP_CERTIFICATE").replace("\\n", "\n"),
            },
            "advanced": {
                "strict": True,
                "want_assertion_signed": True,
                "want_name_id": not uid,
                "reject_deprecated_algorithm": True,
                "reject_idp_initiated_sso": True,
                "allow_repeat_attribute_name": False,
                "allow_single_label_domains": True,
            },
        },
    }
