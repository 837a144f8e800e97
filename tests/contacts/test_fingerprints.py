"""By what a person is known again, in Python as in the database."""

import pytest
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.contacts.fingerprints import (
    email_key,
    fingerprint,
    fingerprints_of,
    key_from,
    keys_of,
    link_key,
)
from apps.contacts.models import Contact
from tests.contacts.factories import ContactFactory

ADA = "linkedin.com/in/ada-l"


def test_reads_an_address_in_one_spelling() -> None:
    assert email_key(" Ada@Harbor.Example\n") == "ada@harbor.example"
    assert email_key("a.d.a+x@gmail.com") == "a.d.a+x@gmail.com"


@pytest.mark.parametrize(
    "link",
    [
        "https://www.linkedin.com/in/ada-l",
        "http://linkedin.com/in/Ada-L/",
        "LinkedIn.com/in/ada-l//",
        "//www.linkedin.com/in/ada-l?trk=contacts#about",
        " linkedin.com/in/ada-l/?utm_source=x&rid=7 ",
    ],
)
def test_reads_a_profile_link_in_one_spelling(link: str) -> None:
    assert link_key(link) == ADA


@pytest.mark.parametrize(
    "link",
    ["https://harbor.example", "https://www.harbor.example/", "mailto:ada@x.example", "", "x"],
)
def test_takes_a_page_of_many_for_nobody(link: str) -> None:
    assert link_key(link) == ""


def test_tells_people_apart_who_differ_in_an_id_only() -> None:
    links = [f"https://www.facebook.com/profile.php?ref=x&id={n}" for n in (4, 5)]
    assert keys_of([], links) == {
        "facebook.com/profile.php?id=4",
        "facebook.com/profile.php?id=5",
    }


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (" Ada@Harbor.example ", "ada@harbor.example"),
        ("https://medium.com/@Ada", "medium.com/@ada"),
        ("https://harbor.example", ""),
        ("Ada Lindqvist", ""),
        ("ada@", ""),
    ],
)
def test_understands_what_staff_type(typed: str, key: str) -> None:
    assert key_from(typed) == key


def test_a_fingerprint_says_nothing_without_the_secret() -> None:
    known = fingerprint(ADA)
    assert len(known) == 64
    assert fingerprint(ADA) == known
    with override_settings(FINGERPRINT_KEY="another"):
        assert fingerprint(ADA) != known


def test_takes_the_fingerprints_of_all_addresses_and_links() -> None:
    contact = Contact(email="A@b.example", more_emails=["c@d.example"], links=[f"https://{ADA}"])
    assert fingerprints_of(contact) == {
        fingerprint("a@b.example"),
        fingerprint("c@d.example"),
        fingerprint(ADA),
    }


PIECES = [
    "http",
    "HTTPS",
    ":",
    "//",
    "/",
    "www.",
    "a.b",
    "Ä.de",
    "Ada",
    "?",
    "id=",
    "&",
    "x=1",
    "#",
]
PIECES += [" ", "\t", "@", ".", "ü", "İ", "\n", "mailto:", "%C3", "-"]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=15),
)


@pytest.mark.django_db
@given(st.lists(TEXTS, max_size=3), st.lists(TEXTS, max_size=3))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_makes_the_same_keys(emails: list[str], links: list[str]) -> None:
    first, rest = (emails[0], emails[1:]) if emails else ("", [])
    with connection.cursor() as cursor:
        cursor.execute("SELECT contacts_known_as(%s, %s::text[], %s::text[])", [first, rest, links])
        assert set(cursor.fetchone()[0]) == keys_of(emails, links)


@pytest.mark.django_db
def test_finds_the_rows_of_a_person_on_every_list() -> None:
    found = {
        ContactFactory(email="Ada@Harbor.example").pk,
        ContactFactory(more_emails=["ada@harbor.example"]).pk,
        ContactFactory(email="", links=[f"https://www.{ADA}/"]).pk,
    }
    ContactFactory(email="ada@harbor.example.org", links=["https://linkedin.com/in/ada"])

    rows = Contact.objects.known_as(["ada@harbor.example", ADA])
    assert set(rows.values_list("pk", flat=True)) == found
    assert not Contact.objects.known_as([])


@pytest.mark.django_db
def test_finds_them_by_an_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")  # bitmaps only, as of a GIN index
    assert "contacts_by_known_as" in Contact.objects.known_as([ADA]).order_by().explain()
