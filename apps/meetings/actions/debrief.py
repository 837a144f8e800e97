"""What a student writes down after a conversation, saved as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction

from apps.meetings.actions.outcome import record_outcome
from apps.meetings.actions.referrals import Named, add_referrals, is_same
from apps.meetings.actions.stories import hear_story, tell_story
from apps.meetings.finished import debrief_was_saved
from apps.meetings.models import (
    Commitment,
    Debrief,
    Finding,
    Meeting,
    Referral,
    ReferralAnswer,
    Status,
    Story,
    Telling,
)
from apps.meetings.revisions import begin_revision, changed_fields

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Written:
    """What stands on the page, as a whole.

    `details` are fields of Debrief. `findings` and `commitments` are all there are, in order, as
    fields with the key `pk` for rows that were there before. `names` are new ones; while the
    student still types, they come as text in `details["typed_names"]` instead. `heard` is the
    story heard, `told` the one that the student told.
    """

    details: Fields
    findings: Sequence[Fields] = ()
    commitments: Sequence[Fields] = ()
    names: Sequence[Named] = ()
    heard: str = ""
    told: Story | None = None


@dataclass(frozen=True)
class Saved:
    """The debrief, its rows in the order they were written, and who came of the names."""

    debrief: Debrief
    findings: list[Finding] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)


@transaction.atomic
def save_debrief(
    *, meeting: Meeting, revision: int, written: Written, is_finished: bool, now: datetime
) -> Saved:
    """Save the whole debrief or nothing; that it is written shows that the talk was held.

    `revision` is the one that the page began from. `is_finished` says that the student calls it
    done, which it stays while it has a finding and the answer about referrals. What stands there
    already is not saved again, so the same page sent twice adds nothing.

    Raises NotPossible for a conversation that cannot have been held, StaleText, NameRefused and
    StoryRefused.
    """
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("student__user", "contact")
        .get(pk=meeting.pk)
    )
    debrief = Debrief.objects.filter(meeting=meeting).first()
    debrief = debrief or Debrief(meeting=meeting, saved_at=now)
    has_essence = bool(written.findings and written.details["referral_answer"])
    is_done = has_essence and (is_finished or debrief.completed_at is not None)
    if (
        debrief.pk is not None
        and meeting.status == Status.HELD
        and is_done == (debrief.completed_at is not None)
        and _stands_there(meeting, debrief, written)
    ):
        return Saved(debrief, *_rows_of(meeting))
    begin_revision(debrief, since=revision, now=now)
    _note_that_it_was_held(meeting, written.details["referral_answer"], now)
    for name, value in written.details.items():
        setattr(debrief, name, value)
    debrief.completed_at = (debrief.completed_at or now) if is_done else None
    debrief.save()
    hear_story(meeting=meeting, words=written.heard)
    tell_story(meeting=meeting, story=written.told)
    saved = Saved(
        debrief,
        _become(Finding, meeting, written.findings),
        _become(Commitment, meeting, written.commitments),
        add_referrals(meeting=meeting, names=written.names, now=now),
    )
    if is_done:
        debrief_was_saved(meeting, now)
    return saved


def _note_that_it_was_held(meeting: Meeting, answer: str, now: datetime) -> None:
    record_outcome(meeting=meeting, was_held=True, now=now)
    has_asked = answer != ReferralAnswer.NOT_YET
    if answer and has_asked != meeting.has_asked_referral:  # an imported one may know it by itself
        meeting.has_asked_referral = has_asked
        meeting.save(update_fields=["has_asked_referral"])


def _stands_there(meeting: Meeting, debrief: Debrief, written: Written) -> bool:
    if changed_fields(debrief, written.details):
        return False
    findings, commitments = _rows_of(meeting)
    told = Telling.objects.filter(meeting=meeting).first()
    heard = Story.objects.first_heard_in(meeting)
    return (
        _say_the_same(findings, written.findings)
        and _say_the_same(commitments, written.commitments)
        and (heard.words if heard else "") == written.heard
        and (told.story_id if told else None) == (written.told.pk if written.told else None)
        and _are_noted(meeting, written.names)
    )


def _rows_of(meeting: Meeting) -> tuple[list[Finding], list[Commitment]]:
    return list(meeting.findings.order_by("pk")), list(meeting.commitments.order_by("pk"))


def _say_the_same(rows: Sequence[models.Model], written: Sequence[Fields]) -> bool:
    return len(rows) == len(written) and all(
        getattr(row, name) == value
        for row, fields in zip(rows, written, strict=True)
        for name, value in fields.items()
        if name != "pk"
    )


def _are_noted(meeting: Meeting, names: Sequence[Named]) -> bool:
    referrals = Referral.objects.filter(meeting=meeting).select_related("contact")
    noted = [Named(row.contact.name, row.contact.organization) for row in referrals]
    return all(any(is_same(named, other) for other in noted) for named in names)


def _become(model: type[Any], meeting: Meeting, written: Sequence[Fields]) -> list[Any]:
    """Let the rows of a meeting become what was written: edited, added, or gone if left out."""
    there = {row.pk: row for row in model.objects.filter(meeting=meeting)}
    rows = []
    for fields in written:
        row = there.pop(fields.get("pk"), None) or model(meeting=meeting)
        changed = [
            name for name, value in fields.items() if name != "pk" and getattr(row, name) != value
        ]
        for name in changed:
            setattr(row, name, fields[name])
        if row.pk is None:
            row.save()
        elif changed:
            row.save(update_fields=changed)
        rows.append(row)
    model.objects.filter(pk__in=list(there)).delete()
    return rows


@transaction.atomic
def keep_commitment(*, commitment: Commitment, is_done: bool, now: datetime) -> Commitment:
    """Write down that a promise was kept, or that it is open after all. The first time counts."""
    commitment = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if is_done != (commitment.done_at is not None):
        commitment.done_at = now if is_done else None
        commitment.save(update_fields=["done_at"])
    return commitment
