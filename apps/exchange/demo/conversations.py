"""What the demo student and two classmates wrote about their conversations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from apps.meetings.actions.debrief import Written, save_debrief
from apps.meetings.actions.prepare import add_question, borrow_question, save_prep_sheet
from apps.meetings.actions.schedule import propose_times
from apps.meetings.actions.stories import share_story, write_story
from apps.meetings.models import (
    BankQuestion,
    FindingKind,
    Meeting,
    Mode,
    Promiser,
    ReferralAnswer,
    Skill,
    Status,
    Story,
    StoryKind,
    Use,
)
from apps.students.actions.campaign import add_accomplishment
from apps.students.models import Enrolment, Student

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """A debrief in few words. `promises` are by whom, what, and so many days after the talk."""

    name: str
    findings: Sequence[tuple[FindingKind, str, Sequence[Use]]]
    change: str
    before: int
    after: int
    clarity: int
    heard: str = ""
    told: str = ""
    promises: Sequence[tuple[Promiser, str, int | None]] = ()


ACCOMPLISHMENTS = [
    "Surveyed 214 guests of the campus café; two names on the menu changed because of it.",
    "Rewrote a print shop's order form; a quote now takes four hours instead of two days.",
]
OWN_STORIES = [
    ("The menu that nobody read", "I asked 214 guests what the soup was called. Eleven knew."),
    ("The order form", "One question too many on a form cost a print shop two days a quote."),
]
DEBRIEFS = [
    Told(
        "Ngozi Eze",
        [(FindingKind.HOW_I_CAN_HELP, "She would like a short survey of waiting times.", [])],
        "Have the first question ready before I dial.",
        before=2,
        after=3,
        clarity=2,
    ),
    Told(
        "Tomás Rivera",
        [
            (
                FindingKind.SKILL_NEEDED,
                "Everybody on his team can run a simple test and explain it on one slide.",
                [Use.RESUME, Use.INTERVIEW],
            ),
            (FindingKind.CULTURE, "Research and editors share one room.", [Use.COVER_LETTER]),
        ],
        "Leave a pause after the answer. The good part came second.",
        before=2,
        after=3,
        clarity=2,
        heard="A headline test ran for a week on the wrong page, and the result was still right.",
        told="The menu that nobody read",
    ),
    Told(
        "Ida Lindqvist",
        [(FindingKind.INDUSTRY, "Audience work moves from counting clicks to talking.", [])],
        "Ask for names five minutes before the end, not at the door.",
        before=3,
        after=4,
        clarity=3,
        told="The order form",
        promises=[(Promiser.CONTACT, "Send the report about local readers", 14)],
    ),
    Told(
        "Keiko Sato",
        [
            (
                FindingKind.WHERE_I_FIT,
                "Visitor studies need people who like to stand around and ask.",
                [Use.PROFILE, Use.INTERVIEW],
            ),
            (FindingKind.POSSIBLE_OPENING, "A summer project on labels may come up.", []),
        ],
        "Speak less about the survey and ask more about the labels.",
        before=3,
        after=4,
        clarity=4,
        heard="One word on a label kept children away from a whale for a year.",
        told="The menu that nobody read",
        promises=[(Promiser.STUDENT, "Send the one-page café survey", 28)],
    ),
]
PREP: Fields = {
    "goal_information": "How a lab learns what visitors to its open days take home.",
    "goal_contacts": "One person who runs studies with the public.",
    "research_person": "Came from public radio; speaks about listening.",
    "research_duties": "Leads a team of six, reports to the board.",
    "research_organization": "About 400 people; opened a visitor center this year.",
    "pitch": "I study sociology and like finding out why people choose one word over another. "
    "Last spring I surveyed 214 café guests, and two names on the menu changed. I am talking with "
    "people who study visitors to learn how that work is done.",
    "can_offer": "The one-page café survey, if a template is of use to the team.",
}
OF_CLASSMATES = [
    ("The wrong door", "I knocked at the wrong office, and the person there gave me a name."),
    ("Ten minutes early", "The porter told me more about the place than its website does."),
]


def tell_about_conversations(student: Student, *, now: datetime) -> None:
    """Prepare what is ahead, debrief most of what was held, and share a few stories."""
    _keep_what_to_speak_of(student)
    meetings = Meeting.objects.filter(student=student).select_related("contact")
    by_name = {meeting.contact.name: meeting for meeting in meetings}
    for told in DEBRIEFS:
        meeting = by_name[told.name]
        debrief(meeting, told, now=meeting.ends + timedelta(hours=1))
    _prepare(by_name["Elif Kaya"], now)
    _propose(student, now)
    for classmate, (title, text) in zip(_classmates(student), OF_CLASSMATES, strict=False):
        story = write_story(
            student=classmate, details={"kind": StoryKind.OWN, "title": title, "text": text}
        )
        share_story(story=story, names_contact=False, is_signed=True, now=now)


def _keep_what_to_speak_of(student: Student) -> None:
    for text in ACCOMPLISHMENTS:
        add_accomplishment(student=student, text=text)
    for title, text in OWN_STORIES:
        write_story(student=student, details={"kind": StoryKind.OWN, "title": title, "text": text})


def debrief(meeting: Meeting, told: Told, *, now: datetime) -> None:
    zone = meeting.student.zone
    day = meeting.starts_at.astimezone(zone).date()
    written = Written(
        details={
            "referral_answer": ReferralAnswer.NONE_NOW,
            "skills": [Skill.LISTENING, Skill.SPEAKING_OF_MYSELF],
            "goals_met": told.after,
            "listened": told.before,
            "confidence_before": told.before,
            "confidence_after": told.after,
            "clarity": told.clarity,
            "change_next_time": told.change,
        },
        findings=[
            {
                "kind": kind,
                "text": text,
                "uses": list(uses),
                "is_private": kind == FindingKind.POSSIBLE_OPENING,
            }
            for kind, text, uses in told.findings
        ],
        commitments=[
            {
                "promised_by": by,
                "what": what,
                "due_on": None if days is None else day + timedelta(days=days),
            }
            for by, what, days in told.promises
        ],
        heard=told.heard,
        told=Story.objects.own().filter(student=meeting.student, title=told.told).first(),
    )
    save_debrief(
        meeting=meeting,
        revision=0,
        written=written,
        is_finished=True,
        now=now,
    )


def _prepare(meeting: Meeting, now: datetime) -> None:
    save_prep_sheet(meeting=meeting, revision=0, details=PREP, accomplishments=[], now=now)
    add_question(meeting=meeting, text="What do visitors ask that nobody had thought of?", now=now)
    for text in ("How did you come to this work?", "What do new people get wrong at first?"):
        borrow_question(
            meeting=meeting,
            bank_question=BankQuestion.objects.of_programme().get(text=text),
            now=now,
        )


def _propose(student: Student, now: datetime) -> None:
    """Offer two afternoons to somebody who was written to and has not answered yet."""
    contact = student.contacts.get(name="Aaliyah Washington")
    afternoon = now.astimezone(student.zone).replace(hour=15, minute=0, second=0, microsecond=0)
    propose_times(
        student=student,
        contact=contact,
        times=[afternoon + timedelta(days=days) for days in (5, 7)],
        details={"mode": Mode.PHONE, "minutes": 20},
        now=now,
    )


def _classmates(student: Student) -> list[Student]:
    cohort = (
        Enrolment.objects.filter(student=student).order_by("-cohort__term__starts_on")[0].cohort
    )
    others = Student.objects.filter(
        enrolments__cohort=cohort, meetings__status=Status.HELD
    ).exclude(pk=student.pk)
    return list(others.distinct().order_by("pk")[: len(OF_CLASSMATES)])
