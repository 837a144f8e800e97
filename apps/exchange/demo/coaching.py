"""What the counselor of the demo student's class did: settings, feedback, notes, nudges, a list.

Whatever would send a mail through its action is written as rows: the demo writes to nobody.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from itertools import cycle

from django.urls import reverse

from apps.accounts.actions import make_invitation
from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.coaching.actions.feedback import hand_in
from apps.coaching.actions.notes import share_note, write_note
from apps.coaching.actions.questions import ask
from apps.coaching.actions.rubrics import publish_version
from apps.coaching.actions.words import note_word_spoken
from apps.coaching.asking import PageAskedFrom
from apps.coaching.models import (
    Criterion,
    Piece,
    Question,
    Resource,
    ResourceUse,
    Rubric,
    RubricVersion,
    Submission,
)
from apps.coaching.pieces import Subject
from apps.contacts.actions.research import log_research
from apps.contacts.models import ResearchKind
from apps.exchange.demo.classmates import LEO, MAREK, MEI, NADIA, ROSA, TARIQ
from apps.exchange.demo.conversations import Told, debrief
from apps.exchange.demo.nudges import nudge
from apps.exchange.demo.roll import Class
from apps.exchange.demo.story import AMARA, Protagonist
from apps.meetings.models import Debrief, FindingKind, Meeting
from apps.metrics.attention import Flag
from apps.students.actions.cohort import set_cohort_settings
from apps.students.actions.effort import note_effort
from apps.students.actions.milestones import set_milestone
from apps.students.actions.roster import confirm_roster, read_roster_file
from apps.students.actions.staff import add_substitute, add_worker
from apps.students.actions.visits import record_visit
from apps.students.models import Campaign, Cohort, Enrolment, Reason, Student
from apps.students.roster.choices import Choices, compare
from apps.students.roster.saving import Decisions
from apps.students.roster.table import Table

SUBSTITUTE, WORKER = "substitute@demo.example", "worker@demo.example"

SETTINGS = {"wants_debriefs": True, "usual_minutes": 20, "weekly_mail_cap": 3}
MILESTONES = [(3, 49), (6, 84)]  # so many held, by a day of the term
STANDS_IN = (-2, 12)  # days from today

PURPOSES = [
    "Learn what people in public service do all day, and which part of it I would like.",
    "Find out whether a small firm or a large one suits me better to begin with.",
    "Understand how people came to research from a degree like mine.",
    "See what a year in a newsroom, a museum or a lab is really like.",
    "Meet people who changed their field, and ask how they knew that it was time.",
    "Learn which of my courses are of use at work, and what I should learn besides.",
]

DEBRIEFS: list[tuple[Protagonist, int, Told]] = [  # finished so many days ago
    (TARIQ, 5, Told(
        "Qadir Aziz",
        [(FindingKind.WHERE_I_FIT, "Models are built before anything is drawn; I like that.", [])],
        "Bring two pictures of my work instead of ten.", before=2, after=4, clarity=3,
    )),
    (MEI, 9, Told(
        "Thea Björnsson",
        [(FindingKind.SKILL_NEEDED, "Half of her day is asking authors what they meant.", [])],
        "Ask more.", before=3, after=4, clarity=3,
    )),
    (ROSA, 1, Told(
        "Wale Ogun",
        [(FindingKind.INDUSTRY, "Health officers spend more time with schools than clinics.", [])],
        "Ask how a usual week looks before I ask about the job.", before=2, after=3, clarity=3,
    )),
]  # fmt: skip
SECOND_ROUND = (3, "Ask what surprised her, and wait for the answer, instead of asking more.")

ANOTHER_CRITERION: Criterion = {
    "key": "next_people",
    "name": "Who comes next",
    "weight": 1,
    "says": [
        "Nobody was asked for another name.",
        "The question was asked, and the answer is told.",
        "A name came, and it says how the student will write to them.",
    ],
}


@dataclass(frozen=True)
class Returned:
    """What a counselor said to the latest round of a student, so many days ago.

    `levels` are places of the criteria's levels, in the order of the criteria.
    """

    by_version: int
    levels: Sequence[int]
    comment: str
    days: int
    is_to_be_revised: bool = False


FIRST_ROUND = Returned(
    1, (2, 1, 0), "A good choice. What will you do differently, and why? Two sentences more.", 7,
    is_to_be_revised=True,
)  # fmt: skip
OF_AMARA = ("Keiko Sato", 4, "Did I talk too much about my survey?")
UNSEEN = Returned(
    2, (2, 2, 1, 1), "You noticed it yourself, and that is the point. Next time begin with the "
    "labels, and keep the survey for when she asks.", 1,
)  # fmt: skip

ASKED = [  # who, hours ago, from which page, what
    (AMARA, 75, "contact_list", "May I write to two people of one museum at the same time?"),
    (ROSA, 19, "meeting_list", "She offered me an hour. Is it rude to ask for twenty minutes?"),
]
ANSWER = "One at a time, a week apart, and tell the second one that you have met the first."

OWN_NOTE = (LEO, 3, "Said after class that the internship takes his evenings. Ask before nudging.")
SHARED_NOTE = (AMARA, 6, "Agreed to hold two more conversations outside media before the break.")

READ = [  # kind, title, of whom (a person's name, or an organization), days ago
    (ResearchKind.ARTICLE, "How a museum counts its visitors", "Keiko Sato", 27),
    (ResearchKind.VIDEO, "A talk on listening to audiences", "Elif Kaya", 3),
    (ResearchKind.SITE, "The annual report", "Osprey Labs", 2),
]
JOBS_APPLIED_FOR = [2, 3, 8, 9, 12]  # in this week, the one before, …
OPENED = [3, 1, 0, 4, 6, 2, 5]  # today, yesterday, …; every resource a little less than the last

LISTED = slice(10, 14)  # those on the list, of the class
NOW_IN = "Data Science"  # of the first two on it

SPOKEN = (MAREK, [Flag.WENT_QUIET.value], 1)
VISITED_DAYS_AGO, INVITED_DAYS_AGO = 2, 4


def show_coaching(cohort: Cohort, counselor: User, *, password: str, now: datetime) -> None:
    here = Enrolment.objects.filter(cohort=cohort, withdrawn_on__isnull=True)
    students = Student.objects.filter(enrolments__in=here).select_related("user")
    of = Class(cohort, counselor, list(students.order_by("student_id")), now)
    _say_purposes(of)
    _set_up(of, password)
    _bring_in_a_list(of)
    _give_feedback(of)
    _ask(of)
    _take_notes(of)
    nudge(of)
    _read_and_count(of)


def _say_purposes(of: Class) -> None:
    """Give everybody of the term a purpose, but for those who have one and for one without."""
    without = Student.objects.filter(
        enrolments__cohort__term=of.cohort.term, campaign__isnull=True
    ).exclude(pk=of.one(NADIA).pk)
    Campaign.objects.bulk_create(
        Campaign(student=student, purpose=purpose, saved_at=of.at(40, 18))
        for student, purpose in zip(without.order_by("pk"), cycle(PURPOSES), strict=False)
    )


def _set_up(of: Class, password: str) -> None:
    set_cohort_settings(cohort=of.cohort, details=SETTINGS, by=of.counselor)
    for conversations, days in MILESTONES:
        due_on = of.cohort.term.starts_on + timedelta(days=days)
        set_milestone(cohort=of.cohort, conversations=conversations, due_on=due_on, by=of.counselor)
    substitute = User.objects.create_user(
        SUBSTITUTE, password, full_name="Thomas Reyes", roles=[Role.COUNSELOR]
    )
    first, last = map(of.day, STANDS_IN)
    add_substitute(
        cohort=of.cohort, user=substitute, starts_on=first, ends_on=last, by=of.counselor
    )
    worker = User.objects.create_user(
        WORKER, password, full_name="Imani Brooks", roles=[Role.STUDENT_WORKER]
    )
    add_worker(cohort=of.cohort, user=worker, by=of.counselor)
    invited = of.one(NADIA).user
    assert invited is not None  # the workbook names an address of each
    make_invitation(user=invited, by=of.counselor, now=of.at(INVITED_DAYS_AGO, 10))


def _bring_in_a_list(of: Class) -> None:
    """Save a list of a few, in which two have another major now."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(["Student ID", "First Name", "Last Name", "Email", "Major"])
    with_two_names = [one for one in of.students if one.given_name and one.family_name]
    for number, student in enumerate(with_two_names[LISTED]):
        program = student.enrolments.get(cohort=of.cohort).program
        names = student.given_name, student.family_name
        writer.writerow(
            [student.student_id, *names, student.email, NOW_IN if number < 2 else program]
        )
    roster = read_roster_file(
        cohort=of.cohort,
        name="careers-201-a.csv",
        data=text.getvalue().encode(),
        by=of.counselor,
        now=of.now,
    )
    table, choices = Table.from_json(roster.table), Choices.from_json(roster.choices)
    plan = compare(cohort=of.cohort, table=table, choices=choices, by=of.counselor)
    confirm_roster(
        roster=roster,
        shown=plan.digest(),
        decisions=Decisions(),
        by=of.counselor,
        now=of.at(1, 9),
    )


