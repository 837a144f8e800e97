from django.http import Http404

from apps.accounts.models import User
from apps.meetings.models import BankQuestion, Commitment, Meeting, Story


def get_meeting_for_edit(user: User, pk: int) -> Meeting:
    """Return the meeting, with its people, if it is the user's own.

    Anybody else learns nothing, not even that it is. Raises Http404.
    """
    meeting = Meeting.objects.select_related("student__user", "contact").filter(pk=pk).first()
    if meeting is None or meeting.student.user_id != user.pk:
        raise Http404("No such meeting.")
    return meeting


def get_meeting_to_plan(user: User, pk: int) -> Meeting:
    """Return the meeting if it is the user's own and the contact still has details.

    Nothing is arranged any more with somebody who asked to be erased. Raises Http404.
    """
    meeting = get_meeting_for_edit(user, pk)
    if meeting.contact.is_erased:
        raise Http404("No such meeting.")
    return meeting


def get_own_question(user: User, pk: int) -> BankQuestion:
    """Return the question of the bank if it is the student's own. Raises Http404."""
    question = BankQuestion.objects.select_related("student").filter(pk=pk).first()
    if question is None or question.student is None or question.student.user_id != user.pk:
        raise Http404("No such question.")
    return question


def get_programme_question(pk: int) -> BankQuestion:
    """Return the question if it is the programme's, whose keepers share it. Raises Http404."""
    question = BankQuestion.objects.of_programme().filter(pk=pk).first()
    if question is None:
        raise Http404("No such question.")
    return question


def get_commitment_for_edit(user: User, pk: int) -> Commitment:
    """Return what was promised in one of the user's own meetings. Raises Http404."""
    commitments = Commitment.objects.select_related("meeting")
    commitment = commitments.filter(pk=pk, meeting__student__user=user).first()
    if commitment is None:
        raise Http404("No such promise.")
    return commitment


def get_story_for_edit(user: User, pk: int) -> Story:
    """Return one of the user's own stories, with whom it was heard from. Raises Http404."""
    stories = Story.objects.select_related("student__user", "heard_in__contact")
    story = stories.filter(pk=pk, student__user=user).first()
    if story is None:
        raise Http404("No such story.")
    return story
