"""When a student is told to wait, by whose notes, and until when."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from apps.contacts.models import Contact
from apps.meetings.models import Status
from apps.outreach.models import Reply
from apps.outreach.protection import Advice, Notice, advice, advice_for
from apps.students.models import Student, Term
from tests.clock import NOW, TODAY, ago, ahead
from tests.contacts.factories import ContactFactory, WishFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory, CooldownLiftFactory
from tests.students.factories import StudentFactory, TermFactory

pytestmark = pytest.mark.django_db

ADDRESS = "ruth@northfield.example"
LINK = "https://www.linkedin.com/in/ruth-a/"
CLEAR = Advice()


@pytest.fixture
def ruth() -> Contact:
    """Ruth, as one student has her."""
    return ContactFactory(email=ADDRESS, links=[LINK])


@pytest.fixture
def elsewhere() -> Contact:
    """The same Ruth, as another student has her."""
    return ContactFactory(email="", more_emails=["Ruth@Northfield.example"])


def told(contact: Contact) -> Advice:
    return advice(contact, now=NOW)


def test_nobody_wrote(ruth: Contact, elsewhere: Contact) -> None:
    AttemptFactory()
    assert told(ruth) == CLEAR
    assert told(ruth).is_allowed


def test_somebody_wrote_to_the_same_address(ruth: Contact, elsewhere: Contact) -> None:
    AttemptFactory(contact=elsewhere, sent_at=ago(days=10))
    assert told(ruth) == Advice(Notice.RECENT, TODAY + timedelta(days=51))
    assert not told(ruth).is_refused


def test_somebody_wrote_to_the_same_profile(ruth: Contact) -> None:
    AttemptFactory(contact=ContactFactory(links=["linkedin.com/in/Ruth-A?trk=x"]))
    assert told(ruth).notice == Notice.RECENT


def test_the_latest_note_decides(ruth: Contact, elsewhere: Contact) -> None:
    AttemptFactory(contact=elsewhere, sent_at=ago(days=40))
    AttemptFactory(contact=ContactFactory(email=ADDRESS), sent_at=ago(days=5))
    assert told(ruth).until == TODAY + timedelta(days=56)


def test_says_a_day_whatever_the_hour_of_the_note(ruth: Contact, elsewhere: Contact) -> None:
    attempt = AttemptFactory(contact=elsewhere)
    answers = set()
    for hour in (4, 12, 23):  # all of them October 1 in New York
        attempt.sent_at = NOW.replace(day=1, hour=hour, minute=30)
        attempt.save()
        answers.add(told(ruth))
    assert answers == {Advice(Notice.RECENT, date(2025, 12, 1))}


@pytest.mark.parametrize(("days", "notice"), [(60, Notice.RECENT), (61, Notice.NONE)])
def test_the_cooldown_ends(ruth: Contact, elsewhere: Contact, days: int, notice: Notice) -> None:
    AttemptFactory(contact=elsewhere, sent_at=ago(days=days))
    assert told(ruth).notice == notice


@override_settings(CONTACT_COOLDOWN_DAYS=7)
def test_the_programme_may_set_another_cooldown(ruth: Contact, elsewhere: Contact) -> None:
    AttemptFactory(contact=elsewhere, sent_at=ago(days=8))
    assert told(ruth) == CLEAR


def test_their_own_notes_warn_nobody(ruth: Contact) -> None:
    AttemptFactory(contact=ruth, sent_at=ago(days=3))
    AttemptFactory(contact=ContactFactory(student=ruth.student, email=ADDRESS))
    assert told(ruth) == CLEAR


def test_who_came_first_may_follow_up(ruth: Contact, elsewhere: Contact) -> None:
    AttemptFactory(contact=ruth, sent_at=ago(days=9))
    AttemptFactory(contact=elsewhere, sent_at=ago(days=2))
    assert told(ruth) == CLEAR
    assert told(elsewhere).notice == Notice.RECENT


@pytest.mark.parametrize(
    ("reply", "notice"),
    [(Reply.YES, Notice.NONE), (Reply.LATER, Notice.NONE), (Reply.NO, Notice.RECENT)],
)
def test_who_got_an_answer_talks_on(
    ruth: Contact, elsewhere: Contact, reply: Reply, notice: Notice
) -> None:
    AttemptFactory(contact=elsewhere, sent_at=ago(days=12))
    AttemptFactory(contact=ruth, answered=True, reply=reply)
    assert told(ruth).notice == notice


@pytest.mark.parametrize(
    ("status", "notice"),
    [
        (Status.SCHEDULED, Notice.NONE),
        (Status.HELD, Notice.NONE),
        (Status.CANCELLED, Notice.RECENT),
        (Status.NO_SHOW, Notice.RECENT),
    ],
)
def test_who_meets_them_talks_on(
    ruth: Contact, elsewhere: Contact, status: Status, notice: Notice
) -> None:
    AttemptFactory(contact=elsewhere)
    MeetingFactory(contact=ruth, starts_at=ago(days=90), status=status)
    assert told(ruth).notice == notice


def test_a_counselor_lifts_what_was_sent_so_far(ruth: Contact, elsewhere: Contact) -> None:
    AttemptFactory(contact=elsewhere)
    CooldownLiftFactory(contact=ruth)
    assert told(ruth) == CLEAR
    assert told(ContactFactory(email=ADDRESS)).notice == Notice.RECENT

    AttemptFactory(contact=ContactFactory(email=ADDRESS), sent_at=ago(minutes=5))
    assert told(ruth).notice == Notice.RECENT


@pytest.mark.parametrize("key", [ADDRESS, "linkedin.com/in/ruth-a"])
def test_never_is_never_under_any_of_their_addresses(ruth: Contact, key: str) -> None:
    WishFactory(key=key, never=True)
    MeetingFactory(contact=ruth, held=True)
    assert told(ruth) == Advice(Notice.NEVER)
    assert told(ruth).is_refused


def test_an_erased_person_is_left_alone(ruth: Contact) -> None:
    WishFactory(key=ADDRESS, erased=True)
    assert told(ruth).is_refused
    assert told(ContactFactory(erased=True)).is_refused


def test_a_pause_lasts_to_the_end_of_its_last_day(ruth: Contact) -> None:
    wish = WishFactory(key=ADDRESS, paused_until=TODAY)
    assert told(ruth) == Advice(Notice.PAUSED, TODAY + timedelta(days=1))
    wish.paused_until = TODAY - timedelta(days=1)
    wish.save()
    assert told(ruth) == CLEAR


def test_the_longest_wait_is_told(ruth: Contact, elsewhere: Contact) -> None:
    AttemptFactory(contact=elsewhere, sent_at=ago(days=10))
    wish = WishFactory(key=ADDRESS, paused=True)
    assert told(ruth).notice == Notice.RECENT
    wish.paused_until = TODAY + timedelta(days=200)
    wish.save()
    assert told(ruth).notice == Notice.PAUSED


@pytest.fixture
def asked_by_two(term: Term) -> list[Student]:
    """Two students who wrote to Ruth early this term; their cooldown is over."""
    WishFactory(key=ADDRESS, most_per_term=2)
    students = StudentFactory.create_batch(2)
    with override_settings(CONTACT_COOLDOWN_DAYS=20):
        for student in students:
            contact = ContactFactory(student=student, email=ADDRESS)
            for days in (30, 28):
                AttemptFactory(contact=contact, sent_at=ago(days=days))
        yield students


def test_a_cap_counts_students(ruth: Contact, asked_by_two: list[Student]) -> None:
    assert told(ruth) == Advice(Notice.FULL)
    TermFactory(
        starts_on=TODAY + timedelta(days=90),
        census_on=TODAY + timedelta(days=90),
        ends_on=TODAY + timedelta(days=120),
        closes_on=TODAY + timedelta(days=120),
    )
    assert told(ruth) == Advice(Notice.FULL, TODAY + timedelta(days=90))


def test_a_cap_lets_those_write_who_asked_before(asked_by_two: list[Student]) -> None:
    assert told(asked_by_two[0].contacts.get()) == CLEAR


def test_a_cap_starts_anew_with_the_term(ruth: Contact, asked_by_two: list[Student]) -> None:
    TermFactory(
        starts_on=TODAY - timedelta(days=1), census_on=TODAY, ends_on=TODAY, closes_on=TODAY
    )
    assert told(ruth) == CLEAR


def test_a_cap_has_room(ruth: Contact, asked_by_two: list[Student]) -> None:
    WishFactory(key="linkedin.com/in/ruth-a", most_per_term=3)
    assert told(ruth) == Advice(Notice.FULL), "the stricter of two words counts"
    ruth.email, ruth.more_emails = "", []
    ruth.save()
    assert told(ruth) == CLEAR


def test_costs_the_same_whoever_knows_the_person(ruth: Contact) -> None:
    def queries(contacts: list[Contact]) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            advice_for(contacts, now=NOW)
        return [query["sql"] for query in captured]

    alone = queries([ruth])
    for _ in range(3):
        other = ContactFactory(email=ADDRESS)
        AttemptFactory(contact=other)
        MeetingFactory(contact=other, starts_at=ahead(days=1))
        CooldownLiftFactory(contact=other)
    assert queries([ruth]) == alone  # word by word
    many = list(Contact.objects.order_by("pk"))
    assert len(queries(many)) == len(alone) == 4


def test_answers_for_many_at_once(ruth: Contact, elsewhere: Contact) -> None:
    AttemptFactory(contact=elsewhere, sent_at=ago(days=10))
    someone = ContactFactory()
    assert advice_for([ruth, elsewhere, someone], now=NOW) == {
        ruth.pk: Advice(Notice.RECENT, TODAY + timedelta(days=51)),
        elsewhere.pk: CLEAR,
        someone.pk: CLEAR,
    }