def _give_feedback(of: Class) -> None:
    """Hand in what is finished (by itself: the class wants it so), and return two pieces."""
    for who, days, told in DEBRIEFS:
        meeting = Meeting.objects.get(student=of.one(who), contact__name=told.name)
        debrief(meeting, told, now=of.at(days, 20))
    first = Submission.objects.get(student=of.one(MEI))
    _return(of, first, FIRST_ROUND)
    days, change = SECOND_ROUND
    Debrief.objects.filter(meeting=first.meeting).update(change_next_time=change)
    assert first.meeting is not None
    hand_in(subject=Subject.of_meeting(Piece.DEBRIEF, first.meeting), now=of.at(days, 20))

    rubric = Rubric.objects.filter(is_retired=False).order_by("pk")[0]
    latest = rubric.versions.order_by("-number")[0]
    publish_version(
        rubric=rubric, levels=latest.levels, criteria=[*latest.criteria, ANOTHER_CRITERION]
    )
    name, days, word = OF_AMARA
    meeting = Meeting.objects.get(student=of.one(AMARA), contact__name=name)
    subject = Subject.of_meeting(Piece.DEBRIEF, meeting)
    _return(of, hand_in(subject=subject, word=word, now=of.at(days, 20)), UNSEEN)


def _return(of: Class, submission: Submission, said: Returned) -> None:
    version = RubricVersion.objects.filter(number=said.by_version).order_by("pk")[0]
    keys = [criterion["key"] for criterion in version.criteria]
    Submission.objects.filter(pk=submission.pk).update(
        comment=said.comment,
        rubric_version=version,
        scores=dict(zip(keys, said.levels, strict=True)),
        is_to_be_revised=said.is_to_be_revised,
        read_by=of.counselor,
        read_at=of.at(said.days, 15),
        returned_by=of.counselor,
        returned_at=of.at(said.days, 16),
    )


