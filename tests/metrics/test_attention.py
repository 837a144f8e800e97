"""Who needs a word: every standstill is found, hardly anybody else, and each clears itself."""

import random
from datetime import timedelta

import pytest

from apps.coaching.actions.words import note_word_spoken
from apps.contacts.models import Contact
from apps.meetings.models import Debrief, Meeting, ReferralAnswer, Status
from apps.metrics.attention import Flag
from apps.metrics.class_board import class_board
from apps.outreach.models import Attempt, Channel, Reply
from apps.students.models import Campaign, Enrolment, Student
from tests.clock import NOW, TODAY, ago, ahead
from tests.metrics.standstills import CURES, KINDS, list_people, lively, meet
from tests.students.factories import EnrolmentFactory, HolidayFactory, StudentFactory

pytestmark = pytest.mark.django_db

CLASS, PLANTED = 100, 12


@pytest.fixture
def student(cohort):
    return EnrolmentFactory(cohort=cohort).student


def flags(cohort, student):
    (row,) = [row for row in class_board(cohort, NOW).rows if row.student == student.pk]
    return row.needs.flags if row.needs else []


@pytest.mark.parametrize("flag", [*Flag])
def test_finds_each_standstill_and_says_its_facts(cohort, student, flag):
    KINDS[flag](student, cohort)
    assert flag in flags(cohort, student)


@pytest.mark.parametrize(
    ("flag", "cure"), [(flag, cure) for flag, cures in CURES.items() for cure in cures]
)
def test_lets_a_flag_go_the_moment_its_cause_does(cohort, student, flag, cure):
    KINDS[flag](student, cohort)
    assert flag in flags(cohort, student)
    cure(student, cohort)
    assert flag not in flags(cohort, student)


WORDS = {
    Flag.NOBODY_LISTED: ("No contact yet, week 8", "The purpose is set"),
    Flag.STOPPED: ("Quiet for 16 days", "Three conversations held, the last on September 29"),
    Flag.WENT_QUIET: ("Quiet for 24 days", "Two notes went out and one conversation was held"),
    Flag.THANKS_OVERDUE: ("3 thank-yous not sent", "the oldest has waited nine days"),
    Flag.NO_PURPOSE: ("No purpose yet, week 8", "two names"),
    Flag.NOBODY_ASKED: ("No note yet, week 8", "eight names"),
    Flag.NOT_FOLLOWED_UP: ("5 people asked, no reply", "the first on October 2"),
    Flag.NO_APPOINTMENT: ("11 notes, no appointment", "four replies came"),
    Flag.QUESTION_WAITS: (
        "A question waits",
        "One question for you; the oldest has waited two days",
    ),
    Flag.FEEDBACK_WAITS: ("A debrief waits", "handed in four days ago"),
}


@pytest.mark.parametrize("flag", [*Flag])
def test_says_why_in_words_with_the_facts(cohort, student, flag):
    KINDS[flag](student, cohort)
    (row,) = class_board(cohort, NOW).rows
    (reason,) = [reason for reason in row.needs.reasons if reason.flag == flag]
    title, words = WORDS[flag]
    assert title in reason.title
    assert words in reason.words


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_finds_all_twelve_among_a_hundred_and_at_most_two_others(cohort, seed):
    chance = random.Random(seed)
    students = [row.student for row in EnrolmentFactory.create_batch(PLANTED, cohort=cohort)]
    kinds = [*KINDS, *chance.sample([*KINDS], PLANTED - len(KINDS))]
    for student, flag in zip(students, kinds, strict=True):
        KINDS[flag](student, cohort)
    live_well(cohort, CLASS - PLANTED, chance)
    board = class_board(cohort, NOW)
    shown = {row.student for row in board.foremost}
    planted = {student.pk for student in students}
    assert shown >= planted
    assert len({row.student for row in board.needing} - planted) <= 2
    assert len(shown) <= CLASS // 8 + 1


def live_well(cohort, number, chance):
    """Enrol students who are under way: slow ones and quick ones, each with loose ends."""
    students = Student.objects.bulk_create(StudentFactory.build() for _ in range(number))
    Enrolment.objects.bulk_create(
        Enrolment(student=student, cohort=cohort, enrolled_on=cohort.term.starts_on)
        for student in students
    )
    Campaign.objects.bulk_create(
        Campaign(student=student, purpose="" if chance.random() < 0.1 else "How a port works.")
        for student in students
    )
    contacts, notes, meetings = [], [], []
    for student in students:
        people = [
            Contact(
                student=student,
                name=f"Person {n}",
                listed_on=TODAY - timedelta(days=chance.randint(3, 50)),
            )
            for n in range(chance.randint(5, 25))
        ]
        contacts += people
        last = chance.randint(1, 12)  # days since the latest thing that happened
        asked = chance.sample(people, chance.randint(2, len(people) - 1))
        for person in asked:
            notes += write(person, last, chance)
        met = chance.sample(asked, min(chance.randint(1, 7), len(asked)))
        meetings += [hold(person, last, chance) for person in met]
        forgotten = chance.sample(meetings[-len(met) :], min(len(met), chance.choice([0, 0, 1, 2])))
        for meeting in forgotten:
            meeting.thank_you_sent_at = None
    Contact.objects.bulk_create(contacts)
    Attempt.objects.bulk_create(notes)
    Meeting.objects.bulk_create(meetings)
    Debrief.objects.bulk_create(
        Debrief(
            meeting=meeting,
            referral_answer=ReferralAnswer.NONE_NOW,
            saved_at=meeting.starts_at + timedelta(hours=chance.randint(1, 60)),
            completed_at=meeting.starts_at + timedelta(hours=1),
        )
        for meeting in meetings
        if meeting.status == Status.HELD and chance.random() < 0.8
    )


