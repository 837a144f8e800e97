"""What a contact answers on their own page, where the link is the permission; what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.db import transaction

from apps.contacts.models import Contact
from apps.meetings.actions.schedule import accept_time, edit_details, schedule_meeting
from apps.meetings.models import Meeting
from apps.meetings.moves import NotPossible
from apps.outreach.actions.attempts import record_reply
from apps.outreach.actions.links import use_up
from apps.outreach.actions.own_data import pause_until
from apps.outreach.links import SAME_PRESS, proposal_of
from apps.outreach.models import Answer, Attempt, ContactAnswer, ContactLink, Reply

log = structlog.get_logger(__name__)

REPLIES = {
    Answer.ACCEPTED: Reply.YES,
    Answer.OTHER_TIMES: Reply.YES,
    Answer.NOT_NOW: Reply.LATER,
    Answer.NO: Reply.NO,
}


@dataclass(frozen=True)
class Said:
    """An answer: `times` are the one that was accepted, or those that are suggested instead.

    `reach` are how and where to talk, as fields of a meeting, as far as they were given.
    """

    answer: Answer
    times: tuple[datetime, ...] = ()
    reach: Mapping[str, Any] = field(default_factory=dict)
    ask_again_on: date | None = None
    message: str = ""


@transaction.atomic
def record_answer(*, link: ContactLink, said: Said, now: datetime) -> ContactAnswer:
    """Write down the answer, which uses the link up, and what follows from it.

    A button that is pressed twice is heard once. Raises LinkIsSpent, or NotPossible if the times
    are others by now.
    """
    link = ContactLink.objects.select_for_update().get(pk=link.pk)
    if before := _same_press(link, said, now):
        return before
    use_up(link=link, now=now)
    if said.answer == Answer.ACCEPTED:
        _agree(link, said, now)
    elif said.reach and (meeting := proposal_of(link)):
        edit_details(meeting=meeting, details=said.reach, now=now)
    answer = ContactAnswer.objects.create(
        link=link,
        answer=said.answer,
        times=list(said.times),
        message=said.message,
        answered_at=now,
    )
    sent = Attempt.objects.filter(contact=link.contact, sent_at__lte=now)
    if attempt := sent.order_by("-sent_at", "-pk").first():
        record_reply(
            attempt=attempt,
            reply=REPLIES[said.answer],
            ask_again_on=said.ask_again_on,
            now=now,
        )
    if said.ask_again_on:
        pause_until(contact=link.contact, day=said.ask_again_on - timedelta(days=1))
    log.info("contact answered", link=link.pk, answer=answer.answer)
    return answer


@transaction.atomic
def agree_on_suggestion(*, answer: ContactAnswer, starts_at: datetime, now: datetime) -> Meeting:
    """Agree, for the student, on one of the times that the contact suggested. Said twice, once.

    Raises NotPossible if it is none of these, or has passed.
    """
    if starts_at not in answer.times:
        raise NotPossible("This is not one of the times they suggested.")
    if starts_at <= now:
        raise NotPossible("This time has passed already. Ask them for another one.")
    contact = Contact.objects.select_for_update().get(pk=answer.link.contact_id)
    agreed = Meeting.objects.scheduled().filter(contact=contact, starts_at=starts_at)
    if meeting := agreed.first():
        return meeting
    if meeting := proposal_of(answer.link):
        return accept_time(meeting=meeting, starts_at=starts_at, now=now)
    return schedule_meeting(
        student=contact.student, contact=contact, starts_at=starts_at, details={}, now=now
    )


def _same_press(link: ContactLink, said: Said, now: datetime) -> ContactAnswer | None:
    return ContactAnswer.objects.filter(
        link=link,
        answered_at__gt=now - SAME_PRESS,
        answer=said.answer,
        times=list(said.times),
        message=said.message,
    ).first()


def _agree(link: ContactLink, said: Said, now: datetime) -> None:
    meeting = proposal_of(link)
    (starts_at,) = said.times
    if meeting is None or starts_at not in meeting.proposed_times or starts_at <= now:
        raise NotPossible("These times have changed since you opened the page. Please look again.")
    if said.reach:
        edit_details(meeting=meeting, details=said.reach, now=now)
    accept_time(meeting=meeting, starts_at=starts_at, now=now)
