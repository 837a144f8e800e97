"""Each rule of the definitions, one small case at a time. The golden semesters test the whole."""

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.meetings.models import Status
from apps.metrics.scope import Scope
from apps.metrics.semester import checksum, semester_report
from apps.outcomes.models import Status as OfferStatus
from apps.outreach.models import Reply
from tests.clock import NOW
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outcomes.factories import NoOfferConfirmationFactory, OfferFactory
from tests.outreach.factories import AttemptFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, TermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def student(cohort):
    return EnrolmentFactory(cohort=cohort).student


@pytest.fixture
def contact(student):
    return ContactFactory(student=student, listed_on=date(2025, 9, 1))


def at(day, hour=16):
    """Return noon of a fall day in New York, or another UTC hour."""
    return datetime(2025, *day, hour, tzinfo=UTC)


def report_of(term, *, cohort=None, **options):
    return semester_report(term=term, now=NOW, scope=Scope(cohort and cohort.pk), **options)


def rate_of(term):
    rate = report_of(term)["offer_rate"]["enrolled"]
    return rate["k"], rate["n"]


def test_counts_an_offer_through_the_person_met(term, contact):
    MeetingFactory(contact=contact, held=True, starts_at=at((9, 20)))
    OfferFactory(contact=contact, received_on=date(2025, 9, 20))
    assert rate_of(term) == (1, 1)


@pytest.mark.parametrize(
    "meeting",
    [
        {"practice": True, "starts_at": at((9, 1))},
        {"status": Status.CANCELLED, "starts_at": at((9, 1))},
        {"status": Status.NO_SHOW, "starts_at": at((9, 1))},
        {"held": True, "starts_at": at((9, 21))},  # the day after the offer
        {"held": True, "starts_at": at((9, 21), hour=4)},  # midnight in New York: the day after
    ],
)
def test_counts_no_offer_without_a_held_meeting_in_time(term, contact, meeting):
    MeetingFactory(contact=contact, **meeting)
    OfferFactory(contact=contact, received_on=date(2025, 9, 20))
    assert rate_of(term) == (0, 1)
    assert report_of(term)["any_offer_rate"]["k"] == 1


def test_counts_the_day_in_the_institutions_zone(term, contact):
    MeetingFactory(contact=contact, held=True, starts_at=at((9, 21), hour=3))  # still the 20th
    OfferFactory(contact=contact, received_on=date(2025, 9, 20))
    assert rate_of(term) == (1, 1)


def test_never_counts_an_offer_without_a_contact(term, contact):
    MeetingFactory(contact=contact, held=True, starts_at=at((9, 1)))
    OfferFactory(student=contact.student, contact=None)
    assert rate_of(term) == (0, 1)
    assert report_of(term)["population"]["known_outcome"] == 1


def test_walks_up_the_introductions_to_the_nearest_person_met(term, contact):
    friend = ContactFactory(introduced_by=contact, student=contact.student)
    boss = ContactFactory(introduced_by=friend, student=contact.student, external_id="C9")
    for met in (contact, friend):
        MeetingFactory(contact=met, held=True, starts_at=at((9, 1)))
    OfferFactory(contact=boss, external_id="O1")
    (path,) = report_of(term)["paths"]
    assert path == {
        "student_id": contact.student.student_id,
        "offer_id": "O1",
        "path": [f"#{friend.pk}", "C9"],
    }


def test_lets_the_meeting_lie_before_the_term(term, contact):
    MeetingFactory(contact=contact, held=True, starts_at=at((3, 1)))
    OfferFactory(contact=contact)
    assert rate_of(term) == (1, 1)
    assert report_of(term)["population"]["participants"] == 0


@pytest.mark.parametrize(
    ("received_on", "counted"),
    [
        (date(2025, 8, 24), 0),
        (date(2025, 8, 25), 1),
        (date(2025, 12, 31), 1),
        (date(2026, 1, 1), 0),
    ],
)
def test_counts_offers_of_the_window_only(term, contact, received_on, counted):
    MeetingFactory(contact=contact, held=True, starts_at=at((3, 1)))
    OfferFactory(contact=contact, received_on=received_on)
    assert rate_of(term) == (counted, 1)