def write(person, last, chance):
    """Write once or twice, and perhaps hear back."""
    days = chance.randint(last, 45)
    sent = [ago(days=days, hours=chance.randint(0, 9))]
    if days > last + 8 and chance.random() < 0.4:
        sent.append(ago(days=days - 8))
    notes = [
        Attempt(student=person.student, contact=person, sent_at=at, channel=Channel.EMAIL)
        for at in sent
    ]
    if chance.random() < 0.5:
        notes[-1].reply = chance.choice([Reply.YES, Reply.NO])
        notes[-1].replied_at = min(sent[-1] + timedelta(days=1), NOW)
    return notes


def hold(person, last, chance):
    begun = ago(days=chance.choice([last, chance.randint(last, 44)]), hours=4)
    if chance.random() < 0.1:
        return Meeting(student=person.student, contact=person, starts_at=ahead(days=2))
    return Meeting(
        student=person.student,
        contact=person,
        starts_at=begun,
        status=Status.HELD,
        thank_you_sent_at=begun + timedelta(hours=chance.randint(1, 70)),
    )


def test_says_nothing_about_a_class_that_has_just_begun(cohort, student):
    early = NOW - timedelta(days=40)
    assert class_board(cohort, early).needing == []
    assert class_board(cohort, NOW).needing != []


def test_counts_the_first_two_weeks_from_the_day_somebody_joined(cohort):
    late = EnrolmentFactory(cohort=cohort, enrolled_on=TODAY - timedelta(days=13)).student
    assert flags(cohort, late) == []


def test_leaves_alone_who_has_reached_the_goal_or_has_something_ahead(cohort, student):
    for days in range(20, 20 + cohort.goal):
        meet(student, days)
    assert flags(cohort, student) == []


def test_does_not_take_days_off_for_silence(cohort, student):
    KINDS[Flag.STOPPED](student, cohort)
    for n in range(3):
        assert Flag.STOPPED in flags(cohort, student)
        HolidayFactory(day=TODAY - timedelta(days=n))
    assert flags(cohort, student) == []


def test_lets_a_flag_rest_for_a_week_once_somebody_has_spoken_with_the_student(
    cohort, student, counselor
):
    KINDS[Flag.STOPPED](student, cohort)
    word = note_word_spoken(
        student=student, cohort=cohort, reasons=[Flag.STOPPED], by=counselor, now=NOW
    )
    assert word.rests_until == TODAY + timedelta(days=7)
    assert flags(cohort, student) == []
    (row,) = class_board(cohort, NOW + timedelta(days=7)).rows
    assert Flag.STOPPED in row.needs.flags


def test_shows_what_comes_up_while_something_else_rests(cohort, student, counselor):
    KINDS[Flag.THANKS_OVERDUE](student, cohort)
    note_word_spoken(student=student, cohort=cohort, reasons=[Flag.STOPPED], by=counselor, now=NOW)
    assert flags(cohort, student) == [Flag.THANKS_OVERDUE]


def test_shows_few_the_graver_first_and_the_longer_waiting_before_the_shorter(cohort):
    order = []
    for flag, days in [(Flag.NO_PURPOSE, 0), (Flag.NOBODY_LISTED, 10), (Flag.NOBODY_LISTED, 0)]:
        enrolled_on = cohort.term.starts_on + timedelta(days=days)
        student = EnrolmentFactory(cohort=cohort, enrolled_on=enrolled_on).student
        KINDS[flag](student, cohort)
        order.insert(0, student.pk)
    for _ in range(13):
        busy = EnrolmentFactory(cohort=cohort).student
        lively(busy)
        list_people(busy, 1, days=0)
    board = class_board(cohort, NOW)
    assert len(board.needing) == 3
    assert [row.student for row in board.foremost] == order[:2]


def test_leaves_out_who_withdrew(cohort):
    EnrolmentFactory(cohort=cohort, withdrawn=True)
    board = class_board(cohort, NOW)
    assert (board.needing, len(board.withdrawn)) == ([], 1)
