"""News is due at the last real touch plus the cadence, whatever happened in between."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.common.localtime import local_date, local_moment, start_of_day
from apps.contacts.actions.person import edit_contact, tag_contacts
from apps.meetings.models import Meeting, Status
from apps.outreach import keep_in_touch
from apps.outreach.models import Attempt, Channel, Reply, Touch, TouchKind
from apps.students.models import Student
from tests.clock import NOW, ago, ahead
from tests.constraints import refused_by
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory, CadenceFactory, TouchFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, StudentFactory

pytestmark = pytest.mark.django_db


def due(now=NOW):
    return set(keep_in_touch.due(Student.objects.all(), now))


def row_of(contact, now=NOW):
    rows = keep_in_touch.in_touch(Student.objects.all(), now, "contact_id = %(pk)s", pk=contact.pk)
    (row,) = rows
    return row


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland", "Asia/Kathmandu"])
def test_is_due_on_the_students_day_after_the_cadence(zone):
    student = StudentFactory(with_account=True, user__time_zone=zone)
    sent_at = local_moment(date(2025, 7, 1), time(23, 30), student.zone)
    touch = TouchFactory(student=student, happened_at=sent_at)
    opens = start_of_day(date(2025, 7, 1) + timedelta(days=90), student.zone)
    assert due(opens - timedelta(seconds=1)) == set()
    assert due(opens) == {touch.contact}


@pytest.mark.parametrize(
    "touch",
    [
        lambda contact: TouchFactory(contact=contact, student=contact.student),
        lambda contact: AttemptFactory(contact=contact, student=contact.student, answered=True),
        lambda contact: MeetingFactory(contact=contact, student=contact.student, thanked=True),
    ],
    ids=["news", "a reply", "a conversation"],
)
def test_counts_from_whatever_passed_between_the_two(touch):
    contact = ContactFactory()
    touch(contact)
    assert row_of(contact).cadence_days == 90


def test_counts_from_the_latest_of_all_kinds():
    contact = ContactFactory()
    about = {"contact": contact, "student": contact.student}
    MeetingFactory(**about, held=True, starts_at=ago(days=200))
    assert row_of(contact).last_touch_at == ago(days=200)
    MeetingFactory(**about, held=True, starts_at=ago(days=190), thank_you_sent_at=ago(days=189))
    assert row_of(contact).last_touch_at == ago(days=189)
    AttemptFactory(**about, sent_at=ago(days=150))
    assert row_of(contact).last_touch_at == ago(days=150)
    AttemptFactory(**about, sent_at=ago(days=151), reply=Reply.YES, replied_at=ago(days=140))
    assert row_of(contact).last_touch_at == ago(days=140)
    TouchFactory(**about, happened_at=ago(days=100))
    assert row_of(contact).last_touch_at == ago(days=100)
    MeetingFactory(**about, starts_at=ago(days=1), status=Status.NO_SHOW)
    TouchFactory(**about, happened_at=ahead(days=1))
    assert row_of(contact).last_touch_at == ago(days=100)


def test_moves_nothing_when_somebody_is_edited_or_tagged():
    contact = TouchFactory().contact
    before = row_of(contact).write_on
    edit_contact(student=contact.student, contact=contact, details={"note": "Likes tea."}, now=NOW)
    tag_contacts(student=contact.student, contacts=[contact.pk], tags=["mentors"], now=NOW)
    assert row_of(contact).write_on == before


def test_takes_the_contacts_own_cadence_before_their_tags_and_the_cohorts():
    student = StudentFactory()
    EnrolmentFactory(student=student, cohort=CohortFactory(keep_in_touch_days=120))
    contact = ContactFactory(student=student, tags=["mentors", "fair"])
    TouchFactory(student=student, contact=contact)
    assert row_of(contact).cadence_days == 120
    CadenceFactory(student=student, of_tag=True, days=50)
    CadenceFactory(student=student, of_tag=True, tag="fair", days=40)
    CadenceFactory(student=student, of_tag=True, tag="others", days=10)
    assert row_of(contact).cadence_days == 40
    CadenceFactory(student=student, contact=contact, days=70)
    assert row_of(contact).cadence_days == 70


def test_leaves_out_with_whom_the_student_does_not_keep_in_touch():
    touch = TouchFactory(happened_at=ago(days=400))
    assert due() == {touch.contact}
    CadenceFactory(student=touch.student, contact=touch.contact, days=None)
    assert due() == set()


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.PROPOSED])
def test_waits_while_a_conversation_is_ahead(status):
    touch = TouchFactory(happened_at=ago(days=400))
    MeetingFactory(
        student=touch.student,
        contact=touch.contact,
        starts_at=ahead(days=3),
        proposed_times=[ahead(days=3)],
        status=status,
    )
    assert due() == set()


def test_is_nothing_to_somebody_who_never_answered_or_said_no():
    AttemptFactory(sent_at=ago(days=200))
    AttemptFactory(sent_at=ago(days=200), reply=Reply.NO, replied_at=ago(days=199))
    assert due() == set()
    kind_no = MeetingFactory(held=True, starts_at=ago(days=300))
    AttemptFactory(
        student=kind_no.student,
        contact=kind_no.contact,
        sent_at=ago(days=200),
        reply=Reply.NO,
        replied_at=ago(days=199),
    )
    assert due() == {kind_no.contact}


@pytest.mark.parametrize("resting", [{"archived_at": ago(days=1)}, {"erased": True}])
def test_leaves_alone_who_rests_or_was_erased(resting):
    contact = ContactFactory(**resting)
    TouchFactory(student=contact.student, contact=contact, happened_at=ago(days=400))
    assert due() == set()


class Passed:
    """A plain reference: what passed between the two, kept in a list."""

    def __init__(self) -> None:
        self.moments: dict[tuple[str, int], list[datetime]] = {}

    def write_on(self, zone, days: int) -> date:
        moments = [each for pair in self.moments.values() for each in pair]
        return local_date(max(moments), zone) + timedelta(days=days)


HOURS = st.integers(1, 24 * 300)
STEP = st.one_of(
    st.tuples(st.sampled_from(["touch", "attempt", "answered", "meeting", "thanked"]), HOURS),
    st.tuples(st.just("edit"), HOURS, st.integers(0, 50)),
    st.tuples(st.just("delete"), st.integers(0, 50)),
)


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(STEP, max_size=12), days=st.integers(7, 730))
def test_equals_the_last_real_touch_plus_the_cadence_after_any_order_of_changes(steps, days):
    contact = ContactFactory()
    CadenceFactory(student=contact.student, contact=contact, days=days)
    about = {"contact": contact, "student": contact.student}
    passed = Passed()
    first = TouchFactory(**about, happened_at=ago(days=310), kind=TouchKind.HEARD)
    passed.moments["first", 0] = [first.happened_at]
    rows = []
    for number, (kind, *values) in enumerate(steps, start=1):
        if kind in ("edit", "delete") and not rows:
            continue
        if kind == "delete":
            row = rows.pop(values[0] % len(rows))
            passed.moments.pop((type(row).__name__, row.pk))
            row.delete()
        elif kind == "edit":
            row = rows[values[1] % len(rows)]
            _move(row, ago(hours=values[0], minutes=row.pk % 59))
            passed.moments[type(row).__name__, row.pk] = _moments(row)
        else:
            row = _add(kind, ago(hours=values[0], seconds=number), about)
            rows.append(row)
            passed.moments[type(row).__name__, row.pk] = _moments(row)
    assert row_of(contact).write_on == passed.write_on(contact.student.zone, days)


def _add(kind, moment, about):
    if kind == "touch":
        return TouchFactory(**about, happened_at=moment)
    if kind in ("attempt", "answered"):
        seconds = timedelta(minutes=30)
        answer = {"reply": Reply.YES, "replied_at": moment + seconds} if kind == "answered" else {}
        return AttemptFactory(**about, sent_at=moment, channel=Channel.EMAIL, **answer)
    thanks = {"thank_you_sent_at": moment + timedelta(minutes=45)} if kind == "thanked" else {}
    return MeetingFactory(**about, held=True, starts_at=moment, minutes=20, **thanks)


def _move(row, moment):
    if isinstance(row, Touch):
        row.happened_at = moment
    elif isinstance(row, Attempt):
        row.sent_at = moment
        row.replied_at = row.replied_at and moment + timedelta(minutes=30)
    elif isinstance(row, Meeting):
        row.starts_at = moment
        row.thank_you_sent_at = row.thank_you_sent_at and moment + timedelta(minutes=45)
    row.save()


def _moments(row):
    names = ("happened_at", "sent_at", "replied_at", "starts_at", "thank_you_sent_at")
    return [getattr(row, name) for name in names if getattr(row, name, None)]


def test_keeps_one_cadence_for_a_person_or_a_tag():
    own = CadenceFactory()
    with refused_by("outreach_cadence_one_per_contact"):
        CadenceFactory(student=own.student, contact=own.contact)
    with refused_by("outreach_cadence_of_a_contact_or_a_tag"):
        CadenceFactory(tag="mentors")
    with refused_by("outreach_cadence_with_own_contact"):
        CadenceFactory(student=StudentFactory(), contact=ContactFactory())
    with refused_by("outreach_cadence_from_a_week_to_two_years"):
        CadenceFactory(days=6)
    of_tag = CadenceFactory(of_tag=True)
    with refused_by("outreach_cadence_one_per_tag"):
        CadenceFactory(student=of_tag.student, of_tag=True)


def test_keeps_a_touch_once():
    touch = TouchFactory()
    with refused_by("outreach_touch_once"):
        TouchFactory(student=touch.student, contact=touch.contact)
    with refused_by("outreach_touch_kind_is_known"):
        TouchFactory(kind="thought")
    with refused_by("outreach_touch_channel_is_known"):
        TouchFactory(channel="pigeon")