def _ask(of: Class) -> None:
    questions = []
    for who, hours, page, text in ASKED:
        asked_from = PageAskedFrom.of(reverse(page))
        questions.append(
            ask(
                student=of.one(who),
                cohort=of.cohort,
                text=text,
                page=asked_from.path,
                about=asked_from.words,
                now=of.now - timedelta(hours=hours),
            )
        )
    Question.objects.filter(pk=questions[0].pk).update(
        answer=ANSWER, answered_by=of.counselor, answered_at=of.now - timedelta(hours=26)
    )


def _take_notes(of: Class) -> None:
    who, days, text = OWN_NOTE
    write_note(student=of.one(who), author=of.counselor, text=text, now=of.at(days, 17))
    who, days, text = SHARED_NOTE
    note = write_note(student=of.one(who), author=of.counselor, text=text, now=of.at(days, 17))
    share_note(note=note, now=of.at(days, 18))
    who, reasons, days = SPOKEN
    note_word_spoken(
        student=of.one(who),
        cohort=of.cohort,
        reasons=reasons,
        by=of.counselor,
        now=of.at(days, 12),
    )
    record_visit(
        student=of.one(AMARA),
        viewer=of.counselor,
        reason=Reason.CLASS,
        now=of.at(VISITED_DAYS_AGO, 11),
    )


def _read_and_count(of: Class) -> None:
    amara = of.one(AMARA)
    for kind, title, about, days in READ:
        contact = amara.contacts.filter(name=about).first()
        details = {"kind": kind, "title": title, "organization": "" if contact else about}
        log_research(student=amara, contact=contact, details=details, today=of.day(-days))
    for weeks, jobs in enumerate(JOBS_APPLIED_FOR):
        note_effort(student=amara, day=of.day(-7 * weeks), applied_for=jobs)
    resources = Resource.objects.filter(is_retired=False).order_by("-is_pinned", "pk")
    ResourceUse.objects.bulk_create(
        ResourceUse(resource=resource, day=of.day(-days), opened=opened - place)
        for place, resource in enumerate(resources)
        for days, opened in enumerate(OPENED)
        if opened > place
    )
