from datetime import datetime

from apps.accounts.invitations import address_of
from apps.accounts.models import Invitation
from apps.mail.actions import queue
from apps.mail.models import OutgoingEmail
from apps.students.kinds import INVITATION
from apps.students.models import Cohort


def invitation(
    invitation: Invitation, token: str, cohort: Cohort, *, now: datetime
) -> OutgoingEmail | None:
    """Queue "come in"; of no use once the invitation has run out."""
    return queue(
        kind=INVITATION,
        to=invitation.user,
        template="students/emails/invitation",
        context={"cohort": cohort, "link": address_of(token), "until": invitation.expires_at},
        occurrence_key=f"{INVITATION}:{invitation.pk}",
        due_at=now,
        expires_at=invitation.expires_at,
        subject_ref=f"{INVITATION}:{invitation.pk}",
    )
