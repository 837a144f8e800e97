from factory import SubFactory, Trait
from factory.django import DjangoModelFactory

from apps.reminders.models import WORKING_DAYS, Digest, Look, Preference
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY


class PreferenceFactory(DjangoModelFactory[Preference]):
    """What the programme sets for everybody, saved; `daily` wants the list every day."""

    class Meta:
        model = Preference

    class Params:
        daily = Trait(digest=Digest.DAILY, days=[*range(1, 8)])
        no_quiet = Trait(quiet_from=0, quiet_until=0)

    user = SubFactory(UserFactory, student=True)
    hour = 8
    days = WORKING_DAYS
    digest = Digest.WEEKLY
    quiet_from = 21
    quiet_until = 7
    weekly_cap = 5


class LookFactory(DjangoModelFactory[Look]):
    """The row that PostgreSQL wrote with the account, as it stands after today's look."""

    class Meta:
        model = Look
        django_get_or_create = ("user",)

    user = SubFactory(UserFactory, student=True)
    looked_on = TODAY
    next_at = NOW
