"""What makes a queued invitation still wanted, asked again just before it leaves.

This is an edge: the moment is read here.
"""

from django.utils import timezone

from apps.accounts.models import Invitation
from apps.mail.conditions import still_wanted
from apps.mail.models import OutgoingEmail
from apps.students.kinds import INVITATION
from apps.students.models import Enrolment, institution_zone


@still_wanted(INVITATION)
def opens_something(email: OutgoingEmail) -> bool:
    """Return whether the invitation still works, for somebody who is still in a class."""
    now = timezone.now()
    _, _, pk = email.subject_ref.partition(":")
    invitation = Invitation.objects.usable(now).filter(pk=pk).first()
    if invitation is None:
        return False
    today = now.astimezone(institution_zone()).date()
    return Enrolment.objects.invitable(today).filter(student__user=invitation.user_id).exists()
