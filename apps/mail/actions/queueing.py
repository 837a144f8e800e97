"""Queue a mail, or take one back. Sending is `delivery`'s business."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any
from uuid import uuid4

from django.conf import settings

from apps.accounts.models import User
from apps.mail.frame import frame, rendered
from apps.mail.kinds import kind_of
from apps.mail.models import OutgoingEmail, Reason, State
from apps.mail.objections import objections_to
from apps.mail.poke import poke_after_commit

# Long enough for a mail server that is down over a weekend; most callers know better.
DEFAULT_LIFE = timedelta(days=3)


@dataclass(frozen=True)
class Draft:
    """A mail with all its words that is not queued yet."""

    to: User
    about: Mapping[str, Any]
    words: Mapping[str, str]


def draft(
    *,
    kind: str,
    to: User,
    template: str,
    context: Mapping[str, Any],
    occurrence_key: str,
    due_at: datetime,
    expires_at: datetime | None = None,
    subject_ref: str = "",
    reply_to: str = "",
) -> Draft:
    """Write a mail, and no row yet.

    `template` is "<app>/emails/<event>": with `_subject.txt`, `_body.txt` and `_body.html` added
    it names three templates, rendered here and now with `context` plus `recipient`, `site_url`
    and `institution_name`. Text is not HTML-escaped. After `expires_at` (three days after
    `due_at` if not given) the mail is of no use and is not sent any more. Answers go to `reply_to`.
    """
    about = _row(
        kind=kind,
        to_address=to.email,
        recipient=to,
        occurrence_key=occurrence_key,
        due_at=due_at,
        expires_at=expires_at,
        subject_ref=subject_ref,
    )
    words = {**context, **frame(kind_of(kind), to)}
    return Draft(
        to,
        about,
        {
            "reply_to": reply_to,
            "subject": _one_line(rendered(f"{template}_subject.txt", words, escape=False)),
            "text_body": rendered(f"{template}_body.txt", words, escape=False),
            "html_body": rendered(f"{template}_body.html", words, escape=True),
        },
    )


def queue_many(*, drafts: Sequence[Draft]) -> list[OutgoingEmail]:
    """Queue the mails in the caller's transaction; return those that there is now to send.

    Left out is a mail whose key was queued before, and one whose reader refuses this kind or has
    an address that takes no mail. Then a row without words says so, and its key is taken as well.
    """
    endings = objections_to([(draft.about["kind"], draft.to) for draft in drafts])
    rows = [
        OutgoingEmail(**draft.about, **(ending or draft.words))
        for draft, ending in zip(drafts, endings, strict=True)
    ]
    # In one order everywhere, so that two who queue the same keys cannot block one another.
    rows.sort(key=lambda row: row.occurrence_key)
    OutgoingEmail.objects.bulk_create(rows, ignore_conflicts=True)
    ours = OutgoingEmail.objects.pending().filter(message_id__in=[row.message_id for row in rows])
    emails = list(ours.order_by("pk"))
    if emails:
        poke_after_commit()
    return emails


def queue(*, occurrence_key: str, **mail: Any) -> OutgoingEmail | None:
    """Queue one mail, as `draft` takes it; return None if there is nothing to send."""
    if OutgoingEmail.objects.filter(occurrence_key=occurrence_key).exists():
        return None
    emails = queue_many(drafts=[draft(occurrence_key=occurrence_key, **mail)])
    return emails[0] if emails else None


def queue_rendered(
    *,
    kind: str,
    to_address: str,
    recipient: User | None,
    subject: str,
    text_body: str,
    html_body: str,
    occurrence_key: str,
    due_at: datetime,
    expires_at: datetime | None = None,
    subject_ref: str = "",
) -> OutgoingEmail | None:
    """Queue a mail whose words exist already; return None for a key queued before."""
    about = _row(
        kind=kind,
        to_address=to_address,
        recipient=recipient,
        occurrence_key=occurrence_key,
        due_at=due_at,
        expires_at=expires_at,
        subject_ref=subject_ref,
    )
    words = {"subject": _one_line(subject), "text_body": text_body, "html_body": html_body}
    return _save(about, words)


def cancel_by_subject(*, subject_ref: str, kind: str | None = None) -> int:
    """Take back the mails about a row (of one kind, or all); return how many there were.

    A mail already claimed is held back too, as long as its handing over has not begun: its
    sender finds the claim gone.
    """
    emails = OutgoingEmail.objects.unmarked().filter(subject_ref=subject_ref)
    if kind is not None:
        emails = emails.filter(kind=kind)
    return emails.end(State.CANCELLED, reason=Reason.TAKEN_BACK)


def _row(
    *,
    kind: str,
    occurrence_key: str,
    due_at: datetime,
    expires_at: datetime | None,
    **fields: Any,
) -> dict[str, Any]:
    return {
        "kind": kind_of(kind).name,
        "occurrence_key": occurrence_key,
        "message_id": f"<{uuid4().hex}@{_sending_domain()}>",
        "due_at": due_at,
        "next_try_at": due_at,
        "expires_at": expires_at or due_at + DEFAULT_LIFE,
        **fields,
    }


def _save(about: dict[str, Any], also: dict[str, Any]) -> OutgoingEmail | None:
    """Write the row, unless its key exists, and have it sent if it waits for that."""
    email, is_new = OutgoingEmail.objects.get_or_create(
        occurrence_key=about["occurrence_key"], defaults={**about, **also}
    )
    if not is_new:
        return None
    if email.state == State.PENDING:
        poke_after_commit()
    return email


def _one_line(subject: str) -> str:
    return " ".join(subject.split())[:200]


def _sending_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