@pytest.mark.parametrize(
    ("enrolled_on", "withdrawn_on", "n"),
    [
        (date(2025, 9, 12), None, 1),
        (date(2025, 9, 13), None, 0),
        (date(2025, 8, 25), date(2025, 9, 12), 0),
        (date(2025, 8, 25), date(2025, 9, 13), 1),
    ],
)
def test_enrolls_by_the_census_date(term, cohort, enrolled_on, withdrawn_on, n):
    EnrolmentFactory(cohort=cohort, enrolled_on=enrolled_on, withdrawn_on=withdrawn_on)
    assert report_of(term)["population"]["enrolled"] == n


def test_counts_a_student_of_two_cohorts_once(term, cohort, student, contact):
    other = CohortFactory(term=term)
    EnrolmentFactory(cohort=other, student=student)
    MeetingFactory(contact=contact, held=True, starts_at=at((9, 1)))
    OfferFactory(contact=contact)
    OfferFactory(contact=contact)
    assert rate_of(term) == (1, 1)
    by_cohort = report_of(term)["by_cohort"]
    assert {part["population"]["enrolled"] for part in by_cohort.values()} == {1}


def test_reports_on_one_cohort_alone(term, cohort, student):
    EnrolmentFactory(cohort=CohortFactory(term=term))
    document = report_of(term, cohort=cohort)
    assert document["population"]["enrolled"] == 1
    assert document["cohort"] == cohort.name
    assert list(document["by_cohort"]) == [cohort.name]


def test_knows_the_outcome_by_an_offer_or_by_word_that_there_was_none(term, cohort):
    confirmed, _, offered = (EnrolmentFactory(cohort=cohort).student for _ in range(3))
    NoOfferConfirmationFactory(student=confirmed, term=term)
    OfferFactory(student=offered, contact=None)
    assert report_of(term)["population"]["known_outcome"] == 2


def test_footnotes_students_who_had_nothing_but_rescinded_offers(term, cohort):
    for statuses in (["rescinded"], ["rescinded", "rescinded"], ["rescinded", "open"]):
        contact = ContactFactory(student=EnrolmentFactory(cohort=cohort).student)
        MeetingFactory(contact=contact, held=True, starts_at=at((9, 1)))
        for status in statuses:
            OfferFactory(contact=contact, status=OfferStatus(status))
    document = report_of(term)
    assert document["rescinded_only"] == 2
    assert document["offer_rate"]["enrolled"]["k"] == 3


def test_bins_by_meetings_up_to_the_first_offer(term, contact):
    for day in ((9, 1), (9, 5), (9, 9), (9, 10), (9, 11)):
        MeetingFactory(contact=contact, held=True, starts_at=at(day))
    OfferFactory(contact=contact, received_on=date(2025, 9, 5))
    bins = {row["bin"]: (row["k"], row["n"]) for row in report_of(term)["by_conversations"]}
    assert bins == {"0": (0, 0), "1-2": (1, 1), "3-5": (0, 0), "6-9": (0, 0), "10+": (0, 0)}


def test_gives_an_empty_bin_no_rate(term, student):
    bins = {row["bin"]: row["rate"] for row in report_of(term)["by_conversations"]}
    assert bins["0"] == 0.0
    assert bins["10+"] is None


def test_counts_in_each_stage_of_the_funnel_only_those_of_the_one_before(term, student):
    def listed(**fields):
        return ContactFactory(student=student, listed_on=date(2025, 9, 1), **fields)

    def wrote(contact, **fields):
        AttemptFactory(contact=contact, sent_at=at((9, 2)), **fields)

    all_the_way, asked, silent, unasked = listed(), listed(), listed(), listed()
    wrote(all_the_way, reply=Reply.YES, replied_at=at((9, 3)))
    wrote(asked, reply=Reply.NO, replied_at=at((9, 3)))
    wrote(silent)
    for contact in (all_the_way, unasked):  # met without having been asked: not in the funnel
        MeetingFactory(contact=contact, held=True, starts_at=at((9, 4)))
    listed(introduced_by=all_the_way)
    ContactFactory(student=student, listed_on=date(2026, 1, 1))
    stages = {row["stage"]: row["contacts"] for row in report_of(term)["funnel"]}
    assert stages == {
        "listed": 5,
        "asked": 3,
        "replied": 2,
        "agreed": 1,
        "held": 1,
        "thanked": 0,
        "referred": 1,
    }


