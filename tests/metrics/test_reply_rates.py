"""How many of those asked replied: one contact counts once, in the window, in each group."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.common.localtime import start_of_day
from apps.common.proportion import proportion
from apps.contacts.models import Closeness, Seniority
from apps.metrics.reply_rates import reply_rates
from apps.outreach.models import Channel, Reply
from apps.students.models import institution_zone
from tests.clock import ago
from tests.contacts.factories import ContactFactory
from tests.outreach.factories import AttemptFactory, TemplateVersionFactory
from tests.students.factories import CohortFactory, EnrolmentFactory, TermFactory

YES = {"reply": Reply.YES}


@pytest.fixture
def student(cohort):
    return EnrolmentFactory(cohort=cohort).student


def asked(student, *, days=10, answered_after=None, contact=None, **attempt):
    """Log a note of so many days ago, answered so many days later."""
    contact = contact or ContactFactory(student=student)
    if answered_after is not None:
        attempt |= {"reply": Reply.NO, "replied_at": ago(days=days - answered_after)}
    return AttemptFactory(contact=contact, sent_at=ago(days=days), **attempt)


def shares(chart):
    return {row.label: (row.share.k, row.share.n) for row in chart.rows if row.share.n}


def test_counts_a_contact_once_whatever_they_answered(term, student):
    contact = ContactFactory(student=student)
    asked(student, days=20, contact=contact)
    asked(student, days=10, contact=contact, answered_after=1)
    asked(student, days=5, contact=contact)
    asked(student)
    assert reply_rates(term).overall == proportion(1, 2)


def test_counts_within_the_window_of_the_term_to_the_second(term, student):
    zone = institution_zone()
    begin = start_of_day(term.starts_on, zone)
    end = start_of_day(term.closes_on + timedelta(days=1), zone)
    second = timedelta(seconds=1)
    for moment in (begin - second, begin, end - second, end):
        AttemptFactory(student=student, sent_at=moment)
    assert reply_rates(term).overall == proportion(0, 2)
    for moment in (end - second, end):
        AttemptFactory(student=student, sent_at=begin, replied_at=moment, **YES)
    assert reply_rates(term).overall == proportion(1, 4)


def test_counts_those_enrolled_on_census_of_the_term_and_class(term, cohort, student):
    asked(student, answered_after=1)
    other = CohortFactory(term=term)
    asked(EnrolmentFactory(cohort=other).student)
    late = EnrolmentFactory(cohort=cohort, enrolled_on=term.census_on + timedelta(days=1))
    asked(late.student)
    asked(EnrolmentFactory(cohort__term=TermFactory(finished=True)).student)
    assert reply_rates(term).overall == proportion(1, 2)
    assert reply_rates(term, cohort).overall == proportion(1, 1)
    assert reply_rates(term, other).overall == proportion(0, 1)


def test_groups_by_channel_with_the_answers_to_such_notes(term, student):
    contact = ContactFactory(student=student)
    asked(student, days=20, contact=contact, channel=Channel.EMAIL)
    asked(student, days=10, contact=contact, channel=Channel.PHONE, answered_after=0)
    asked(student, channel=Channel.EMAIL)
    rates = reply_rates(term)
    assert shares(rates.channels) == {"E-mail": (0, 2), "Phone": (1, 1)}
    assert rates.overall == proportion(1, 2)


def test_groups_by_what_is_known_of_the_person_and_says_what_is_not(term, student):
    well = ContactFactory(
        student=student, closeness=Closeness.KNOWS_WELL, seniority=Seniority.OWNER
    )
    blank = ContactFactory(student=student, closeness="", seniority="")
    asked(student, contact=well, answered_after=2)
    asked(student, contact=blank)
    rates = reply_rates(term)
    assert shares(rates.closeness) == {"Know well": (1, 1), "Not said": (0, 1)}
    assert shares(rates.seniority) == {"Owner": (1, 1), "Not said": (0, 1)}


def test_groups_by_each_version_of_a_template(term, student):
    first = TemplateVersionFactory(template__name="Somebody new", number=1)
    second = TemplateVersionFactory(template=first.template, number=2)
    asked(student, template_version=first)
    asked(student, template_version=second, answered_after=1)
    asked(student, template_version=second)
    asked(student)
    chart = reply_rates(term).versions
    assert [(row.label, row.share.k, row.share.n) for row in chart.rows] == [
        ("Somebody new, version 1", 0, 1),
        ("Somebody new, version 2", 1, 2),
        ("Without a template", 0, 1),
    ]


def test_has_no_rate_where_nobody_was_asked(term):
    rates = reply_rates(term)
    assert rates.overall.rate is None
    assert {row.share.rate for row in rates.channels.rows} == {None}
    assert len(rates.channels.rows) == len(Channel)
    assert [row.label for row in rates.versions.rows] == ["Without a template"]


def test_carries_the_wilson_interval(term, student):
    for answered_after in [1] * 21 + [None] * 79:
        asked(student, answered_after=answered_after)
    share = reply_rates(term).overall
    # E. B. Wilson's interval of 21 of 100, as in the report
    assert (share.k, share.n) == (21, 100)
    assert (round(share.low, 3), round(share.high, 3)) == (0.142, 0.3)


def test_asks_five_times_however_much_there_is(term, student):
    for _ in range(5):
        asked(student, template_version=TemplateVersionFactory())
    with CaptureQueriesContext(connection) as queries:
        reply_rates(term)
    assert len([query for query in queries if query["sql"].startswith("SELECT")]) == 5


class TestPage:
    def url(self, term):
        return f"/outcomes/{term.code}/replies/"

    def test_names_no_student_and_claims_no_cause(self, administrator_client, term, student):
        asked(student, answered_after=1)
        page = administrator_client.get(self.url(term)).text
        assert "1 of 1 people who were asked replied: 100.0 %, 95 % CI 20.7–100.0." in page
        assert "associations, not causes" in page
        assert student.family_name not in page
        assert student.student_id not in page

    def test_says_that_nobody_was_asked(self, administrator_client, term):
        page = administrator_client.get(self.url(term)).text
        assert "Nobody has been asked yet." in page
        assert "no rate, nobody in this group" in page

    def test_shows_a_counselor_their_own_class(
        self, counselor_client, other_counselor_client, term, cohort, other_cohort, student
    ):
        asked(student, answered_after=1)
        assert "1 of 1 people" in counselor_client.get(self.url(term)).text
        assert "Nobody has been asked" in other_counselor_client.get(self.url(term)).text
        query = {"cohort": cohort.pk}
        assert other_counselor_client.get(self.url(term), query).status_code == 404
        assert counselor_client.get(self.url(TermFactory(finished=True))).status_code == 404

    def test_shows_an_administrator_the_term_or_a_class(
        self, administrator_client, term, cohort, other_cohort, student
    ):
        asked(student, answered_after=1)
        asked(EnrolmentFactory(cohort=other_cohort).student)
        assert "1 of 2 people" in administrator_client.get(self.url(term)).text
        page = administrator_client.get(self.url(term), {"cohort": other_cohort.pk}).text
        assert "0 of 1 people" in page

    def test_lists_the_limits_of_the_classes_that_one_sees(
        self, counselor_client, term, cohort, other_cohort
    ):
        page = counselor_client.get(self.url(term)).text
        assert f"/classes/{cohort.pk}/settings/" in page
        assert other_cohort.name not in page
        assert "At least a week between notes" in page

    def test_is_for_staff(self, ana_client, term):
        assert ana_client.get(self.url(term)).status_code == 403
