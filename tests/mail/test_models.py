from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.db.models.functions import Now

from apps.mail.models import OutgoingEmail, State
from tests.mail.factories import OutgoingEmailFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": "lost"}, "state_is_known"),
        ({"state": State.SENDING, "lease_until": Now()}, "claimed_while_sending"),
        ({"state": State.SENDING, "claim_token": uuid4()}, "claimed_while_sending"),
        ({"claim_token": uuid4(), "lease_until": Now()}, "claimed_while_sending"),
        ({"data_started_at": Now()}, "marker_only_from_sending_on"),
        ({"sent_at": Now()}, "sent_has_a_time"),
        ({"state": State.SENT, "subject": "", "text_body": "", "html_body": ""}, "sent_has_a_time"),
        ({"ambiguous_count": 2}, "copies_are_capped"),
        ({"ambiguous_count": 3}, "copies_are_capped"),
        ({"state": State.EXPIRED}, "words_until_the_end"),
        ({"text_body": ""}, "words_until_the_end"),
        ({"next_try_at": Now()}, "expires_last"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_the_database_refuses_a_state_that_makes_no_sense(
    changes: dict[str, Any], constraint: str
) -> None:
    email = OutgoingEmailFactory.create()
    with pytest.raises(IntegrityError, match=f"mail_outgoingemail_{constraint}"):
        OutgoingEmail.objects.filter(pk=email.pk).update(**changes)


def test_every_end_loses_the_words() -> None:
    for state in (State.UNKNOWN, State.FAILED, State.EXPIRED, State.CANCELLED):
        email = OutgoingEmailFactory.create()
        OutgoingEmail.objects.filter(pk=email.pk).end(state)
        email.refresh_from_db()
        assert (email.state, email.subject, email.text_body) == (state, "", "")
