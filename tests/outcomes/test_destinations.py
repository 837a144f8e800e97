"""What graduates do first: several sources, one that counts, and two rates."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from apps.outcomes.actions import save_destination
from apps.outcomes.models import Destination, FirstDestination, Source
from tests.clock import NOW, TODAY
from tests.constraints import refused_by
from tests.outcomes.factories import FirstDestinationFactory
from tests.students.factories import EnrolmentFactory, StudentFactory, TermFactory

pytestmark = pytest.mark.django_db


def say(student, term, source, destination=Destination.FULL_TIME, now=NOW, **details):
    return save_destination(
        student=student,
        term=term,
        source=source,
        details={"destination": destination, **details},
        by=None,
        now=now,
    )


def primary(student, term):
    return FirstDestination.objects.primary().get(student=student, term=term).source


def test_goes_by_the_source_nearest_to_the_graduate(ana, term):
    for source in reversed(Source):
        say(ana, term, source)
        assert primary(ana, term) == source
    say(ana, term, Source.FILE)
    assert primary(ana, term) == Source.GRADUATE


def test_goes_by_what_is_known_before_what_is_not(ana, term):
    say(ana, term, Source.GRADUATE, Destination.NO_INFORMATION)
    say(ana, term, Source.PROFILE)
    assert primary(ana, term) == Source.PROFILE


def test_replaces_what_a_source_said_before(ana, term):
    say(ana, term, Source.FAMILY, organization="Tern")
    row = say(ana, term, Source.FAMILY, Destination.SERVICE, organization="")
    assert FirstDestination.objects.get() == row
    assert (row.destination, row.organization, row.is_primary) == (Destination.SERVICE, "", True)


def test_keeps_a_source_once_and_knows_what_it_is():
    row = FirstDestinationFactory()
    rows = FirstDestination.objects.filter(pk=row.pk)
    with refused_by("outcomes_firstdestination_once_a_source"):
        FirstDestinationFactory(student=row.student, term=row.term, is_primary=False)
    with refused_by("outcomes_firstdestination_source_is_known"):
        rows.update(source="rumor")
    with refused_by("outcomes_firstdestination_destination_is_known"):
        rows.update(destination="rich")


def test_refuses_two_primary_rows_and_none():
    row = FirstDestinationFactory()
    other = {"student": row.student, "term": row.term, "source": Source.FILE}
    with refused_by("outcomes_firstdestination_one_primary"):
        FirstDestinationFactory(**other)
    FirstDestinationFactory(**other, is_primary=False)
    with refused_by("outcomes_firstdestination_has_a_primary"):
        FirstDestination.objects.update(is_primary=False)
    with refused_by("outcomes_firstdestination_has_a_primary"):
        FirstDestination.objects.filter(pk=row.pk).delete()
    with refused_by("outcomes_firstdestination_has_a_primary"):
        FirstDestination.objects.filter(pk=row.pk).update(student=StudentFactory())


def test_may_lose_all_rows_of_a_graduate():
    FirstDestinationFactory().delete()
    connection.check_constraints()


@pytest.mark.django_db(transaction=True)
def test_has_one_primary_row_whoever_writes_at_once():
    student, term = StudentFactory(), TermFactory()

    def write(source):
        try:
            say(student, term, source)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(Source)) as pool:
        list(pool.map(write, Source))
    assert FirstDestination.objects.count() == len(Source)
    assert primary(student, term) == Source.GRADUATE


def test_a_graduate_says_it_and_can_say_otherwise(ana_client, ana, term):
    place = ana.enrolments.get()
    url = f"/close-out/{place.pk}/destination/"
    told = {"destination": "education", "institution": "Quay University"}
    assert ana_client.post(url, told)["Location"] == f"/close-out/{place.pk}/"
    ana_client.post(url, {**told, "destination": "not_seeking"})
    row = FirstDestination.objects.get()
    assert (row.source, row.destination, row.said_by) == ("graduate", "not_seeking", ana.user)
    assert row.said_on == TODAY


def test_is_offered_to_whom_the_term_is_the_last(ana_client, ana, term):
    term.ends_on = TODAY
    term.save()
    place = ana.enrolments.get()
    assert "Say what you do first" not in ana_client.get(f"/close-out/{place.pk}/").content.decode()
    ana.enrolments.update(class_year="2025")
    assert "Say what you do first" in ana_client.get(f"/close-out/{place.pk}/").content.decode()


def test_a_counselor_notes_what_a_source_says(counselor_client, counselor, ana, term):
    url = f"/destinations/{term.code}/students/{ana.pk}/"
    told = {"destination": "full_time", "organization": "Tern", "source": "profile"}
    assert counselor_client.post(url, told).status_code == 302
    row = FirstDestination.objects.get()
    assert (row.source, row.said_by, row.is_primary) == ("profile", counselor, True)
    page = counselor_client.get(url).content.decode()
    assert "A public profile, October 15, 2025" in page
    assert "This one counts." in page


def test_counts_graduates_by_class_year_and_by_word(counselor_client, cohort, other_cohort, ana):
    term = cohort.term
    EnrolmentFactory(cohort=cohort, class_year="2025")
    known = EnrolmentFactory(cohort=cohort, class_year="2025").student
    FirstDestinationFactory(student=known, term=term)
    FirstDestinationFactory(student=ana, term=term, destination=Destination.SEEKING_WORK)
    EnrolmentFactory(cohort=cohort, class_year="2025", enrolled_on=TODAY)
    EnrolmentFactory(cohort=other_cohort, class_year="2025")
    page = counselor_client.get(f"/destinations/{term.code}/").content.decode()
    assert "2 of 3, 66.7 % (95 % CI 20.8–93.9)" in page
    assert "1 of 2, 50.0 %" in page
    assert "Harbor &amp; Sons. Said by: the graduate, October 15, 2025." in page
