"""Random students with random histories, written in a few batches.

Moments lie whole days before `NOW` more often than not, and at the same minute of the day, so that
the edges of every rule ("thirty days ago", "at the same moment") come up again and again. Nothing
has happened after `NOW`; only agreed meetings and dates lie ahead.
"""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.coaching.models import Piece, Question, Submission
from apps.contacts.fingerprints import fingerprint
from apps.contacts.models import Contact, Wish
from apps.contacts.models.contact import WITHOUT_DETAILS
from apps.meetings.models import Commitment, Debrief, Meeting, Promiser, Status
from apps.outcomes.models import Kind, NoOfferConfirmation, Offer
from apps.outcomes.models import Status as OfferStatus
from apps.outreach.models import (
    Answer,
    Attempt,
    Cadence,
    Channel,
    ContactAnswer,
    ContactLink,
    NoteKind,
    Reply,
    Touch,
    TouchKind,
)
from apps.students.models import (
    Campaign,
    Cohort,
    Enrolment,
    FollowUpPolicy,
    Holiday,
    Student,
    Term,
)
from tests.clock import NOW, TODAY

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
ZONES = [
    "",
    "America/New_York",
    "Pacific/Auckland",
    "Pacific/Honolulu",
    "Asia/Kathmandu",
    "Europe/Berlin",
    "America/St_Johns",
    "Africa/Cairo",
    "America/Santiago",
]
TAGS = ["mentors", "harbor", "family"]
TALK = timedelta(minutes=15)
JITTER = [timedelta(0)] * 5 + [MINUTE, -MINUTE, -TALK, DAY / 4, -DAY / 4]
"""Moved by a talk's length, a whole day ago is when it ended, not when it began."""
EDGES = [1, 2, 3, 4, 6, 7, 8, 10, 14, 15, 21, 28, 30, 31, 60, 61, 67, 90, 120]


