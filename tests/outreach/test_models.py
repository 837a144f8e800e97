from datetime import timedelta

import pytest

from apps.outreach.models import Attempt, Channel, NoteKind, Reply
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY
from tests.constraints import refused_by
from tests.contacts.factories import ContactFactory
from tests.outreach.factories import AttemptFactory

pytestmark = pytest.mark.django_db


def change(attempt, **values):
    """Write past the model, as an import or a line of SQL does."""
    Attempt.objects.filter(pk=attempt.pk).update(**values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"channel": "pigeon"}, "outreach_attempt_channel_is_known"),
        ({"channel": ""}, "outreach_attempt_channel_is_known"),
        ({"reply": "maybe", "replied_at": NOW}, "outreach_attempt_reply_is_known"),
        ({"reply": Reply.YES}, "outreach_attempt_reply_has_its_time"),
        ({"replied_at": NOW}, "outreach_attempt_reply_has_its_time"),
        ({"has_no_role": True}, "outreach_attempt_without_role_is_a_yes"),
        ({"ask_again_on": TODAY}, "outreach_attempt_asks_again_after_later"),
        ({"kind": NoteKind.LANDED}, "outreach_attempt_asks"),
    ],
)
def test_refuses_what_no_note_can_be(values, constraint):
    with refused_by(constraint):
        change(AttemptFactory(), **values)


def test_refuses_a_reply_before_the_note():
    attempt = AttemptFactory()
    change(attempt, reply=Reply.NO, replied_at=attempt.sent_at)
    with refused_by("outreach_attempt_replied_after_it_was_sent"):
        change(attempt, replied_at=attempt.sent_at - timedelta(seconds=1))


def test_goes_to_a_contact_of_the_same_student():
    with refused_by("outreach_attempt_with_own_contact"):
        change(AttemptFactory(), contact=ContactFactory())


def test_knows_a_note_by_contact_time_and_channel():
    attempt = AttemptFactory(channel=Channel.EMAIL)
    AttemptFactory(contact=attempt.contact, channel=Channel.PHONE)
    with refused_by("outreach_attempt_once"):
        AttemptFactory(contact=attempt.contact, channel=Channel.EMAIL)


def test_tells_answered_notes_from_others():
    waiting = AttemptFactory()
    AttemptFactory(answered=True)
    assert list(Attempt.objects.unanswered()) == [waiting]


def test_shows_notes_to_whoever_sees_the_student(ana, ben, counselor, administrator):
    of_ana, of_ben = AttemptFactory(student=ana), AttemptFactory(student=ben)
    seen = {
        user: set(Attempt.objects.visible_to(user))
        for user in (ana.user, ben.user, counselor, administrator, UserFactory())
    }
    assert list(seen.values()) == [{of_ana}, {of_ben}, {of_ana}, {of_ana, of_ben}, set()]
