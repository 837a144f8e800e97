"""Handing something in for a word about it, and giving it back with one."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

import structlog
from django.db import transaction

from apps.accounts.models import User
from apps.coaching.messages import tell_of_feedback
from apps.coaching.models import Piece, RubricVersion, Submission
from apps.coaching.pieces import Subject, wants_debriefs
from apps.contacts.models import Contact
from apps.meetings.finished import after_debrief
from apps.meetings.models import Meeting

log = structlog.get_logger(__name__)


class NothingToHandIn(Exception):
    """Nothing is written yet, or it is about somebody who asked to be erased."""


class TooLate(Exception):
    """Somebody else was first: it was returned, read or taken back in the meantime.

    `submission` is how it stands now.
    """

    def __init__(self, submission: Submission) -> None:
        super().__init__("This has moved on since you opened it.")
        self.submission = submission


@transaction.atomic
def hand_in(*, subject: Subject, word: str = "", now: datetime) -> Submission:
    """Hand in a piece as it is saved now. What waits unread takes the new words in its place.

    Otherwise it is the next round, and whatever came back on the one before counts as seen.
    While somebody reads it, nothing changes under their eyes: then the same one is returned.
    Raises NothingToHandIn.
    """
    _lock(subject)
    content = subject.content()
    if subject.is_erased or not content:
        raise NothingToHandIn
    latest = subject.latest()
    if latest and latest.is_waiting:
        if latest.read_at is None:
            latest.content, latest.word = content, word
            latest.save(update_fields=["content", "word"])
        return latest
    if latest:
        see_feedback(submission=latest, now=now)
    submission = Submission.objects.create(
        **subject.keys,
        round=_next_round(subject),
        content=content,
        word=word,
        handed_in_at=now,
    )
    log.info("handed in", submission=submission.pk, piece=submission.piece)
    return submission


@after_debrief
def hand_in_by_itself(*, meeting: Meeting, now: datetime) -> None:
    """Hand in a finished debrief where the class wants them all, and keep an unread one fresh.

    What the student took back stays with them.
    """
    subject = Subject.of_meeting(Piece.DEBRIEF, meeting)
    rows = Submission.objects.filter(**subject.keys)
    latest = rows.order_by("-round").first()
    is_due = latest.can_be_taken_back if latest else wants_debriefs(meeting.student, now)
    if is_due:
        with suppress(NothingToHandIn):
            hand_in(subject=subject, word=latest.word if latest else "", now=now)


@transaction.atomic
def take_back(*, submission: Submission, now: datetime) -> None:
    """Take back what nobody has begun to read. Said twice, it changes nothing. Raises TooLate."""
    submission = _locked(submission)
    if submission.withdrawn_at is None:
        if not submission.can_be_taken_back:
            raise TooLate(submission)
        submission.withdrawn_at = now
        submission.save(update_fields=["withdrawn_at"])
        log.info("taken back", submission=submission.pk)


@transaction.atomic
def begin_to_read(*, submission: Submission, by: User, now: datetime) -> Submission:
    """Open what was handed in; the first to do so is named. Raises TooLate if it was taken back."""
    submission = _locked(submission)
    if submission.withdrawn_at is not None:
        raise TooLate(submission)
    if submission.read_at is None:
        submission.read_at, submission.read_by = now, by
        submission.save(update_fields=["read_at", "read_by"])
        log.info("reading begun", submission=submission.pk, by=by.pk)
    return submission


@transaction.atomic
def return_submission(
    *,
    submission: Submission,
    comment: str,
    rubric_version: RubricVersion | None,
    scores: Mapping[str, int],
    is_to_be_revised: bool,
    by: User,
    now: datetime,
) -> Submission:
    """Give a piece back with a comment, and with a level for each criterion of a rubric, if any.

    Raises TooLate if a colleague has returned it, or the student has taken it back.
    """
    submission = _locked(submission)
    if not submission.is_waiting:
        raise TooLate(submission)
    submission.comment = comment
    submission.rubric_version = rubric_version
    submission.scores = dict(scores) if rubric_version else {}
    submission.is_to_be_revised = is_to_be_revised
    submission.returned_by, submission.returned_at = by, now
    if submission.read_at is None:
        submission.read_by, submission.read_at = by, now
    submission.save()
    tell_of_feedback(submission, now=now)
    log.info("returned", submission=submission.pk, by=by.pk)
    return submission


@transaction.atomic
def see_feedback(*, submission: Submission, now: datetime) -> None:
    """Note that the student has read what came back. The first time counts."""
    Submission.objects.filter(
        pk=submission.pk, returned_at__isnull=False, seen_at__isnull=True
    ).update(seen_at=now)


def _locked(submission: Submission) -> Submission:
    # Without joins: what they bring is as old as the statement, which may have waited for the row.
    return Submission.objects.select_for_update().get(pk=submission.pk)


def _lock(subject: Subject) -> None:
    """Lock the row it is about, so that two hand-ins of one piece queue up."""
    if subject.contact:
        Contact.objects.select_for_update(no_key=True).get(pk=subject.contact.pk)
    if subject.meeting:
        Meeting.objects.select_for_update(no_key=True).get(pk=subject.meeting.pk)


def _next_round(subject: Subject) -> int:
    """Return the next number, counting rounds that were taken back: each is handed in once."""
    last = Submission.objects.filter(**subject.keys).order_by("-round").first()
    return last.round + 1 if last else 1
