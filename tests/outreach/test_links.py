from datetime import timedelta
from hashlib import sha256

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.meetings.models import Status
from apps.outreach.actions.links import LinkIsSpent, make_link, revoke_link, use_up
from apps.outreach.links import digest_of, find_link, proposal_of, without_addresses
from apps.outreach.models import ContactLink
from tests.clock import NOW, ago, ahead
from tests.constraints import refused_by
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import ContactAnswerFactory, ContactLinkFactory

pytestmark = pytest.mark.django_db

TOKEN = "Qm9-rV_kT3xL8sWz1yNcUe5HdJ2pGa7Fb4iOoXtRq6E"


def test_keeps_a_digest_of_the_token_and_nothing_else(ana):
    link, token = make_link(contact=ContactFactory(student=ana), now=NOW)
    assert len(token) == 43
    assert link.token_digest == sha256(token.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(l)::text FROM outreach_contactlink l")
        assert token not in cursor.fetchone()[0]
    assert find_link(token, now=NOW) == link


def test_no_two_tokens_are_alike(ana):
    contact = ContactFactory(student=ana)
    assert len({make_link(contact=contact, now=NOW)[1] for _ in range(20)}) == 20


def test_works_for_three_weeks_to_the_second(ana):
    link, token = make_link(contact=ContactFactory(student=ana), now=NOW)
    end = NOW + timedelta(days=settings.CONTACT_LINK_DAYS)
    assert find_link(token, now=end - timedelta(seconds=1)) == link
    assert find_link(token, now=end) is None


def test_a_new_link_takes_the_place_of_those_before(ana):
    contact = ContactFactory(student=ana)
    used = ContactLinkFactory(contact=contact, used=True)
    (_, first), (_, second) = (make_link(contact=contact, now=NOW) for _ in range(2))
    _, elsewhere = make_link(contact=ContactFactory(student=ana), now=NOW)
    assert find_link(first, now=NOW) is None
    assert find_link(second, now=NOW)
    assert find_link(elsewhere, now=NOW)
    used.refresh_from_db()
    assert used.revoked_at is None


def test_is_about_the_latest_proposal_unless_told_otherwise(ana):
    contact = ContactFactory(student=ana)
    assert make_link(contact=contact, now=NOW)[0].meeting is None
    first, latest = (
        MeetingFactory(contact=contact, status=Status.PROPOSED, proposed_times=[ahead(days=2)])
        for _ in range(2)
    )
    MeetingFactory(contact=contact)  # agreed already
    assert make_link(contact=contact, now=NOW)[0].meeting == latest
    link, _ = make_link(contact=contact, meeting=first, now=NOW)
    assert proposal_of(link) == first
    first.status = Status.CANCELLED
    first.save()
    assert proposal_of(link) == latest


def test_is_taken_back_once(ana):
    link = ContactLinkFactory(token=TOKEN)
    assert revoke_link(link=link, now=NOW)
    assert not revoke_link(link=link, now=ahead(hours=1))
    assert find_link(TOKEN, now=NOW) is None
    assert ContactLink.objects.get().revoked_at == NOW


@pytest.mark.parametrize("how", ["used", "revoked", "expired"])
def test_cannot_be_used_once_it_is_spent(how):
    with pytest.raises(LinkIsSpent):
        use_up(link=ContactLinkFactory(**{how: True}), now=NOW)


def _close_account(link):
    User.objects.filter(student=link.student).update(is_active=False)


NOTHING = {
    "unknown": lambda: ContactLinkFactory(),
    "used": lambda: ContactLinkFactory(token=TOKEN, used=True),
    "revoked": lambda: ContactLinkFactory(token=TOKEN, revoked=True),
    "expired": lambda: ContactLinkFactory(token=TOKEN, expired=True),
    "tampered": lambda: ContactLinkFactory(token=TOKEN[:-1] + "F"),
    "digest itself": lambda: ContactLinkFactory(token=digest_of(TOKEN)),
    "student has left": lambda: _close_account(ContactLinkFactory(token=TOKEN)),
    "contact erased": lambda: ContactLinkFactory(
        contact=ContactFactory(erased=True, student__with_account=True), token=TOKEN
    ),
}


@pytest.mark.parametrize("cause", NOTHING)
def test_finds_nothing_and_asks_once_whatever_the_cause(cause):
    NOTHING[cause]()
    with CaptureQueriesContext(connection) as queries:
        assert find_link(TOKEN, now=NOW) is None
    assert len(queries) == 1


def test_a_button_pressed_twice_finds_its_answer_for_a_minute():
    link = ContactLinkFactory(token=TOKEN, used_at=ago(seconds=59))
    assert find_link(TOKEN, now=NOW, pressed_twice=True) is None  # used up without an answer
    ContactAnswerFactory(link=link)
    assert find_link(TOKEN, now=NOW, pressed_twice=True) == link
    assert find_link(TOKEN, now=NOW) is None
    assert find_link(TOKEN, now=ahead(seconds=1), pressed_twice=True) is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"Answer here: https://hub.example/c/{TOKEN}/ Thanks", "Answer here: (link) Thanks"),
        (f"http://127.0.0.1:8000/c/{TOKEN}", "(link)"),
        (f"<https://hub.example/c/{TOKEN}/>, or call", "<(link)>, or call"),
        (f"/c/{TOKEN}/ and /c/{TOKEN}/", "(link) and (link)"),
        ("See https://example.org/c/2025/ and a/c", "See https://example.org/c/2025/ and a/c"),
    ],
)
def test_takes_addresses_out_of_what_is_kept(text, kept):
    assert without_addresses(text) == kept


def test_is_of_the_students_own_contact():
    link = ContactLinkFactory()
    with refused_by("outreach_contactlink_with_own_contact"):
        ContactLink.objects.filter(pk=link.pk).update(contact=ContactFactory())


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"answer": "perhaps"}, "outreach_contactanswer_answer_is_known"),
        ({"times": []}, "outreach_contactanswer_suggests_a_few_times"),
        (
            {"times": [ahead(days=day) for day in range(1, 7)]},
            "outreach_contactanswer_suggests_a_few_times",
        ),
    ],
)
def test_refuses_what_no_answer_can_be(values, constraint):
    answer = ContactAnswerFactory()
    with refused_by(constraint):
        type(answer).objects.filter(pk=answer.pk).update(**values)
