"""The mail at a term's close: once for a person and a term, to who still wants and may have it."""

from datetime import datetime, time, timedelta

import pytest

from apps.mail.conditions import is_still_wanted
from apps.mail.models import OutgoingEmail
from apps.metrics.orders import cancel_report_order, mail_report_links, order_report
from apps.metrics.publishing import publish_report, withdraw
from apps.metrics.scope import WHOLE_TERM
from apps.students.models import institution_zone
from tests.accounts.factories import UserFactory
from tests.clock import NOW
from tests.metrics.factories import ReportOrderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def after(term):
    """The morning after the term's close."""
    morning = datetime.combine(term.closes_on, time(8), institution_zone())
    return morning + timedelta(days=1)


def test_comes_once_to_each_who_ordered_it(term, administrator, after):
    order_report(user=administrator, now=NOW)
    order_report(user=administrator, now=NOW)
    UserFactory(administrator=True)
    assert mail_report_links(now=after - timedelta(days=1)) == 0
    assert mail_report_links(now=after) == 1
    assert mail_report_links(now=after + timedelta(days=1)) == 0
    email = OutgoingEmail.objects.get()
    assert email.recipient == administrator
    assert f"/outcomes/{term.code}/ready/" in email.text_body
    assert f"/outcomes/{term.code}/ready/" in email.html_body


def test_is_not_about_terms_that_closed_before_it_was_ordered(term, administrator, after):
    order_report(user=administrator, now=after)
    assert mail_report_links(now=after + timedelta(days=1)) == 0


def test_is_judged_again_before_it_leaves(term, administrator, after):
    order_report(user=administrator, now=NOW)
    mail_report_links(now=after)
    email = OutgoingEmail.objects.select_related("recipient").get()
    assert is_still_wanted(email)
    cancel_report_order(user=administrator)
    assert not is_still_wanted(email)
    order_report(user=administrator, now=NOW)
    email.recipient.roles = ["counselor"]
    assert not is_still_wanted(email)


def test_does_not_come_to_who_is_no_administrator_any_more(term, after):
    ReportOrderFactory(user=UserFactory(counselor=True))
    assert mail_report_links(now=after) == 0


def test_leads_to_the_release_or_to_the_check(administrator_client, term, cohort):
    url = f"/outcomes/{term.code}/ready/"
    assert administrator_client.get(url).url == f"/outcomes/{term.code}/check/"
    release = publish_report(term=term, scope=WHOLE_TERM, audience="internal", by=None, now=NOW)
    assert administrator_client.get(url).url == f"/outcomes/releases/{release.pk}/"
    withdraw(release=release, reason="Wrong.", by=None, now=NOW)
    assert administrator_client.get(url).url == f"/outcomes/{term.code}/check/"


def test_is_ordered_and_cancelled_on_the_page(administrator_client, term):
    url = f"/outcomes/{term.code}/order/"
    page = administrator_client.post(url, {"order": "yes"}, follow=True)
    assert "Stop these mails" in page.content.decode()
    page = administrator_client.post(url, {"order": "no"}, follow=True)
    assert "Mail me the link" in page.content.decode()
