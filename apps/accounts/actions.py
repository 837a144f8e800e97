from collections.abc import Collection
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction

from apps.accounts.invitations import digest_of, new_token
from apps.accounts.models import BreakGlass, Invitation, Session, User
from apps.accounts.roles import Role

log = structlog.get_logger(__name__)


class InvitationIsSpent(Exception):
    """The invitation was used, replaced or has run out since the page was opened."""


class GlassCannotBeBroken(Exception):
    """The message says why; it is for the operator at the machine."""


@transaction.atomic
def make_invitation(*, user: User, by: User | None, now: datetime) -> tuple[Invitation, str]:
    """Make an invitation, and return it with its token, which is nowhere afterwards.

    An earlier one that was not used opens nothing from now on.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    Invitation.objects.open().filter(user=user).update(revoked_at=now)
    token = new_token()
    invitation = Invitation.objects.create(
        user=user,
        by=by,
        address=user.email,
        token_digest=digest_of(token),
        made_at=now,
        expires_at=now + timedelta(days=settings.INVITATION_DAYS),
    )
    return invitation, token


def note_opened(*, invitation: Invitation, now: datetime) -> None:
    """Write down that the page was shown to somebody, the first time."""
    Invitation.objects.open().filter(pk=invitation.pk, opened_at__isnull=True).update(opened_at=now)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, password: str, now: datetime) -> User:
    """Set the password of the invited person, once. Raises InvitationIsSpent."""
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    note_opened(invitation=invitation, now=now)
    usable = Invitation.objects.usable(now).filter(pk=invitation.pk)
    if not Invitation.objects.filter(pk__in=usable.values("pk")).update(used_at=now):
        raise InvitationIsSpent
    user.set_password(password)
    user.save(update_fields=["password"])
    log.info("invitation used", invitation=invitation.pk, user=user.pk)
    return user


def end_sessions(
    *, user: User, only: Collection[str] = (), keep: str | None = None, by: User | None
) -> int:
    """Sign a person out everywhere, or in the sessions `only`, never in `keep`; return how many."""
    sessions = Session.objects.filter(user=user)
    if only:
        sessions = sessions.filter(session_key__in=only)
    if keep:
        sessions = sessions.exclude(session_key=keep)
    ended, _ = sessions.delete()
    log.info("sessions ended", user=user.pk, ended=ended, by=by.pk if by else None)
    return ended


@transaction.atomic
def close_account(*, user: User, by: User | None) -> None:
    """Let a person in no more. Whatever they have open ends with it."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.is_active = False
    end_sessions(user=user, by=by)
    log.info("account closed", user=user.pk, by=by.pk if by else None)


def break_glass(*, email: str, reason: str, now: datetime) -> tuple[BreakGlass, str]:
    """Make a way in for an administrator; return it with its token, which is nowhere afterwards.

    It raises nobody: whoever is no administrator already gets none. Raises GlassCannotBeBroken.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None or not user.is_active or not user.has_role(Role.ADMINISTRATOR):
        raise GlassCannotBeBroken("This is the address of no open administrator's account.")
    if not reason.strip():
        raise GlassCannotBeBroken("Say why, in a few words: it is written down.")
    BreakGlass.objects.usable(now).filter(user=user).update(revoked_at=now)
    token = new_token()
    glass = BreakGlass.objects.create(
        user=user,
        reason=reason.strip()[:200],
        token_digest=digest_of(token),
        made_at=now,
        expires_at=now + timedelta(minutes=settings.BREAK_GLASS_MINUTES),
    )
    log.warning("glass broken", glass=glass.pk, user=user.pk)
    return glass, token


def use_broken_glass(*, token: str, now: datetime) -> User | None:
    """Return the administrator of a token, once; None whatever is wrong with it."""
    usable = BreakGlass.objects.usable(now).filter(token_digest=digest_of(token))
    glass = BreakGlass.objects.select_related("user").filter(pk__in=usable.values("pk")).first()
    if glass is None or not usable.update(used_at=now):
        log.warning("broken glass refused")
        return None
    log.warning("broken glass used", glass=glass.pk, user=glass.user_id)
    return glass.user
