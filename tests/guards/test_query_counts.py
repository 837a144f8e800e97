"""Guard: a page with thirty rows asks the database as often as one with three."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.metrics.models import ReportSnapshot
from apps.outreach.models import TouchKind
from apps.students.models import Cohort, Student
from tests.accounts.factories import InvitationFactory
from tests.clock import TODAY, ago
from tests.coaching.factories import ResourceFactory, ResourceUseFactory
from tests.contacts.factories import ContactFactory, ResearchFactory
from tests.exchange.factories import ImportRunFactory
from tests.meetings.factories import (
    CommitmentFactory,
    DebriefFactory,
    FindingFactory,
    MeetingFactory,
    ReferralFactory,
    StoryFactory,
    TellingFactory,
)
from tests.metrics.factories import ReleaseFactory, ReportSnapshotFactory
from tests.outcomes.factories import FirstDestinationFactory, OfferFactory, StatusChangeFactory
from tests.outreach.factories import (
    AttemptFactory,
    CadenceFactory,
    TemplateVersionFactory,
    TouchFactory,
)
from tests.students.factories import CohortFactory, EnrolmentFactory, RosterDropFactory

FEW, MORE = 3, 27

Fill = Callable[[int], None]


def queries_of(client: Client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in queries]


def assert_asks_as_often(client: Client, url: str, fill: Fill) -> None:
    fill(FEW)
    client.get(url)  # what is looked up once and kept
    few = queries_of(client, url)
    fill(MORE)
    many = queries_of(client, url)
    assert len(many) == len(few), "\n".join(many)


def add_students(cohort: Cohort, number: int) -> None:
    """Add students with a row in everything that a list about students shows."""
    for _ in range(number):
        student = EnrolmentFactory(cohort=cohort).student
        met = MeetingFactory(student=student, thanked=True).contact
        MeetingFactory(contact=met, begun=True)
        MeetingFactory(contact=met)
        AttemptFactory(student=student)
        OfferFactory(contact=ContactFactory(student=student, introduced_by=met))


def test_the_class_board(counselor_client: Client, cohort: Cohort) -> None:
    assert_asks_as_often(
        counselor_client, f"/classes/{cohort.pk}/", lambda number: add_students(cohort, number)
    )


def test_the_class_list(administrator_client: Client) -> None:
    assert_asks_as_often(administrator_client, "/classes/", CohortFactory.create_batch)


def test_the_people_of_a_class(counselor_client: Client, cohort: Cohort) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            student = EnrolmentFactory(cohort=cohort, student__with_account=True).student
            InvitationFactory(user=student.user)
            EnrolmentFactory(cohort=cohort)

    assert_asks_as_often(counselor_client, f"/classes/{cohort.pk}/roster/", fill)


def test_what_came_of_the_nightly_folder(administrator_client: Client) -> None:
    assert_asks_as_often(
        administrator_client, "/classes/lists/folder/", RosterDropFactory.create_batch
    )


def test_the_report(administrator_client: Client, cohort: Cohort) -> None:
    def fill(number: int) -> None:
        add_students(cohort, number)
        CohortFactory.create_batch(number, term=cohort.term)
        ReportSnapshot.objects.all().delete()
        ReportSnapshotFactory(term=cohort.term, computed=True)

    assert_asks_as_often(administrator_client, f"/outcomes/{cohort.term.code}/", fill)


def test_the_report_of_a_class_beside_other_terms(
    counselor_client: Client, cohort: Cohort, counselor: User
) -> None:
    def fill(number: int) -> None:
        add_students(cohort, number)
        for _ in range(number):
            same = CohortFactory(name=cohort.name, counselors=[counselor])
            ReportSnapshotFactory(term=same.term, cohort=same, computed=True)

    url = f"/outcomes/{cohort.term.code}/?cohort={cohort.pk}"
    assert_asks_as_often(counselor_client, url, fill)


def test_the_findings_and_the_releases_of_a_term(
    administrator_client: Client, cohort: Cohort
) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            student = EnrolmentFactory(cohort=cohort).student
            OfferFactory(student=student, organization="", received_on=TODAY)
            ReleaseFactory(term=cohort.term, cohort=cohort)

    assert_asks_as_often(administrator_client, f"/outcomes/{cohort.term.code}/check/", fill)
    assert_asks_as_often(administrator_client, f"/outcomes/{cohort.term.code}/releases/", fill)


def test_the_rows_that_changed_since_a_release(
    administrator_client: Client, cohort: Cohort
) -> None:
    release = ReleaseFactory(term=cohort.term)

    def fill(number: int) -> None:
        add_students(cohort, number)

    assert_asks_as_often(administrator_client, f"/outcomes/releases/{release.pk}/changes/", fill)


def test_the_path_of_an_offer(administrator_client: Client, ana: Student, cohort: Cohort) -> None:
    offer = OfferFactory(student=ana, through_contact=True)

    def fill(number: int) -> None:
        for _ in range(number):
            first = offer.contact
            while first.introduced_by:
                first = first.introduced_by
            first.introduced_by = MeetingFactory(student=ana, held=True).contact
            first.save()

    url = f"/outcomes/{cohort.term.code}/paths/{offer.pk}/"
    assert_asks_as_often(administrator_client, url, fill)


def test_today(ana_client: Client, ana: Student) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            met = MeetingFactory(student=ana, held=True).contact
            MeetingFactory(contact=met, begun=True)
            MeetingFactory(contact=met)
            AttemptFactory(student=ana)

    assert_asks_as_often(ana_client, "/today/", fill)


def test_the_list_of_meetings(ana_client: Client, ana: Student) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            contact = ContactFactory(student=ana, time_zone="Europe/Madrid")
            for state in ("proposed", "begun", "held", "thanked", "cancelled", "missed"):
                MeetingFactory(contact=contact, **{state: True})
            MeetingFactory(contact=contact)
            DebriefFactory(meeting__contact=contact, meeting__student=ana)

    assert_asks_as_often(ana_client, "/meetings/", fill)


def test_a_debrief(ana_client: Client, ana: Student) -> None:
    talk = DebriefFactory(meeting=MeetingFactory(student=ana, held=True)).meeting

    def fill(number: int) -> None:
        FindingFactory.create_batch(number, meeting=talk)
        CommitmentFactory.create_batch(number, meeting=talk)
        ReferralFactory.create_batch(number, meeting=talk)
        StoryFactory.create_batch(number, student=ana)

    assert_asks_as_often(ana_client, f"/meetings/{talk.pk}/debrief/", fill)


def test_the_stories(ana_client: Client, ana: Student) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            StoryFactory(student=ana, heard=True, shared=True, names_contact=True)
            met = MeetingFactory(student=ana, held=True)
            TellingFactory(meeting=met, story=StoryFactory(student=ana))

    assert_asks_as_often(ana_client, "/stories/", fill)
    assert_asks_as_often(ana_client, "/stories/class/", fill)


def test_the_rates_of_replies(administrator_client: Client, cohort: Cohort) -> None:
    def fill(number: int) -> None:
        CohortFactory.create_batch(number, term=cohort.term)
        for _ in range(number):
            student = EnrolmentFactory(cohort=cohort).student
            AttemptFactory(student=student, template_version=TemplateVersionFactory())

    assert_asks_as_often(administrator_client, f"/outcomes/{cohort.term.code}/replies/", fill)


@pytest.mark.parametrize("show", ["due", "soon", "everyone", "never"])
def test_whom_to_keep_in_touch_with(ana_client: Client, ana: Student, show: str) -> None:
    def fill(number: int) -> None:
        for place in range(number):
            TouchFactory(student=ana, happened_at=ago(days=200 - place))
            TouchFactory(student=ana, happened_at=ago(days=80))
            CadenceFactory(student=ana, days=None)
            tag = f"{number}-{place}"
            CadenceFactory(student=ana, of_tag=True, tag=tag)
            CadenceFactory(contact=ContactFactory(student=ana, tags=[tag]))

    assert_asks_as_often(ana_client, f"/in-touch/?show={show}", fill)


def test_whom_to_tell_the_news(ana_client: Client, ana: Student) -> None:
    OfferFactory(student=ana, accepted=True)

    def fill(number: int) -> None:
        for _ in range(number):
            met = MeetingFactory(student=ana, held=True).contact
            TouchFactory(contact=met, kind=TouchKind.LANDED)

    assert_asks_as_often(ana_client, "/news/", fill)


def test_the_offers(ana_client: Client, ana: Student) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            StatusChangeFactory(offer__student=ana)
            OfferFactory(student=ana, through_contact=True, confirmed=True)

    assert_asks_as_often(ana_client, "/offers/", fill)


def test_through_whom_an_offer_came(ana_client: Client, ana: Student) -> None:
    offer = OfferFactory(student=ana)

    def fill(number: int) -> None:
        for _ in range(number):
            met = MeetingFactory(student=ana, held=True, starts_at=ago(days=20)).contact
            ContactFactory(student=ana, introduced_by=met, organization=offer.organization)

    assert_asks_as_often(ana_client, f"/offers/{offer.pk}/way/", fill)


def test_the_offers_of_a_class(counselor_client: Client, cohort: Cohort) -> None:
    url = f"/classes/{cohort.pk}/offers/"
    assert_asks_as_often(counselor_client, url, lambda number: add_students(cohort, number))


def test_first_destinations(counselor_client: Client, cohort: Cohort) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            student = EnrolmentFactory(cohort=cohort).student
            FirstDestinationFactory(student=student, term=cohort.term)

    assert_asks_as_often(counselor_client, f"/destinations/{cohort.term.code}/", fill)


def test_whom_to_nudge(counselor_client: Client, cohort: Cohort) -> None:
    url = f"/classes/{cohort.pk}/nudge/"
    assert_asks_as_often(
        counselor_client, url, lambda number: EnrolmentFactory.create_batch(number, cohort=cohort)
    )


def test_the_resources(counselor_client: Client) -> None:
    def fill(number: int) -> None:
        for place in range(number):
            ResourceUseFactory(resource=ResourceFactory(is_retired=place % 2 == 1))

    assert_asks_as_often(counselor_client, "/resources/", fill)


def test_what_was_read(ana_client: Client, ana: Student) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            ResearchFactory(contact=ContactFactory(student=ana))
            ResearchFactory(of_organization=True, student=ana)

    assert_asks_as_often(ana_client, "/research/", fill)


def test_the_list_of_imports(administrator_client: Client) -> None:
    assert_asks_as_often(administrator_client, "/imports/", ImportRunFactory.create_batch)


def test_reports_a_page_that_asks_for_every_row(
    administrator_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_related", lambda rows, *fields: rows)
    with pytest.raises(AssertionError):
        assert_asks_as_often(administrator_client, "/classes/", CohortFactory.create_batch)
