"""What is open for one student, read off their rows by the rules as they are written down.

Slow and plain on purpose: loops over rows in memory, one rule after the other. It knows nothing of
the queries that it stands beside, only the models and the calendar of business days.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from apps.common.business_days import business_day
from apps.contacts.models import Contact
from apps.meetings.models import Meeting, Promiser
from apps.meetings.models import Status as MeetingStatus
from apps.outcomes.models import Status as OfferStatus
from apps.outreach.models import Answer, Attempt, Reply
from apps.students.models import Enrolment, FollowUpPolicy
from tests.reminders.rows import Rows, by_contact

DAY = timedelta(days=1)
INSTITUTION = ZoneInfo("America/New_York")
ORDER = [
    "thank",
    "say_how_it_went",
    "prepare",
    "debrief",
    "read_feedback",
    "read_answer",
    "keep_promise",
    "ask_about_promise",
    "write_to_referral",
    "take_a_time",
    "agree_on_a_time",
    "set_up_campaign",
    "follow_up",
    "ask_again",
    "try_elsewhere",
    "keep_pace",
    "keep_in_touch",
    "confirm_offer",
    "close_out",
]
NOTES = {"write_to_referral", "follow_up", "ask_again", "keep_in_touch"}


class Step(NamedTuple):
    kind: str
    student: int
    subject: int
    contact: int | None
    contact_name: str
    organization: str
    happened_at: datetime
    due_at: datetime
    detail: str = ""


class Reference:
    """The steps of one student at one moment."""

    def __init__(self, rows: Rows, now: datetime) -> None:
        self.rows, self.now = rows, now
        user = rows.student.user
        self.zone = ZoneInfo(user.time_zone) if user and user.time_zone else INSTITUTION
        self.today = self.day(now)
        self.meetings_with = by_contact(rows.meetings)
        self.attempts_at = by_contact(rows.attempts)
        self.touches_with = by_contact(rows.touches)

    def steps(self) -> list[Step]:
        every = [
            *self.after_conversations(),
            *self.before_conversations(),
            *self.what_came_back(),
            *self.promises(),
            *self.first_notes(),
            *self.times_suggested(),
            *self.times_proposed(),
            *self.beginning(),
            *self.notes_without_reply(),
            *self.asked_to_come_back(),
            *self.pace(),
            *self.news(),
            *self.offers(),
            *self.close_outs(),
        ]
        wanted = [step for step in every if not (step.kind in NOTES and self.is_left_alone(step))]
        return sorted(wanted, key=in_order)

    # The calendar of the student.

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def begin(self, day: date) -> datetime:
        """The first moment of a day: midnight, or when the clock first shows more."""
        return self._wall(day, time.min)

    def last_minute(self, day: date) -> datetime:
        return self._wall(day, time(23, 59, fold=1))  # the second, where the clock goes back

    def _wall(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self.zone).astimezone(UTC)

    # What is asked.

    def after_conversations(self) -> Iterator[Step]:
        for meeting in self.rows.meetings:
            ends = meeting.starts_at + timedelta(minutes=meeting.minutes)
            contact = self.rows.contacts[meeting.contact_id]
            if ends > self.now or self.now - ends > 30 * DAY:
                continue
            if meeting.status == MeetingStatus.SCHEDULED:
                yield self.about(contact, "say_how_it_went", meeting, meeting.starts_at, ends)
            if meeting.status != MeetingStatus.HELD or contact.erased_at:
                continue
            if meeting.thank_you_sent_at is None:
                yield self.about(contact, "thank", meeting, meeting.starts_at, ends + DAY)
            debrief = self.rows.debriefs.get(meeting.pk)
            is_written = debrief is not None and debrief.completed_at is not None
            if not is_written and self.now - ends <= 14 * DAY:
                yield self.about(contact, "debrief", meeting, meeting.starts_at, ends + 2 * DAY)

    def before_conversations(self) -> Iterator[Step]:
        for meeting in self.rows.meetings:
            contact = self.rows.contacts[meeting.contact_id]
            is_near = self.now < meeting.starts_at <= self.now + 3 * DAY
            is_on = meeting.status == MeetingStatus.SCHEDULED and not contact.erased_at
            if is_near and is_on and not meeting.is_ready:
                yield self.about(contact, "prepare", meeting, meeting.starts_at, meeting.starts_at)

    def what_came_back(self) -> Iterator[Step]:
        for work in self.rows.submissions:
            at = work.returned_at
            if at and work.seen_at is None and self.now - at <= 30 * DAY:
                yield self.own("read_feedback", work, at, at + 3 * DAY, detail=work.piece)
        for question in self.rows.questions:
            at = question.answered_at
            if at and question.seen_at is None and self.now - at <= 30 * DAY:
                yield self.own("read_answer", question, at, at + 3 * DAY)

    def promises(self) -> Iterator[Step]:
        for promise in self.rows.commitments:
            meeting = next(m for m in self.rows.meetings if m.pk == promise.meeting_id)
            contact = self.rows.contacts[meeting.contact_id]
            by = meeting.starts_at + 7 * DAY
            if promise.due_on:
                by = self.last_minute(promise.due_on)
            if promise.done_at or contact.erased_at or self.now - by > 60 * DAY:
                continue
            if promise.promised_by == Promiser.STUDENT and by <= self.now + 14 * DAY:
                yield self.about(
                    contact, "keep_promise", promise, meeting.starts_at, by, promise.what
                )
            is_theirs = promise.promised_by == Promiser.CONTACT and self.is_in_use(contact)
            if is_theirs and self.now - by >= 3 * DAY:
                due_at = by + 3 * DAY
                yield self.about(
                    contact, "ask_about_promise", promise, meeting.starts_at, due_at, promise.what
                )

    def first_notes(self) -> Iterator[Step]:
        for contact in self.rows.contacts.values():
            if contact.introduced_by_id is None or not self.is_in_use(contact):
                continue
            if self.attempts_at[contact.pk] or self.meetings_with[contact.pk]:
                continue
            named_on = max(contact.introduced_on or contact.listed_on, contact.listed_on)
            named_at = self.last_minute(named_on)
            if self.now - named_at > 60 * DAY:
                continue
            introducer = self.rows.contacts[contact.introduced_by_id]
            yield self.about(
                contact, "write_to_referral", contact, named_at, named_at + 7 * DAY, introducer.name
            )

    def times_suggested(self) -> Iterator[Step]:
        for answer in self.rows.answers:
            contact = self.rows.contacts[answer.link.contact_id]
            if answer.answer != Answer.OTHER_TIMES or contact.erased_at:
                continue
            said_at = answer.answered_at
            has_said_more = any(
                other.answered_at > said_at
                for other in self.rows.answers
                if other.link.contact_id == contact.pk
            )
            has_agreed = any(
                meeting.status in (MeetingStatus.SCHEDULED, MeetingStatus.HELD)
                and meeting.starts_at > said_at
                for meeting in self.meetings_with[contact.pk]
            )
            if self.now - said_at <= 60 * DAY and not has_said_more and not has_agreed:
                yield self.about(contact, "take_a_time", answer, said_at, said_at + DAY)

    def times_proposed(self) -> Iterator[Step]:
        for meeting in self.rows.meetings:
            contact = self.rows.contacts[meeting.contact_id]
            if meeting.status != MeetingStatus.PROPOSED or not self.is_in_use(contact):
                continue
            proposed_at = meeting.changed_at or meeting.created_at
            by = min(max(meeting.proposed_times), proposed_at + 4 * DAY)
            if by <= self.now <= by + 60 * DAY:
                yield self.about(contact, "agree_on_a_time", meeting, proposed_at, by)

    def beginning(self) -> Iterator[Step]:
        place = self.place()
        if place is None:
            return
        has_purpose = self.rows.campaign is not None and self.rows.campaign.purpose != ""
        missing = ""
        if not has_purpose:
            missing = "purpose"
        elif len(self.rows.contacts) < 5:
            missing = "people"
        if missing:
            first = max(place.enrolled_on, place.cohort.term.starts_on)
            yield self.own(
                "set_up_campaign",
                place,
                self.begin(first),
                self.last_minute(first + 7 * DAY),
                detail=missing,
            )

    def notes_without_reply(self) -> Iterator[Step]:
        policy, most = self.policy()
        for contact in self.rows.contacts.values():
            sent = [note for note in self.attempts_at[contact.pk] if note.sent_at <= self.now]
            if not sent or not self.is_in_use(contact):
                continue
            last = max(sent, key=lambda note: (note.sent_at, note.pk))
            if self.now - last.sent_at > 120 * DAY or self.is_answered(last, sent):
                continue
            in_a_row = sum(not self.is_over(note) for note in sent)
            if in_a_row >= most:
                continue
            again_on, elsewhere_on = self.follow_up_days(policy, self.day(last.sent_at))
            if self.begin(again_on) <= self.now:
                due_at = self.begin(again_on + DAY)
                yield self.about(contact, "follow_up", last, last.sent_at, due_at)
            elif elsewhere_on and self.begin(elsewhere_on) <= self.now:
                due_at = self.begin(again_on)
                yield self.about(contact, "try_elsewhere", last, last.sent_at, due_at)

    def is_answered(self, last: Attempt, sent: list[Attempt]) -> bool:
        """Whether the latest note, or an earlier one since, was answered, or a meeting agreed."""
        if any(note.replied_at and note.replied_at >= last.sent_at for note in sent):
            return True
        return any(
            meeting.status != MeetingStatus.PROPOSED and meeting.starts_at >= last.sent_at
            for meeting in self.meetings_with[last.contact_id]
        )

    def is_over(self, note: Attempt) -> bool:
        """Whether a note no longer counts among those in a row: a word or a talk came after it."""
        if any(
            other.replied_at and other.replied_at >= note.sent_at
            for other in self.attempts_at[note.contact_id]
        ):
            return True
        return any(
            meeting.status == MeetingStatus.HELD and meeting.starts_at >= note.sent_at
            for meeting in self.meetings_with[note.contact_id]
        )

    def follow_up_days(self, policy: FollowUpPolicy, sent_on: date) -> tuple[date, date | None]:
        """The day to write again, and the one from which to try somebody else as well."""
        holidays = self.rows.holidays
        if policy == FollowUpPolicy.THREE_AND_SEVEN:
            return business_day(sent_on, 7, holidays), business_day(sent_on, 3, holidays)
        return business_day(sent_on + 7 * DAY, 0, holidays), None

    def policy(self) -> tuple[FollowUpPolicy, int]:
        cohort = self.latest_cohort()
        if cohort is None:
            return FollowUpPolicy.ONE_WEEK, 4
        policy = FollowUpPolicy(cohort.follow_up_policy)
        most = 5 if policy == FollowUpPolicy.WEEKLY_FOR_A_MONTH else 10
        return policy, min(most, cohort.most_attempts)

    def asked_to_come_back(self) -> Iterator[Step]:
        for note in self.rows.attempts:
            contact = self.rows.contacts[note.contact_id]
            if note.reply != Reply.LATER or note.ask_again_on is None:
                continue
            if note.replied_at > self.now or not self.is_in_use(contact):
                continue
            opens_at = self.begin(note.ask_again_on)
            is_time = opens_at <= self.now <= opens_at + 120 * DAY
            if is_time and not self.has_moved_on(note):
                due_at = self.begin(note.ask_again_on + DAY)
                yield self.about(contact, "ask_again", note, note.replied_at, due_at)

    def has_moved_on(self, note: Attempt) -> bool:
        """Whether anything came after the answer: a note, a word, a talk, proposed times."""
        for other in self.attempts_at[note.contact_id]:
            if other.sent_at > note.replied_at:
                return True
            if other.replied_at and other.replied_at > note.replied_at:
                return True
        for meeting in self.meetings_with[note.contact_id]:
            is_agreed = meeting.status in (MeetingStatus.SCHEDULED, MeetingStatus.HELD)
            if is_agreed and meeting.starts_at >= note.replied_at:
                return True
            is_proposed = meeting.status == MeetingStatus.PROPOSED
            if is_proposed and meeting.created_at >= note.replied_at:
                return True
        return False

    def pace(self) -> Iterator[Step]:
        place = self.place()
        if place is None:
            return
        term, goal = place.cohort.term, place.cohort.goal
        own_days = (self.today - max(place.enrolled_on, term.starts_on)).days
        if own_days < 7 or self.today > term.ends_on:
            return
        week = term.starts_on
        while week + 7 * DAY <= self.today:
            week += 7 * DAY
        days = (term.ends_on - term.starts_on).days
        planned = goal * (week - term.starts_on).days // days
        begins_at = datetime.combine(term.starts_on, time.min, INSTITUTION)
        held = 0
        for meeting in self.rows.meetings:
            if meeting.status == MeetingStatus.HELD and not meeting.is_practice:
                held += begins_at <= meeting.starts_at <= self.now
        missing = planned - held
        if missing >= 1 and missing * days >= goal * 7:
            due_at = self.last_minute(week + 6 * DAY)
            yield self.own("keep_pace", place, self.begin(week), due_at, detail=str(missing))

    def news(self) -> Iterator[Step]:
        for contact in self.rows.contacts.values():
            meetings = self.meetings_with[contact.pk]
            held = [m for m in meetings if m.status == MeetingStatus.HELD]
            is_ahead = any(
                m.status in (MeetingStatus.SCHEDULED, MeetingStatus.PROPOSED) for m in meetings
            )
            days = self.cadence(contact)
            if days is None or is_ahead or not self.is_in_use(contact):
                continue
            if self.has_declined(contact) and not held:
                continue
            if not self.has_heard_of(contact, held):
                continue
            touches = [moment for moment in self.real_touches(contact, held) if moment <= self.now]
            if not touches:
                continue
            write_on = self.day(max(touches)) + days * DAY
            if self.begin(write_on) <= self.now:
                due_at = self.begin(write_on + DAY)
                yield self.about(contact, "keep_in_touch", contact, max(touches), due_at)

    def has_declined(self, contact: Contact) -> bool:
        replied = [note for note in self.attempts_at[contact.pk] if note.replied_at]
        last = max(replied, key=lambda note: (note.replied_at, note.pk), default=None)
        return last is not None and last.reply == Reply.NO

    def has_heard_of(self, contact: Contact, held: list[Meeting]) -> bool:
        notes, touches = self.attempts_at[contact.pk], self.touches_with[contact.pk]
        return bool(
            held
            or any(note.replied_at and note.replied_at <= self.now for note in notes)
            or any(touch.happened_at <= self.now for touch in touches)
        )

    def real_touches(self, contact: Contact, held: list[Meeting]) -> Iterator[datetime]:
        for note in self.attempts_at[contact.pk]:
            yield note.sent_at
            if note.replied_at:
                yield note.replied_at
        for meeting in held:
            yield meeting.starts_at
            if meeting.thank_you_sent_at:
                yield meeting.thank_you_sent_at
        for touch in self.touches_with[contact.pk]:
            yield touch.happened_at

    def cadence(self, contact: Contact) -> int | None:
        """After how many days to write: the contact's own, the shortest of the tags, the cohort's.

        None for never.
        """
        for cadence in self.rows.cadences:
            if cadence.contact_id == contact.pk:
                return cadence.days
        of_tags = [
            cadence.days
            for cadence in self.rows.cadences
            if cadence.days is not None and cadence.tag in contact.tags
        ]
        if of_tags:
            return min(of_tags)
        cohort = self.latest_cohort()
        return cohort.keep_in_touch_days if cohort else 90

    def offers(self) -> Iterator[Step]:
        for offer in self.rows.offers:
            if offer.status != OfferStatus.OPEN:
                continue
            ask_on = (offer.still_open_on or offer.received_on) + 14 * DAY
            if ask_on <= self.today <= offer.received_on + 180 * DAY:
                yield self.own(
                    "confirm_offer",
                    offer,
                    self.begin(offer.received_on),
                    self.last_minute(ask_on + 7 * DAY),
                    organization=offer.organization,
                )

    def close_outs(self) -> Iterator[Step]:
        seen = set()
        for place in sorted(self.rows.enrolments, key=lambda place: place.pk):
            term, left = place.cohort.term, place.withdrawn_on
            counts = place.enrolled_on <= term.census_on and (
                left is None or left > max(self.today, term.census_on)
            )
            is_time = term.ends_on <= self.today <= term.closes_on + 60 * DAY
            if not (counts and is_time) or term.pk in seen:
                continue
            seen.add(term.pk)
            has_offer = any(
                term.starts_on <= offer.received_on <= term.closes_on for offer in self.rows.offers
            )
            if not has_offer and term.pk not in self.rows.no_offers:
                yield self.own(
                    "close_out",
                    place,
                    self.begin(term.ends_on),
                    self.last_minute(term.closes_on),
                    detail=term.name,
                )

    # Who and where.

    def place(self) -> Enrolment | None:
        """The student's place in the term that runs: the latest term's, and there the first."""
        running = [
            place
            for place in self.rows.enrolments
            if place.enrolled_on <= self.today
            and (place.withdrawn_on is None or place.withdrawn_on > self.today)
            and place.cohort.term.starts_on <= self.today <= place.cohort.term.closes_on
        ]
        running.sort(key=lambda place: place.pk)
        return max(running, key=lambda place: place.cohort.term.starts_on, default=None)

    def latest_cohort(self) -> Any:
        places = self.rows.enrolments
        last = max(places, key=lambda p: (p.cohort.term.starts_on, p.pk), default=None)
        return last and last.cohort

    def is_in_use(self, contact: Contact) -> bool:
        return contact.archived_at is None and contact.erased_at is None

    def is_left_alone(self, step: Step) -> bool:
        wish = self.rows.wishes.get(self.rows.contacts[step.contact or 0].email)
        if wish is None:
            return False
        today = self.now.astimezone(INSTITUTION).date()
        is_paused = wish.paused_until is not None and wish.paused_until >= today
        return wish.is_never or wish.erased_at is not None or is_paused

    def about(
        self,
        contact: Contact,
        kind: str,
        subject: Any,
        happened_at: datetime,
        due_at: datetime,
        detail: str = "",
    ) -> Step:
        who = subject.pk, contact.pk, contact.name, contact.organization
        return Step(kind, self.rows.student.pk, *who, happened_at, due_at, detail)

    def own(
        self,
        kind: str,
        subject: Any,
        happened_at: datetime,
        due_at: datetime,
        *,
        detail: str = "",
        organization: str = "",
    ) -> Step:
        """A step about nobody but the student."""
        who = subject.pk, None, "", organization
        return Step(kind, self.rows.student.pk, *who, happened_at, due_at, detail)


def in_order(step: Any) -> tuple[int, datetime, int]:
    return ORDER.index(step.kind), step.due_at, step.subject
