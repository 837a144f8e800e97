"""What a file changes about people who are on the list."""

from datetime import timedelta

import pytest

from apps.contacts.actions.imports import plan_import, undo_import
from apps.contacts.actions.person import edit_contact
from apps.contacts.importing.details import MOST
from tests.clock import NOW
from tests.contacts.factories import ContactFactory
from tests.contacts.importing.contact_files import cards, linkedin

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(ana):
    """Somebody of whom the student wrote down no more than a name and an address."""
    return ContactFactory(
        student=ana,
        name="Ana Lee",
        organization="",
        job_title="",
        email="ana@lee.example",
        data_source="typed in by the student",
    )


def now_of(contact):
    contact.refresh_from_db()
    return contact


def test_fills_in_what_is_empty(typed, bring_in):
    bring_in(linkedin("Ana|Lee|ana-lee|ana@lee.example|Loom|Designer"))

    contact = now_of(typed)
    assert (contact.given_name, contact.family_name) == ("Ana", "Lee")
    assert (contact.organization, contact.job_title) == ("Loom", "Designer")
    assert contact.links == ["https://www.linkedin.com/in/ana-lee"]
    assert contact.how_known == "Connected on LinkedIn since February 7, 2022."
    assert contact.updated_at == NOW
    assert contact.data_source == (
        "typed in by the student; LinkedIn export, Connections.csv, 15 Oct 2025"
    )


def test_adds_what_is_missing_in_lists_and_keeps_the_preferred_address(typed, bring_in):
    bring_in(
        cards(
            "FN:Ana Lee|EMAIL:ana@new.example|EMAIL:ANA@lee.example|EMAIL:broken@"
            "|TEL:555 0100 22|URL:https://ana.example/me|CATEGORIES:Friends"
        )
    )
    bring_in(cards("FN:Ana Lee|EMAIL:ana@lee.example|TEL:(555) 0100-22|CATEGORIES:friends,Choir"))

    contact = now_of(typed)
    assert (contact.email, contact.more_emails) == ("ana@lee.example", ["ana@new.example"])
    assert contact.flagged_emails == ["broken@"]
    assert contact.phones == ["555 0100 22"]
    assert contact.links == ["https://ana.example/me"]
    assert contact.tags == ["Friends", "Choir"]


def test_has_the_first_address_be_the_preferred_one(ana, bring_in):
    contact = ContactFactory(student=ana, name="Ana Lee", organization="Loom", email="")

    bring_in(cards("FN:Ana Lee|ORG:Loom|EMAIL:a@lee.example|EMAIL:b@lee.example"))

    assert (now_of(contact).email, contact.more_emails) == ("a@lee.example", ["b@lee.example"])


def test_does_not_put_a_role_beside_another_place(ana, bring_in):
    contact = ContactFactory(
        student=ana, name="Ana Lee", email="ana@lee.example", organization="Kite", job_title=""
    )

    _, plan = bring_in(linkedin("Ana|Lee||ana@lee.example|Loom|Designer"))

    assert (now_of(contact).organization, contact.job_title) == ("Kite", "")
    assert plan.differing == 1


def test_does_not_put_half_a_name_beside_another_one(ana, bring_in):
    contact = ContactFactory(student=ana, name="Robert Lee", email="b@lee.example")

    bring_in(linkedin("Bob|Lee||b@lee.example"))

    assert (now_of(contact).name, contact.given_name) == ("Robert Lee", "")


def test_replaces_what_an_earlier_file_of_the_kind_wrote(ana, bring_in):
    bring_in(linkedin("Ana|Lee|ana-lee||Loom|Designer", connected="07 Feb 2022"))

    bring_in(linkedin("Ana|Lee-Moe|ana-lee||Kite|", connected="08 Feb 2022"))

    contact = ana.contacts.get()
    assert (contact.name, contact.family_name) == ("Ana Lee-Moe", "Lee-Moe")
    assert (contact.organization, contact.job_title) == ("Kite", "")


@pytest.mark.parametrize("connected", ["07 Feb 2022", "06 Feb 2022"])
def test_replaces_nothing_from_a_file_that_is_no_newer(connected, ana, bring_in):
    bring_in(linkedin("Ana|Lee|ana-lee||Loom|Designer", connected="07 Feb 2022"))

    batch, plan = bring_in(linkedin("Ana|Lee|ana-lee||Kite|Founder", connected=connected))

    assert batch is None
    assert (plan.is_newer, plan.differing, plan.unchanged) == (False, 1, 1)
    assert ana.contacts.get().organization == "Loom"


def test_fills_in_what_is_empty_even_from_an_older_file(ana, bring_in):
    bring_in(linkedin("Ana|Lee|ana-lee||Loom|", connected="07 Feb 2022"))

    bring_in(linkedin("Ana|Lee|ana-lee|ana@lee.example|Loom|Designer", connected="06 Feb 2021"))

    contact = ana.contacts.get()
    assert (contact.email, contact.job_title) == ("ana@lee.example", "Designer")
    assert contact.how_known == "Connected on LinkedIn since February 7, 2022."


def test_does_not_forget_that_a_newer_file_confirmed_a_value(ana, bring_in):
    """Of three files the second changes nothing, and yet the third is older than it."""
    bring_in(linkedin("Ana|Lee|ana-lee||Loom|Designer", connected="01 Jan 2022"))
    bring_in(
        linkedin(
            "Ana|Lee|ana-lee||Loom|Designer|01 Jan 2022", "Ben|Ray|ben-ray", connected="01 Mar 2022"
        )
    )

    bring_in(linkedin("Ana|Lee|ana-lee||Kite|Founder", connected="01 Feb 2022"))

    assert ana.contacts.get(name="Ana Lee").organization == "Loom"


