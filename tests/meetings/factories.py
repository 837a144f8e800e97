from datetime import datetime, timedelta

from factory import LazyAttribute, SelfAttribute, SubFactory, Trait

from apps.meetings.models import Meeting, Status
from tests.clock import ago, ahead
from tests.contacts.factories import ContactFactory, WithContactFactory


class MeetingFactory(WithContactFactory):
    """A conversation agreed for the day after tomorrow.

    `begun` was agreed for three days ago and nobody has said how it went; `held` took place then,
    and so did `practice`; `thanked` was held and thanked for three hours after it ended.
    """

    class Meta:
        model = Meeting

    class Params:
        begun = Trait(starts_at=ago(days=3))
        held = Trait(begun=True, status=Status.HELD)
        practice = Trait(held=True, is_practice=True)
        thanked = Trait(
            held=True, thank_you_sent_at=LazyAttribute(lambda row: _end(row) + timedelta(hours=3))
        )

    contact = SubFactory(ContactFactory, student=SelfAttribute("..student"))
    starts_at = ahead(days=2)
    minutes = 30


def _end(row: Meeting) -> datetime:
    return row.starts_at + timedelta(minutes=row.minutes)
