"""Nudges of the last two weeks, with mails that have gone already, so that nobody is written to."""

from datetime import datetime, timedelta
from typing import Any

from apps.coaching.kinds import NUDGE
from apps.coaching.models import Nudge, NudgeTemplate
from apps.coaching.nudging import key_of
from apps.common.localtime import local_date
from apps.contacts.models import Contact, Source
from apps.exchange.demo.roll import Class
from apps.mail.models import OutgoingEmail, State
from apps.outreach.models import Attempt, Channel
from apps.students.models import Student, institution_zone

NUDGES = [  # days ago, template, place in the class, days until a note to somebody, if there was
    (12, "Notes without an answer", 12, 1),
    (12, "Notes without an answer", 15, None),
    (11, "After a good start", 18, 2),
    (9, "After a good start", 20, None),
    (8, "Thank-yous that wait", 23, None),
    (8, "Notes without an answer", 26, 1),
    (6, "Notes without an answer", 29, 2),
    (5, "After a good start", 32, None),
]
WRITTEN_TO = [
    ("Xavier Blanc", "Lumen Energy"),
    ("Yara Costa", "Juniper Civic"),
    ("Zeno Marin", "Quay Logistics"),
    ("Agnes Toth", "Northlight Theater"),
]


def nudge(of: Class) -> None:
    """Keep nudges whose mails have gone, some followed by a note to somebody new."""
    templates = {template.name: template for template in NudgeTemplate.objects.all()}
    people = iter(WRITTEN_TO)
    for days, name, place, later in NUDGES:
        student, sent_at = of.students[place], of.at(days, 10)
        mail = OutgoingEmail.objects.create(**_sent(student, sent_at))
        Nudge.objects.create(
            student=student,
            cohort=of.cohort,
            by=of.counselor,
            template=templates[name],
            mail=mail,
            queued_at=sent_at,
        )
        if later is not None:
            _write_to(student, *next(people), at=of.at(days - later, 17))


def _sent(student: Student, sent_at: datetime) -> dict[str, Any]:
    """Return the fields of a nudge's mail that has gone; its words are gone, too."""
    assert student.user is not None
    key = key_of(student.user, sent_at)
    return {
        "kind": NUDGE,
        "recipient": student.user,
        "to_address": student.user.email,
        "subject_ref": f"student:{student.pk}",
        "occurrence_key": key,
        "message_id": f"<{key.replace(':', '.')}@demo.example>",
        "state": State.SENT,
        "due_at": sent_at,
        "next_try_at": sent_at,
        "data_started_at": sent_at,
        "sent_at": sent_at,
        "expires_at": sent_at + timedelta(days=2),
        "attempts": 1,
    }


def _write_to(student: Student, name: str, organization: str, *, at: datetime) -> None:
    contact = Contact.objects.create(
        student=student,
        listed_on=local_date(at, institution_zone()),
        name=name,
        organization=organization,
        source=Source.ALUMNI,
        data_source="typed in by the student",
    )
    Attempt.objects.create(student=student, contact=contact, sent_at=at, channel=Channel.EMAIL)
