"""What every view must say about itself: who may open it.

`LoginRequiredMiddleware` turns strangers away from whatever says nothing; the guard over all
URLs then fails the build, so that nothing stays unsaid.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeGuard

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from apps.accounts.models import User
from apps.accounts.roles import Permission

View = Callable[..., HttpResponseBase]


class SignedInRequest(HttpRequest):
    """A request whose `user` is a person, which the login middleware has made sure of."""

    user: User


@dataclass(frozen=True)
class AccessRule:
    """Who may open a view: holders of `permission`, any signed-in person, or everybody."""

    permission: Permission | None = None
    is_public: bool = False
    reason: str = ""


def requires(permission: Permission) -> Callable[[View], View]:
    """Open the view to people whose roles grant `permission`; answer 403 to other people."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not (is_person(request.user) and request.user.may(permission)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return _declare(guarded, AccessRule(permission=permission))

    return decorate


def signed_in(*, reason: str) -> Callable[[View], View]:
    """Open the view to everybody who has signed in, whatever their role."""

    def decorate(view: View) -> View:
        return _declare(view, AccessRule(reason=reason))

    return decorate


def public(*, reason: str) -> Callable[[View], View]:
    """Open the view to strangers."""

    def decorate(view: View) -> View:
        return login_not_required(_declare(view, AccessRule(is_public=True, reason=reason)))

    return decorate


def is_person(user: User | AnonymousUser) -> TypeGuard[User]:
    return user.is_authenticated


def _declare(view: View, rule: AccessRule) -> View:
    view.access_rule = rule  # type: ignore[attr-defined]
    return view
