from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from apps.accounts.models import User

DEMO_DOMAIN = "@demo.example"


class EmailBackend(AuthenticationBackend):
    """Sign in by e-mail and password. Demo people, whose password is public, only in the demo."""

    def user_can_authenticate(self, user: User | None) -> bool:
        if user is None or (user.email.endswith(DEMO_DOMAIN) and not settings.DEMO):
            return False
        return bool(super().user_can_authenticate(user))
