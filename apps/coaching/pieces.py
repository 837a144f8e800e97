"""What a student can hand in, as a counselor gets to read it: a copy without what is private.

Names of people who were met are not in it, for they stand in the students' own words alone, and
neither are ways to reach anybody.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self, TypedDict

from apps.coaching.models import Piece, Submission
from apps.contacts.models import Contact
from apps.meetings.models import (
    RATINGS,
    Conclusion,
    Debrief,
    Meeting,
    PrepSheet,
    Promiser,
    ReferralAnswer,
    Skill,
)
from apps.outreach.links import without_addresses
from apps.outreach.models import Draft, NoteKind
from apps.outreach.notes import OWN_WORDS
from apps.students.models import Student

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
# From nine digits on, so that dates and spans of years stay.
_NUMBER = re.compile(r"(?<![\w.])\+?\(?\d(?:[ ().\u2011\u2013/-]{0,2}\d){8,14}(?!\w)", re.ASCII)


class Part(TypedDict):
    heading: str
    text: str


@dataclass(frozen=True)
class Subject:
    """What a piece is about: a note of one kind to a contact, or one side of a meeting."""

    piece: Piece
    student: int
    contact: Contact | None = None
    note_kind: str = ""
    meeting: Meeting | None = None

    @classmethod
    def of_note(cls, contact: Contact, kind: NoteKind) -> Self:
        return cls(Piece.DRAFT, contact.student_id, contact=contact, note_kind=kind.value)

    @classmethod
    def of_meeting(cls, piece: Piece, meeting: Meeting) -> Self:
        return cls(piece, meeting.student_id, meeting=meeting)

    @property
    def keys(self) -> dict[str, object]:
        """The fields of Submission that say what it is about."""
        return {
            "student_id": self.student,
            "piece": self.piece,
            "contact": self.contact,
            "note_kind": self.note_kind,
            "meeting": self.meeting,
        }

    @property
    def is_erased(self) -> bool:
        person = self.contact or (self.meeting and self.meeting.contact)
        return bool(person and person.is_erased)

    def latest(self) -> Submission | None:
        """Return what was last handed in of it and not taken back."""
        rows = Submission.objects.filter(withdrawn_at__isnull=True, **self.keys)
        return rows.select_related("returned_by", "read_by").order_by("-round", "-pk").first()

    def content(self) -> list[Part]:
        """Return the piece as it is saved now; empty if there is nothing to read yet."""
        match self.piece:
            case Piece.DRAFT:
                parts = _of_draft(self)
            case Piece.PREP_SHEET:
                parts = _of_sheet(self)
            case Piece.DEBRIEF:
                parts = _of_debrief(self)
        cleaned = [(heading, _without_ways_to_reach(text).strip()) for heading, text in parts]
        return [Part(heading=heading, text=text) for heading, text in cleaned if text]


def wants_debriefs(student: Student, now: datetime) -> bool:
    """Return whether a class of the student reads every finished debrief."""
    current = student.enrolments.all().current(student.today(now))
    return current.filter(cohort__wants_debriefs=True).exists()


def _without_ways_to_reach(text: str) -> str:
    """Take addresses and numbers out of a text."""
    text = _WEB.sub("(link)", without_addresses(text))
    return _NUMBER.sub("(number)", _EMAIL.sub("(address)", text))


def _of_draft(subject: Subject) -> list[tuple[str, str]]:
    drafts = Draft.objects.select_related("template_version")
    draft = drafts.filter(contact=subject.contact, kind=subject.note_kind).first()
    if draft is None:
        return []
    slots = draft.template_version.slots if draft.template_version else OWN_WORDS
    parts = [(slot["label"], draft.parts.get(slot["key"], "")) for slot in slots]
    return [("Subject", draft.subject), *parts]


def _of_sheet(subject: Subject) -> list[tuple[str, str]]:
    sheet = PrepSheet.objects.filter(meeting=subject.meeting).first() or PrepSheet()
    questions = subject.meeting.questions.order_by("position", "pk") if subject.meeting else []
    proud_of = sheet.accomplishments.order_by("pk") if sheet.pk else []
    return [
        ("Goals: information", sheet.goal_information),
        ("Goals: contacts", sheet.goal_contacts),
        ("Questions", _lines(question.text for question in questions)),
        ("Research: person", sheet.research_person),
        ("Research: duties", sheet.research_duties),
        ("Research: organization", sheet.research_organization),
        ("Pitch", sheet.pitch),
        ("Accomplishments to speak of", _lines(row.text for row in proud_of)),
        ("What I can give", sheet.can_offer),
    ]


def _of_debrief(subject: Subject) -> list[tuple[str, str]]:
    meeting = subject.meeting
    debrief = Debrief.objects.filter(meeting=meeting).first()
    if meeting is None or debrief is None:
        return []
    findings = [
        (row.get_kind_display(), row.text) for row in meeting.findings.shared().order_by("pk")
    ]
    promises = meeting.commitments.filter(promised_by=Promiser.STUDENT).order_by("pk")
    ratings = [
        f"{field.verbose_name}: {value} of 5"
        for field in Debrief._meta.fields
        if field.name in RATINGS and (value := getattr(debrief, field.name)) is not None
    ]
    answer, conclusion = debrief.referral_answer, debrief.conclusion
    return [
        *findings,
        ("Asked whom else to talk with", ReferralAnswer(answer).label if answer else ""),
        ("What I promised", _lines(row.what for row in promises)),
        ("Where it leaves us", Conclusion(conclusion).label if conclusion else ""),
        ("Practised", _lines(Skill(skill).label for skill in debrief.skills)),
        ("How it went", _lines(ratings)),
        ("One thing to change next time", debrief.change_next_time),
    ]


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)