def test_counts_no_reply_that_came_after_the_close(term, contact):
    AttemptFactory(
        contact=contact,
        sent_at=at((12, 30)),
        reply=Reply.YES,
        replied_at=datetime(2026, 1, 1, 6, tzinfo=UTC),
    )
    stages = {row["stage"]: row["contacts"] for row in report_of(term)["funnel"]}
    assert (stages["asked"], stages["replied"]) == (1, 0)


@pytest.mark.parametrize(("after_the_end", "on_time"), [(24 * 60, 1), (24 * 60 + 1, 0)])
def test_thanks_in_time_until_a_day_after_the_end(term, contact, after_the_end, on_time):
    # On the night of the clock change: a day is 24 hours, whatever the clocks on the wall do.
    starts_at = datetime(2025, 11, 1, 20, tzinfo=UTC)
    MeetingFactory(
        contact=contact,
        held=True,
        starts_at=starts_at,
        minutes=30,
        thank_you_sent_at=starts_at + timedelta(minutes=30 + after_the_end),
    )
    assert report_of(term)["thank_you_on_time"]["k"] == on_time


def test_counts_generations_among_listed_contacts(term, contact):
    friend = ContactFactory(
        student=contact.student, introduced_by=contact, listed_on=date(2025, 9, 2)
    )
    ContactFactory(student=contact.student, introduced_by=friend, listed_on=date(2025, 9, 3))
    referrals = report_of(term)["referrals"]
    assert referrals["contacts_by_generation"] == {"0": 1, "1": 1, "2": 1}
    assert referrals["introduced_contacts"] == 2


def test_stops_watching_a_student_who_withdrew(term, cohort):
    enrolment = EnrolmentFactory(cohort=cohort, withdrawn_on=date(2025, 10, 1))
    contact = ContactFactory(student=enrolment.student)
    MeetingFactory(contact=contact, held=True, starts_at=at((9, 1)))
    OfferFactory(contact=contact, received_on=date(2025, 10, 2))
    document = report_of(term)
    assert document["time_to_first_offer"] == {"median_days": None, "curve": []}
    assert document["offer_rate"]["enrolled"]["k"] == 1


def test_counts_days_to_the_first_offer_from_the_terms_first_day(term, contact):
    MeetingFactory(contact=contact, held=True, starts_at=at((9, 1)))
    OfferFactory(contact=contact, received_on=date(2025, 9, 4))
    OfferFactory(contact=contact, received_on=date(2025, 9, 3))
    found = report_of(term)["time_to_first_offer"]
    assert found["median_days"] == 9
    assert [step["day"] for step in found["curve"]] == [9]


def test_gives_every_figure_for_a_term_without_anybody(term):
    document = report_of(term)
    assert document["offer_rate"]["enrolled"] == {
        "k": 0,
        "n": 0,
        "rate": None,
        "low": None,
        "high": None,
    }
    assert document["paths"] == []


def test_compares_with_another_term_and_with_the_cohort_of_the_same_name(term, cohort, contact):
    MeetingFactory(contact=contact, held=True, starts_at=at((9, 1)))
    OfferFactory(contact=contact)
    before = TermFactory(finished=True)
    assert report_of(term, compare_to=before)["change"] is None  # nobody there to compare with
    same = CohortFactory(term=before, name=cohort.name)
    EnrolmentFactory(cohort=same)
    EnrolmentFactory(cohort=CohortFactory(term=before))
    assert report_of(term, compare_to=before)["change"]["difference"] == 1.0
    assert report_of(term, cohort=cohort, compare_to=before)["change"]["difference"] == 1.0


def test_gives_the_same_checksum_to_the_same_rows_whenever_computed(term, contact):
    first = semester_report(term=term, now=NOW)
    later = semester_report(term=term, now=NOW + timedelta(days=400))
    assert first["checksum"] == later["checksum"] == checksum(first)
    assert first["as_of"] != later["as_of"]
    OfferFactory(student=contact.student, contact=None)
    assert semester_report(term=term, now=NOW)["checksum"] != first["checksum"]
