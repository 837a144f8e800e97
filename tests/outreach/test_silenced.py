"""Who is not to be written to, by what the person wishes under any of their addresses."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.outreach.protection import silenced
from tests.clock import TODAY
from tests.contacts.factories import ContactFactory, WishFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wish", "is_silenced"),
    [
        ({"never": True}, True),
        ({"erased": True}, True),
        ({"paused_until": TODAY}, True),
        ({"paused_until": TODAY - timedelta(days=1)}, False),
        ({"most_per_term": 1}, False),
        ({}, False),
    ],
    ids=["never", "erased", "paused up to today", "paused before", "a cap", "nothing"],
)
@pytest.mark.parametrize(
    "known_by",
    [
        {"email": "Ruth@Harbor.example"},
        {"more_emails": ["ruth@harbor.example"]},
        {"links": ["https://www.ruth.example/at/harbor/"], "email": ""},
    ],
    ids=["first address", "another address", "a profile"],
)
def test_follows_the_wishes(wish, is_silenced, known_by):
    contact, other = ContactFactory(**known_by), ContactFactory()
    key = "ruth.example/at/harbor" if "links" in known_by else "ruth@harbor.example"
    WishFactory(key=key, **wish)
    assert silenced([contact.pk, other.pk], TODAY) == ({contact.pk} if is_silenced else set())


def test_knows_rows_that_were_blanked():
    contact = ContactFactory(erased=True)
    assert silenced([contact.pk], TODAY) == {contact.pk}


def test_looks_only_at_who_is_asked_for():
    one, other = ContactFactory.create_batch(2, email="ruth@harbor.example")
    WishFactory(key="ruth@harbor.example", never=True)
    assert silenced([one.pk], TODAY) == {one.pk}
    assert silenced([], TODAY) == set()


def test_asks_twice_however_many_there_are():
    keys = [contact.pk for contact in ContactFactory.create_batch(20)]
    WishFactory(key=ContactFactory().email, never=True)
    with CaptureQueriesContext(connection) as queries:
        silenced(keys, TODAY)
    assert len(queries) == 2
