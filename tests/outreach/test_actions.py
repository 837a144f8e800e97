from datetime import timedelta

import pytest

from apps.outreach.actions.attempts import record_reply
from apps.outreach.models import Reply
from tests.clock import NOW
from tests.outreach.factories import AttemptFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("reply", Reply)
def test_records_what_came_back_and_when(reply):
    attempt = AttemptFactory()
    record_reply(attempt=attempt, reply=reply, now=NOW)
    attempt.refresh_from_db()
    assert (attempt.reply, attempt.replied_at) == (reply, NOW)


def test_corrects_the_answer_and_keeps_the_time_of_the_first_word():
    attempt = AttemptFactory()
    record_reply(attempt=attempt, reply=Reply.LATER, now=NOW)
    corrected = record_reply(attempt=attempt, reply=Reply.YES, now=NOW + timedelta(days=1))
    assert (corrected.reply, corrected.replied_at) == (Reply.YES, NOW)
