"""What the institution's sign-on says about a person, and what it is allowed to mean here.

Nothing follows from a claim by itself: a role or a class comes only from the value that the
settings map to it. A value that stands in no mapping gives nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from apps.accounts.roles import Role
from apps.students.models import Cohort


@dataclass(frozen=True)
class Claims:
    """One sign-in: `uid` is the provider's own lasting id, `email` is empty unless verified."""

    provider: str
    uid: str
    email: str
    student_id: str
    given_name: str
    family_name: str
    roles: frozenset[Role]
    classes: frozenset[str]


def read_claims(*, provider: str, uid: str, claims: Mapping[str, Any]) -> Claims:
    groups = values_of(claims, settings.SIGN_ON_ROLE_CLAIM)
    classes = values_of(claims, settings.SIGN_ON_CLASS_CLAIM)
    return Claims(
        provider=provider,
        uid=uid,
        email=verified_email(claims),
        student_id=_first(claims, settings.SIGN_ON_STUDENT_ID_CLAIM),
        given_name=_first(claims, settings.SIGN_ON_GIVEN_NAME_CLAIM)[:100],
        family_name=_first(claims, settings.SIGN_ON_FAMILY_NAME_CLAIM)[:100],
        roles=frozenset(Role(r) for value, r in settings.SIGN_ON_ROLES.items() if value in groups),
        classes=frozenset(
            name for value, name in settings.SIGN_ON_CLASSES.items() if value in classes
        ),
    )


def verified_email(claims: Mapping[str, Any]) -> str:
    """Return the address if the provider vouches for it, or gives its domain out itself."""
    email = _first(claims, "email").strip().lower()
    domain = email.rpartition("@")[2]
    if claims.get("email_verified") is True or domain in settings.SIGN_ON_EMAIL_DOMAINS:
        return email
    return ""


def governed_roles() -> frozenset[Role]:
    """Return the roles that the directory gives and takes; the others are given here."""
    return frozenset(Role(role) for role in settings.SIGN_ON_ROLES.values())


def class_called(name: str) -> Cohort | None:
    """Return the class that the settings call by its term's code and name: `fall-2025/CS 101`."""
    code, _, called = name.partition("/")
    return Cohort.objects.filter(term__code=code, name=called).first()


def values_of(claims: Mapping[str, Any], claim: str) -> frozenset[str]:
    value = claims.get(claim) if claim else None
    values = value if isinstance(value, list) else [value]
    return frozenset(item for item in values if isinstance(item, str))


def _first(claims: Mapping[str, Any], claim: str) -> str:
    value = claims.get(claim) if claim else ""
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
