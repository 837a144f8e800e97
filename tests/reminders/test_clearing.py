"""A step is gone as soon as what called for it is: for every kind, by every way out of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest

from apps.coaching.actions.feedback import hand_in, see_feedback
from apps.coaching.actions.questions import see_answer
from apps.coaching.models import Submission
from apps.coaching.pieces import Subject
from apps.contacts.models import Contact
from apps.contacts.models.contact import WITHOUT_DETAILS
from apps.meetings.models import Debrief, Meeting, Status
from apps.outcomes.actions import say_how_offer_ended
from apps.outcomes.models import Status as OfferStatus
from apps.outreach.models import Answer, NoteKind, Reply
from apps.reminders.next_steps import next_steps_of
from apps.students.actions.campaign import set_campaign
from apps.students.models import Enrolment, FollowUpPolicy, Student, Term
from apps.students.next_steps import StepKind
from tests.clock import NOW, TODAY, ago, ahead
from tests.coaching.factories import QuestionFactory, SubmissionFactory
from tests.contacts.factories import ContactFactory, WishFactory, make_a_beginning
from tests.meetings.factories import CommitmentFactory, DebriefFactory, MeetingFactory
from tests.outcomes.factories import NoOfferConfirmationFactory, OfferFactory
from tests.outreach.factories import (
    AttemptFactory,
    CadenceFactory,
    ContactAnswerFactory,
    ContactLinkFactory,
    DraftFactory,
    TouchFactory,
)
from tests.students.factories import CampaignFactory, EnrolmentFactory

pytestmark = pytest.mark.django_db

Clear = Callable[[Any], object]


class Case(NamedTuple):
    """`make` gives the row that calls for a step; each way in `clear` takes the cause away."""

    make: Callable[[], Any]
    clear: dict[str, Clear]


def change(**values: Any) -> Clear:
    """Return a change of the row itself."""

    def clear(row: Any) -> None:
        type(row).objects.filter(pk=row.pk).update(**values)

    return clear


def ended() -> Enrolment:
    """Return a place in a term that ended today."""
    return EnrolmentFactory(cohort__term__ends_on=TODAY)


def change_contact(**values: Any) -> Clear:
    return lambda row: Contact.objects.filter(pk=contact_of(row).pk).update(**values)


def contact_of(row: Any) -> Contact:
    for owner in (row, getattr(row, "meeting", None), getattr(row, "link", None)):
        if hasattr(owner, "contact"):
            return owner.contact
    assert isinstance(row, Contact)
    return row


erase = change_contact(**WITHOUT_DETAILS, erased_at=NOW)
rest = change_contact(archived_at=NOW)
withdraw = change(withdrawn_on=TODAY)


def wants_no_notes(row: Any) -> None:
    WishFactory(key=contact_of(row).email, never=True)


def wants_a_pause(row: Any) -> None:
    WishFactory(key=contact_of(row).email, paused=True)


def writes(row: Any) -> None:
    AttemptFactory(contact=contact_of(row), sent_at=ago(hours=1))


def agrees_to_meet(row: Any) -> None:
    MeetingFactory(contact=contact_of(row))


def meets(row: Any) -> None:
    MeetingFactory(contact=contact_of(row), held=True)


def debriefs(row: Meeting) -> None:
    DebriefFactory(meeting=row)


def finishes_debrief(row: Meeting) -> None:
    Debrief.objects.filter(meeting=row).update(referral_answer="names", completed_at=NOW)


def with_draft() -> Meeting:
    return DebriefFactory(meeting__held=True, draft=True).meeting


def draft_that_came_back() -> Submission:
    contact = DraftFactory().contact
    return SubmissionFactory(student=contact.student, contact=contact, draft=True, returned=True)


def hands_in_again(row: Submission) -> None:
    hand_in(subject=Subject.of_note(row.person, NoteKind(row.note_kind)), now=NOW)


def of_policy_with_somebody_else() -> Any:
    cohort = {"cohort__follow_up_policy": FollowUpPolicy.THREE_AND_SEVEN}
    student = EnrolmentFactory(**cohort).student
    return AttemptFactory(student=student, sent_at=ago(days=6))


def in_term(**values: Any) -> Enrolment:
    return EnrolmentFactory(**values)


def with_purpose() -> Enrolment:
    enrolment = EnrolmentFactory()
    CampaignFactory(student=enrolment.student)
    ContactFactory.create_batch(4, student=enrolment.student)
    return enrolment


def begins(row: Enrolment) -> None:
    make_a_beginning(row.student)


def says_the_purpose(row: Enrolment) -> None:
    ContactFactory.create_batch(5, student=row.student)
    set_campaign(student=row.student, details={"purpose": "How a harbor works."}, now=NOW)


def names_one_more(row: Enrolment) -> None:
    ContactFactory(student=row.student)


def catches_up(row: Enrolment) -> None:
    MeetingFactory.create_batch(5, student=row.student, thanked=True)


def ends(status: OfferStatus) -> Clear:
    accepted_on = TODAY if status == OfferStatus.ACCEPTED else None
    return lambda row: say_how_offer_ended(
        offer=row, status=status, accepted_on=accepted_on, by=row.student.user, now=NOW
    )


UNWANTED: dict[str, Clear] = {
    "erased": erase,
    "at rest": rest,
    "wants no notes": wants_no_notes,
    "wants a pause": wants_a_pause,
}
CASES = {
    StepKind.THANK: [
        Case(
            lambda: MeetingFactory(held=True),
            {
                "thanked": change(thank_you_sent_at=NOW),
                "not held after all": change(status=Status.NO_SHOW),
                "erased": erase,
            },
        )
    ],
    StepKind.SAY_HOW_IT_WENT: [
        Case(
            lambda: MeetingFactory(begun=True),
            {
                "held": change(status=Status.HELD),
                "fell through": change(status=Status.NO_SHOW),
                "called off": change(status=Status.CANCELLED),
                "moved": change(starts_at=ahead(days=1)),
            },
        )
    ],
    StepKind.PREPARE: [
        Case(
            MeetingFactory,
            {
                "prepared": change(is_ready=True),
                "called off": change(status=Status.CANCELLED),
                "moved": change(starts_at=ahead(days=9)),
                "erased": erase,
            },
        )
    ],
    StepKind.DEBRIEF: [
        Case(
            lambda: MeetingFactory(held=True),
            {
                "written": debriefs,
                "not held after all": change(status=Status.CANCELLED),
                "erased": erase,
            },
        ),
        Case(with_draft, {"finished": finishes_debrief}),
    ],
    StepKind.READ_FEEDBACK: [
        Case(
            draft_that_came_back,
            {
                "read": lambda row: see_feedback(submission=row, now=NOW),
                "once more": hands_in_again,
            },
        )
    ],
    StepKind.READ_ANSWER: [
        Case(
            lambda: QuestionFactory(answered=True),
            {"read": lambda row: see_answer(question=row, now=NOW)},
        )
    ],
    StepKind.KEEP_PROMISE: [
        Case(
            lambda: CommitmentFactory(meeting__held=True),
            {"kept": change(done_at=NOW), "put off": change(due_on=TODAY + timedelta(days=30))}
            | {"erased": erase},
        )
    ],
    StepKind.ASK_ABOUT_PROMISE: [
        Case(
            lambda: CommitmentFactory(
                meeting__held=True, theirs=True, due_on=TODAY - timedelta(days=10)
            ),
            {"kept": change(done_at=NOW), "put off": change(due_on=TODAY)}
            | {"erased": erase, "at rest": rest},
        )
    ],
    StepKind.WRITE_TO_REFERRAL: [
        Case(
            lambda: ContactFactory(introduced=True, listed_on=TODAY),
            {
                "written to": writes,
                "a meeting": agrees_to_meet,
                "nobody introduced them": change(introduced_by=None),
                **UNWANTED,
            },
        )
    ],
    StepKind.TAKE_A_TIME: [
        Case(
            ContactAnswerFactory,
            {
                "a meeting": agrees_to_meet,
                "another answer": lambda row: ContactAnswerFactory(
                    link=ContactLinkFactory(contact=contact_of(row), used=True),
                    answer=Answer.NO,
                    times=[],
                    answered_at=NOW,
                ),
                "erased": erase,
            },
        )
    ],
    StepKind.AGREE_ON_A_TIME: [
        Case(
            lambda: MeetingFactory(proposed=True, created_at=ago(days=5)),
            {
                "agreed": change(status=Status.SCHEDULED),
                "called off": change(status=Status.CANCELLED),
                "proposed anew": change(changed_at=NOW, starts_at=ahead(days=2)),
                "erased": erase,
                "at rest": rest,
            },
        )
    ],
    StepKind.SET_UP_CAMPAIGN: [
        Case(in_term, {"all": begins, "purpose last": says_the_purpose, "left": withdraw}),
        Case(with_purpose, {"one more": names_one_more, "left": withdraw}),
    ],
    StepKind.FOLLOW_UP: [
        Case(
            AttemptFactory,
            {
                "answered": change(reply=Reply.NO, replied_at=NOW),
                "once more": writes,
                "a meeting": agrees_to_meet,
                "they talked": meets,
                **UNWANTED,
            },
        )
    ],
    StepKind.ASK_AGAIN: [
        Case(
            lambda: AttemptFactory(
                sent_at=ago(days=40),
                replied_at=ago(days=38),
                reply=Reply.LATER,
                ask_again_on=TODAY,
            ),
            {
                "asked": writes,
                "not yet": change(ask_again_on=TODAY + timedelta(days=1)),
                "a no": change(reply=Reply.NO, ask_again_on=None),
                "a meeting": agrees_to_meet,
                **UNWANTED,
            },
        )
    ],
    StepKind.TRY_ELSEWHERE: [
        Case(
            of_policy_with_somebody_else,
            {
                "answered": change(reply=Reply.YES, replied_at=NOW),
                "once more": writes,
                "a meeting": agrees_to_meet,
                "erased": erase,
                "at rest": rest,
            },
        )
    ],
    StepKind.KEEP_PACE: [
        Case(in_term, {"caught up": catches_up, "left": withdraw}),
        Case(in_term, {"a smaller goal": lambda row: change(goal=1)(row.cohort)}),
    ],
    StepKind.KEEP_IN_TOUCH: [
        Case(
            lambda: contact_of(TouchFactory(happened_at=ago(days=100))),
            {
                "news": lambda row: TouchFactory(contact=row, happened_at=NOW),
                "they wrote": lambda row: TouchFactory(contact=row, kind="heard", happened_at=NOW),
                "a note": writes,
                "a meeting": agrees_to_meet,
                "they talked": meets,
                "never": lambda row: CadenceFactory(contact=row, days=None),
                "less often": lambda row: CadenceFactory(contact=row, days=180),
                **UNWANTED,
            },
        )
    ],
    StepKind.CONFIRM_OFFER: [Case(OfferFactory, {status: ends(status) for status in OfferStatus})],
    StepKind.CLOSE_OUT: [
        Case(
            ended,
            {
                "no offer": lambda row: NoOfferConfirmationFactory(
                    student=row.student, term=row.cohort.term
                ),
                "an offer": lambda row: OfferFactory(
                    student=row.student, received_on=row.cohort.term.closes_on
                ),
                "left": withdraw,
                "long over": lambda row: Term.objects.update(
                    starts_on=ago(days=200),
                    census_on=ago(days=200),
                    ends_on=ago(days=70),
                    closes_on=ago(days=61),
                ),
            },
        )
    ],
}


def asked(student: Student, kind: StepKind) -> list[int]:
    return [step.subject for step in next_steps_of(student, NOW) if step.kind == kind]


def student_of(row: Any) -> Student:
    return row.student if hasattr(row, "student") else contact_of(row).student


def test_has_a_case_for_every_kind():
    assert set(CASES) == {*StepKind}


@pytest.mark.parametrize(
    ("kind", "make", "clear"),
    [
        pytest.param(kind, case.make, clear, id=f"{kind}: {name}")
        for kind, cases in CASES.items()
        for case in cases
        for name, clear in case.clear.items()
    ],
)
def test_a_step_goes_with_its_cause(kind, make, clear):
    row = make()
    student = student_of(row)
    assert asked(student, kind) == [row.pk]
    clear(row)
    assert asked(student, kind) == []
