from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction

from apps.accounts.invitations import digest_of, new_token
from apps.accounts.models import Invitation, User

log = structlog.get_logger(__name__)


class InvitationIsSpent(Exception):
    """The invitation was used, replaced or has run out since the page was opened."""


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
