"""Some domains turn senders away who write too often. MAIL_MOST_PER_MINUTE_AND_DOMAIN keeps below.

After so many mails in a row a domain rests for a minute. No minute then sees more of them,
wherever it is taken to begin and however many senders there are.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Now

from apps.mail.models import DomainPace

PERIOD = timedelta(minutes=1)


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def take_turn(address: str) -> bool:
    """Count one mail to the address's domain; return False if that would be one too many."""
    most = settings.MAIL_MOST_PER_MINUTE_AND_DOMAIN
    if not most:
        return True
    domain = domain_of(address)
    has_room = Q(taken__lt=most)
    counted = DomainPace.objects.filter(
        has_room | Q(last_at__lte=Now() - PERIOD), domain=domain
    ).update(taken=Case(When(has_room, then=F("taken") + 1), default=Value(1)), last_at=Now())
    if counted:
        return True
    _, is_first = DomainPace.objects.get_or_create(
        domain=domain, defaults={"taken": 1, "last_at": Now()}
    )
    return is_first
