from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from apps.accounts.models import User

DEMO_DOMAIN = "@demo.example"


class EmailBackend(AuthenticationBackend):
    """Sign in by e-mail and password. Demo people, whose password is public, only in the demo.

    Nobody by password where the institution's sign-on is the only way.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        if settings.SIGN_ON_ONLY:
            make_password("the time that a real try takes")
            return None
        user = super().authenticate(request, **credentials)
        return user if isinstance(user, User) else None

    def user_can_authenticate(self, user: User | None) -> bool:
        if user is None or (user.email.endswith(DEMO_DOMAIN) and not settings.DEMO):
            return False
        return bool(super().user_can_authenticate(user))
