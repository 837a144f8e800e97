"""Who hears that a term has closed: administrators who have ordered it, while they are that."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.accounts.roles import Permission
from apps.common.localtime import local_date
from apps.mail.conditions import still_wanted
from apps.mail.models import OutgoingEmail
from apps.metrics.kinds import REPORT_READY
from apps.metrics.messages import tell_of_closed_term
from apps.metrics.models import ReportOrder
from apps.students.models import Term, institution_zone

LATE_AT_MOST = timedelta(days=14)
"""After so long an outage the news is none any more."""


def order_report(*, user: User, now: datetime) -> ReportOrder:
    """Ask for the link by mail at each term's close. Twice is once."""
    order, _ = ReportOrder.objects.get_or_create(user=user, defaults={"ordered_at": now})
    return order


def cancel_report_order(*, user: User) -> None:
    ReportOrder.objects.filter(user=user).delete()


def mail_report_links(*, now: datetime) -> int:
    """Queue the mails about terms that have closed since they were ordered; return how many.

    Nothing is published by it: the link leads to the release, or to the check before one.
    """
    today = local_date(now, institution_zone())
    closed = Term.objects.filter(closes_on__gte=today - LATE_AT_MOST, closes_on__lt=today)
    queued = 0
    for term in closed:
        for order in _standing_orders():
            is_later = term.closes_on >= local_date(order.ordered_at, institution_zone())
            if is_later and tell_of_closed_term(term, order.user, now=now):
                queued += 1
    return queued


def _standing_orders() -> list[ReportOrder]:
    orders: QuerySet[ReportOrder] = ReportOrder.objects.filter(user__is_active=True)
    rows = orders.select_related("user").order_by("pk")
    return [order for order in rows if order.user.may(Permission.PUBLISH_REPORTS)]


@still_wanted(REPORT_READY)
def is_report_still_ordered(email: OutgoingEmail) -> bool:
    """Return whether the person still has the order, and may still see what it leads to."""
    user = email.recipient
    if user is None or not user.may(Permission.PUBLISH_REPORTS):
        return False
    return ReportOrder.objects.filter(user=user).exists()