def test_never_replaces_what_was_edited_since(ana, bring_in):
    bring_in(linkedin("Ana|Lee|ana-lee||Loom|Designer", connected="07 Feb 2022"))
    details = {"organization": "Loom & Daughters", "how_known": ""}
    edit_contact(student=ana, contact=ana.contacts.get(), details=details, now=NOW)

    _, plan = bring_in(linkedin("Ana|Lee|ana-lee||Kite|Founder", connected="08 Feb 2022"))

    contact = ana.contacts.get()
    assert (contact.organization, contact.job_title) == ("Loom & Daughters", "Designer")
    assert plan.differing == 1


def test_never_replaces_what_was_typed(typed, ana, bring_in):
    details = {"organization": "Kite", "job_title": "Founder", "note": "Knows Rome"}
    edit_contact(student=ana, contact=typed, details=details, now=NOW)
    bring_in(linkedin("Ana|Lee|ana-lee|ana@lee.example|Loom|Designer", connected="07 Feb 2022"))

    bring_in(linkedin("Ana|Lee|ana-lee|ana@lee.example|Oak|Boss", connected="08 Feb 2022"))

    assert now_of(typed).role == "Founder, Kite"


def test_never_replaces_what_another_kind_of_file_wrote(ana, bring_in):
    bring_in(linkedin("Ana|Lee||ana@lee.example|Loom|Designer", connected="07 Feb 2022"))

    bring_in(cards("FN:Ana Lee|EMAIL:ana@lee.example|ORG:Kite|TITLE:Founder"))

    assert ana.contacts.get().organization == "Loom"


def test_dates_a_file_that_does_not_say_its_day_by_its_upload(ana, bring_in):
    bring_in(cards("FN:Ana Lee|EMAIL:ana@lee.example|ORG:Loom"))
    bring_in(cards("FN:Ana Lee|EMAIL:ana@lee.example|ORG:Kite"))
    assert ana.contacts.get().organization == "Kite"

    bring_in(cards("FN:Ana Lee|EMAIL:ana@lee.example|ORG:Oak|REV:20240101"))
    assert ana.contacts.get().organization == "Kite"


def test_does_not_believe_a_file_from_the_future(ana, bring_in):
    bring_in(linkedin("Ana|Lee|ana-lee||Loom", connected="01 Jan 2099"))

    batch = ana.import_batches.get()
    assert batch.dated_at <= batch.created_at
    bring_in(linkedin("Ben|Ray|ben-ray||Loom", connected="01 Jan 0001"))


def test_takes_no_notice_of_an_import_that_was_undone(ana, bring_in):
    bring_in(linkedin("Ana|Lee|ana-lee||Loom|Designer", connected="07 Feb 2022"))
    later, _ = bring_in(linkedin("Ana|Lee|ana-lee||Kite|Boss", connected="09 Feb 2022"))
    undo_import(batch=later, now=NOW)
    assert ana.contacts.get().organization == "Loom"

    bring_in(linkedin("Ana|Lee|ana-lee||Oak|Founder", connected="08 Feb 2022"))

    assert ana.contacts.get().organization == "Oak"


def test_keeps_no_more_of_a_kind_than_there_is_room_for(ana, bring_in):
    phones = "".join(f"|TEL:555 0100 {number:03}" for number in range(30))
    data = cards("FN:Ana Lee|EMAIL:ana@lee.example" + phones)
    bring_in(data)
    assert len(ana.contacts.get().phones) == MOST

    batch, plan = bring_in(cards("FN:Ana Lee|EMAIL:ana@lee.example|TEL:555 7777 01"))

    assert (batch, plan.unchanged) == (None, 1)


def test_cuts_what_is_too_long_and_leaves_out_half_numbers_and_links(ana, bring_in):
    long = "x" * 600
    _, plan = bring_in(
        cards(
            f"FN:Ana {long}|N:{long};{long};;;|ORG:{long};Accounting|TITLE:{long}|TEL:{long}"
            f"|URL:https://a.example/{long}|CATEGORIES:{long},a b|EMAIL:{long}|NOTE:Hi"
        )
    )

    contact = ana.contacts.get()
    assert len(contact.name) == len(contact.organization) == len(contact.job_title) == 200
    assert len(contact.given_name) == len(contact.family_name) == 100
    assert (contact.phones, contact.links) == ([], [])
    assert [len(tag) for tag in contact.tags] == [50, 3]
    assert len(contact.flagged_emails[0]) == 254
    assert contact.note == "Hi\nDepartment: Accounting"


def test_says_where_the_data_is_from_as_far_as_there_is_room(ana, bring_in):
    contact = ContactFactory(
        student=ana, email="ana@lee.example", data_source="y" * 190, organization="", job_title=""
    )

    bring_in(linkedin("Ana|Lee||ana@lee.example|Loom"), name="x" * 300 + "/Connections.csv")

    assert len(now_of(contact).data_source) <= 200
    assert contact.data_source.startswith("LinkedIn export, ")


def test_plans_the_same_without_saving(typed, ana):
    plan = plan_import(
        student=ana,
        name="c.csv",
        data=linkedin("Ana|Lee|ana-lee|ana@lee.example|Loom", "Ben|Ray"),
        now=NOW + timedelta(days=1),
    )

    assert plan.counts() == {
        "created": 1,
        "updated": 1,
        "unchanged": 0,
        "duplicates": 0,
        "skipped": 0,
    }
    assert now_of(typed).organization == ""
    assert not ana.import_batches.exists()