class Maker:
    """Makes the rows of `number` students; the same seed makes the same ones."""

    def __init__(self, seed: int, number: int) -> None:
        self.random = Random(seed)
        self.number = number

    def make(self) -> None:
        cohorts = self._terms()
        self._holidays()
        students = self._students()
        self._places(students, cohorts)
        contacts = self._contacts(students)
        self._wishes(contacts)
        meetings = self._meetings(contacts)
        self._after(meetings)
        self._handed_in(meetings, contacts)
        self._questions(students, cohorts)
        self._notes(contacts)
        self._answers(contacts)
        self._touches(contacts)
        self._cadences(students, contacts)
        self._offers(students)

    # What a day is, and what chance.

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def moment(self) -> datetime:
        """A moment before NOW, often by so many whole days."""
        if self.maybe(0.25):
            return NOW - self.random.uniform(0, 150) * DAY
        days = self.random.choice([*EDGES, self.random.randint(1, 130)])
        jitter = self.random.choice(JITTER)
        return NOW - days * DAY + jitter

    def later_than(self, moment: datetime) -> datetime:
        return min(moment + self.random.choice([0, 0, 1, 2, 5, 10, 40]) * DAY, NOW)

    def day(self, first: int = -150, last: int = 20) -> date:
        return TODAY + self.random.randint(first, last) * DAY

    # The programme.

    def _terms(self) -> list[Cohort]:
        terms = []
        for number in range(6):
            starts_on = self.day(-200, 5)
            census_on = starts_on + self.random.choice([0, 14]) * DAY
            ends_on = census_on + self.random.choice([0, 6, 30, 95, 150]) * DAY
            if number == 0:  # one has just ended, whatever the dice say
                starts_on = census_on = TODAY - 50 * DAY
                ends_on = TODAY - 5 * DAY
            closes_on = ends_on + self.random.choice([0, 20]) * DAY
            terms.append(
                Term(
                    code=f"random-{number}",
                    name=f"Random {number}",
                    starts_on=starts_on,
                    census_on=census_on,
                    ends_on=ends_on,
                    closes_on=closes_on,
                )
            )
        Term.objects.bulk_create(terms)
        return Cohort.objects.bulk_create(
            Cohort(
                term=term,
                name=f"Section {number}",
                goal=self.random.choice([1, 4, 12, 12, 40]),
                follow_up_policy=self.random.choice([*FollowUpPolicy]),
                most_attempts=self.random.choice([1, 2, 4, 10]),
                keep_in_touch_days=self.random.choice([7, 30, 90]),
            )
            for term in terms
            for number in range(3)
        )

    def _holidays(self) -> None:
        days = {self.day() for _ in range(10)}
        Holiday.objects.bulk_create(Holiday(day=day, name=f"Off on {day}") for day in days)

    # The students.

    def _students(self) -> list[Any]:
        users = User.objects.bulk_create(
            User(
                email=f"random{n}@students.example",
                full_name=f"Random {n}",
                roles=[Role.STUDENT],
                time_zone=self.random.choice(ZONES),
            )
            for n in range(self.number)
        )
        return Student.objects.bulk_create(
            Student(student_id=f"R{n}", given_name=f"Random {n}", user=user if n % 10 else None)
            for n, user in enumerate(users)
        )

    def _places(self, students: list[Any], cohorts: list[Cohort]) -> None:
        places = []
        for student in students:
            for cohort in self.random.sample(cohorts, self.random.choice([0, 1, 1, 1, 2, 3])):
                begin = cohort.term.starts_on
                enrolled_on = self.random.choice([begin, begin - 9 * DAY, self.day(-30, 3)])
                place = Enrolment(student=student, cohort=cohort, enrolled_on=enrolled_on)
                if self.maybe(0.15):
                    place.withdrawn_on = enrolled_on + self.random.choice([0, 7, 40]) * DAY
                places.append(place)
        Enrolment.objects.bulk_create(places)
        NoOfferConfirmation.objects.bulk_create(
            [
                NoOfferConfirmation(
                    student=place.student, term=place.cohort.term, confirmed_on=TODAY
                )
                for place in places
                if self.maybe(0.2)
            ],
            ignore_conflicts=True,
        )
        Campaign.objects.bulk_create(
            Campaign(student=student, purpose=self.random.choice(["", "Harbors"]))
            for student in students
            if self.maybe(0.6)
        )

    def _offers(self, students: list[Any]) -> None:
        offers = []
        for student in students:
            for _ in range(self.random.choice([0, 0, 1, 2])):
                offer = Offer(student=student, kind=Kind.JOB, organization="Tern")
                offer.received_on = self.random.choice(
                    [self.day(-190, 2), TODAY - 14 * DAY, TODAY - 180 * DAY]
                )
                offer.status = self.random.choice([OfferStatus.OPEN, OfferStatus.DECLINED])
                if self.maybe(0.4):
                    days = self.random.choice([0, 14, 20])
                    offer.still_open_on = offer.received_on + days * DAY
                offers.append(offer)
        Offer.objects.bulk_create(offers)

    # The people they know.

    def _contacts(self, students: list[Any]) -> list[Contact]:
        first = [
            self._contact(student) for student in students for _ in range(self.random.randint(0, 5))
        ]
        Contact.objects.bulk_create(first)
        named = []
        for introducer in first:
            if self.maybe(0.3):
                contact = self._contact(introducer.student)
                contact.introduced_by = introducer
                if self.maybe(0.7):
                    contact.introduced_on = self.day(-75, 3)
                named.append(contact)
        return [*first, *Contact.objects.bulk_create(named)]

    def _contact(self, student: Student) -> Contact:
        number = self.random.getrandbits(48)
        contact = Contact(
            student=student,
            listed_on=self.day(-75, 1),
            name=f"Ada {number}",
            organization=self.random.choice(["", "Harbor & Sons"]),
            email=f"ada{number}@harbor.example",
            tags=self.random.sample(TAGS, self.random.choice([0, 0, 1, 2])),
        )
        if self.maybe(0.06):
            contact.archived_at = NOW - DAY
        if self.maybe(0.06):
            contact.erased_at = NOW - DAY
            for name, value in WITHOUT_DETAILS.items():
                setattr(contact, name, value)
        return contact

    def _wishes(self, contacts: list[Contact]) -> None:
        wishes = []
        for contact in contacts:
            if contact.email and self.maybe(0.08):
                wish = Wish(fingerprint=fingerprint(contact.email))
                what = self.random.randrange(4)
                wish.is_never = what == 0
                wish.erased_at = NOW if what == 1 else None
                if what == 2:
                    wish.paused_until = self.random.choice([TODAY - DAY, TODAY, TODAY + DAY])
                wishes.append(wish)
        Wish.objects.bulk_create(wishes)

    # What passed between them.

    def _meetings(self, contacts: list[Contact]) -> list[Meeting]:
        return Meeting.objects.bulk_create(
            self._meeting(contact)
            for contact in contacts
            for _ in range(self.random.choice([0, 0, 0, 0, 1, 1, 2]))
        )

    def _meeting(self, contact: Contact) -> Meeting:
        starts_at, statuses = self.moment(), [*Status, Status.HELD]
        if self.maybe(0.3):
            minute = self.random.choice([timedelta(0), MINUTE])
            starts_at = NOW + self.random.choice([0, 1, 3, 4, 10]) * DAY + minute
            statuses = [Status.SCHEDULED, Status.PROPOSED, Status.CANCELLED]
        meeting = Meeting(
            student=contact.student,
            contact=contact,
            starts_at=starts_at,
            minutes=self.random.choice([15, 30, 480]),
            status=self.random.choice(statuses),
            is_practice=self.maybe(0.1),
            is_ready=self.maybe(0.3),
            created_at=min(starts_at - self.random.choice([0, 1, 3, 4, 5]) * DAY, NOW),
        )
        if meeting.status == Status.PROPOSED:
            meeting.proposed_times = [starts_at + n * DAY for n in range(self.random.randint(1, 3))]
            if self.maybe(0.3):
                meeting.changed_at = self.later_than(meeting.created_at)
        if meeting.status == Status.HELD and self.maybe(0.5):
            meeting.thank_you_sent_at = self.later_than(starts_at)
        return meeting

    def _after(self, meetings: list[Meeting]) -> None:
        held = [meeting for meeting in meetings if meeting.status == Status.HELD]
        Debrief.objects.bulk_create(
            Debrief(
                meeting=meeting,
                referral_answer="not_yet",
                saved_at=NOW,
                completed_at=self.random.choice([None, NOW]),
            )
            for meeting in held
            if self.maybe(0.5)
        )
        Commitment.objects.bulk_create(
            Commitment(
                meeting=meeting,
                promised_by=self.random.choice([*Promiser]),
                what="Send the map of the harbor",
                due_on=self.random.choice([None, self.day(-70, 20)]),
                done_at=NOW if self.maybe(0.2) else None,
            )
            for meeting in held
            for _ in range(self.random.choice([0, 0, 1, 2]))
        )

    def _handed_in(self, meetings: list[Meeting], contacts: list[Contact]) -> None:
        of_meetings = [
            Submission(student=meeting.student, meeting=meeting, piece=piece)
            for meeting in meetings
            for piece in (Piece.PREP_SHEET, Piece.DEBRIEF)
            if self.maybe(0.2)
        ]
        drafts = [
            Submission(student=contact.student, contact=contact, piece=Piece.DRAFT)
            for contact in contacts
            if self.maybe(0.1)
        ]
        for work in (*of_meetings, *drafts):
            work.note_kind = NoteKind.FIRST_NOTE if work.piece == Piece.DRAFT else ""
            work.content, work.handed_in_at = [], self.moment()
            if self.maybe(0.7):
                work.read_at = work.returned_at = self.later_than(work.handed_in_at)
                work.seen_at = self.random.choice([None, NOW])
        Submission.objects.bulk_create([*of_meetings, *drafts])

    def _questions(self, students: list[Any], cohorts: list[Cohort]) -> None:
        questions = [
            Question(student=student, cohort=self.random.choice(cohorts), text="How long?")
            for student in students
            for _ in range(self.random.choice([0, 0, 1, 2]))
        ]
        for question in questions:
            question.asked_at = self.moment()
            if self.maybe(0.7):
                question.answer, question.answered_at = "Short.", self.later_than(question.asked_at)
                question.seen_at = self.random.choice([None, NOW])
        Question.objects.bulk_create(questions)

    def _notes(self, contacts: list[Contact]) -> None:
        notes: dict[tuple[int, datetime, str], Attempt] = {}
        for contact in contacts:
            for _ in range(self.random.choice([0, 0, 0, 1, 1, 2, 3, 6])):
                note = self._note(contact)
                notes[contact.pk, note.sent_at, note.channel] = note
        Attempt.objects.bulk_create(notes.values())

    def _note(self, contact: Contact) -> Attempt:
        note = Attempt(student=contact.student, contact=contact, sent_at=self.moment())
        note.channel = self.random.choice([Channel.EMAIL, Channel.LINKEDIN])
        if self.maybe(0.25):
            note.replied_at = self.later_than(note.sent_at)
            note.reply = self.random.choice([*Reply])
            if note.reply == Reply.LATER and self.maybe(0.8):
                note.ask_again_on = self.day(-130, 10)
        return note

    def _answers(self, contacts: list[Contact]) -> None:
        links = ContactLink.objects.bulk_create(
            ContactLink(
                student=contact.student,
                contact=contact,
                token_digest=f"{self.random.getrandbits(250):064x}",
                expires_at=NOW,
                used_at=NOW,
            )
            for contact in contacts
            for _ in range(self.random.choice([0] * 8 + [1, 2]))
        )
        ContactAnswer.objects.bulk_create(
            ContactAnswer(
                link=link,
                answer=self.random.choice([Answer.OTHER_TIMES, Answer.OTHER_TIMES, Answer.NO]),
                times=[NOW],
                answered_at=self.moment(),
            )
            for link in links
        )

    def _touches(self, contacts: list[Contact]) -> None:
        touches: dict[tuple[int, datetime, str], Touch] = {}
        for contact in contacts:
            for _ in range(self.random.choice([0, 0, 0, 0, 1, 2])):
                touch = Touch(student=contact.student, contact=contact, channel=Channel.EMAIL)
                touch.kind = self.random.choice([*TouchKind])
                touch.happened_at = self.moment()
                touches[contact.pk, touch.happened_at, touch.kind] = touch
        Touch.objects.bulk_create(touches.values())

    def _cadences(self, students: list[Any], contacts: list[Contact]) -> None:
        days = [7, 30, 90, None]
        Cadence.objects.bulk_create(
            Cadence(student=contact.student, contact=contact, days=self.random.choice(days))
            for contact in contacts
            if self.maybe(0.15)
        )
        Cadence.objects.bulk_create(
            Cadence(student=student, tag=tag, days=self.random.choice(days))
            for student in students
            for tag in TAGS
            if self.maybe(0.25)
        )
