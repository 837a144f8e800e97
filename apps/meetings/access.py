from django.http import Http404

from apps.accounts.models import User
from apps.meetings.models import Meeting


def get_meeting_for_edit(user: User, pk: int) -> Meeting:
    """Return the meeting if it is the user's own; anybody else learns nothing, not even that it is.

    Raises Http404.
    """
    meeting = Meeting.objects.select_related("student", "contact").filter(pk=pk).first()
    if meeting is None or meeting.student.user_id != user.pk:
        raise Http404("No such meeting.")
    return meeting
