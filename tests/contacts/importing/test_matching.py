"""Who in a file is whom."""

from datetime import timedelta

import pytest

from apps.contacts.actions.imports import import_at_once, plan_import
from apps.contacts.files.person import UnreadableFile
from apps.contacts.importing import faces
from apps.contacts.importing.matching import CANNOT_BE_IMPORTED
from apps.contacts.models import Contact, Source
from tests.clock import NOW, TODAY
from tests.contacts.factories import ContactFactory, WishFactory
from tests.contacts.importing.contact_files import cards, linkedin
from tests.students.factories import StudentFactory

pytestmark = pytest.mark.django_db

CONNECTIONS = linkedin(
    "Ana|Lee|ana-lee|ana@lee.example|Loom|Designer",
    "Ben|Ray|ben-ray||Kite|Analyst",
    "Cal|Moe|cal-moe||Oak|Founder",
    "Dee|Fox|dee-fox||Modal|Engineer",
    "||||Modal|Engineer",
)


def counts(plan):
    return {name: number for name, number in plan.counts().items() if number}


def reasons(plan):
    return [(one.row, one.reason) for one in plan.skipped]


def test_adds_everybody_to_an_empty_list(ana, bring_in):
    batch, plan = bring_in(CONNECTIONS)

    assert counts(plan) == {"created": 4, "skipped": 1}
    assert reasons(plan) == [(6, "This row has no name.")]
    contact = Contact.objects.get(student=ana, name="Ana Lee")
    assert (contact.given_name, contact.family_name) == ("Ana", "Lee")
    assert (contact.organization, contact.job_title) == ("Loom", "Designer")
    assert (contact.email, contact.links) == (
        "ana@lee.example",
        ["https://www.linkedin.com/in/ana-lee"],
    )
    assert (contact.source, contact.listed_on) == (Source.LINKEDIN, TODAY)
    assert contact.how_known == "Connected on LinkedIn since February 7, 2022."
    assert contact.data_source == "LinkedIn export, Connections.csv, 15 Oct 2025"
    assert (contact.updated_at, contact.archived_at) == (NOW, None)
    assert batch.changes.count() == 4


def test_knows_people_by_link_and_by_name_and_organization(ana, bring_in):
    """Two of five are on the list: one by link, one by name and organization, one is nameless."""
    ben = ContactFactory(
        student=ana, name="Benjamin Ray", email="", links=["linkedin.com/in/Ben-Ray/"]
    )
    dee = ContactFactory(student=ana, name="dee  FOX", organization="modal", email="")

    _, plan = bring_in(CONNECTIONS)

    assert counts(plan) == {"created": 2, "updated": 2, "skipped": 1}
    assert sorted(ana.contacts.values_list("name", flat=True)) == [
        "Ana Lee",
        "Benjamin Ray",
        "Cal Moe",
        "dee  FOX",
    ]
    dee.refresh_from_db()
    assert dee.links == ["https://www.linkedin.com/in/dee-fox"]
    assert ana.contacts.filter(pk=ben.pk).exists()


@pytest.mark.parametrize(
    ("known", "row"),
    [
        ({"email": "Ana@Lee.example"}, "Anna|Li||ana@lee.EXAMPLE"),
        ({"email": "a@b.example", "more_emails": ["ana@lee.example"]}, "A|L||ana@lee.example"),
        ({"email": "", "links": ["http://linkedin.com/in/ana-lee?trk=x"]}, "Ana Maria|Lee|ana-lee"),
        ({"name": "ana lee", "organization": "LOOM", "email": "old@x.example"}, "Ana|Lee|||Loom"),
        ({"name": "Ｊürgen Lee", "organization": "Loom", "email": ""}, "Jürgen|Lee|||Loom"),
    ],
)
def test_takes_this_for_evidence(known, row, ana, bring_in):
    ContactFactory(student=ana, **known)

    _, plan = bring_in(linkedin(row))

    assert len(plan.new) == 0
    assert plan.duplicates == []


@pytest.mark.parametrize(
    ("known", "row"),
    [
        ({"name": "Ana Lee", "email": "ana@lee.example"}, "Ana|Lei||ana@loom.example|Loom"),
        ({"name": "Ana Lee", "links": ["https://linkedin.com/"]}, "Ben|Lee|ana-lee"),
        ({"name": "José Lee", "organization": "Loom"}, "Jose|Lee|||Loom"),
    ],
)
def test_does_not_take_this_for_evidence(known, row, ana, bring_in):
    ContactFactory(student=ana, **known)

    _, plan = bring_in(linkedin(row))

    assert counts(plan) == {"created": 1}


def test_never_takes_a_name_alone_for_evidence(ana, bring_in):
    ContactFactory(student=ana, name="Wen Li", organization="Symphony", job_title="Manager")

    _, plan = bring_in(linkedin("Wen|Li|wen-li||Osprey|Product Lead"))

    assert counts(plan) == {"created": 1, "duplicates": 1}
    assert ana.contacts.filter(name="Wen Li").count() == 2


def test_tells_two_people_apart_who_have_profiles_on_one_site(ana):
    ContactFactory(
        student=ana,
        name="Sofia Lund",
        organization="Pine",
        job_title="Planner",
        links=["https://www.linkedin.com/in/sofia-1"],
    )

    def plan_for(row):
        return plan_import(student=ana, name="c.csv", data=linkedin(row), now=NOW)

    as_it_looks = plan_for("Sofia|Lund|sofia-2||Pine|Planner").duplicates
    other_role = plan_for("Sofia|Lund|sofia-2||Pine|Painter").duplicates

    assert [one.is_same for one in as_it_looks] == [True]
    assert [one.is_same for one in other_role] == [False]


def test_does_not_mind_profiles_on_two_sites(ana, bring_in):
    ContactFactory(student=ana, name="Sofia Lund", organization="Pine", links=["https://x.com/sof"])

    _, plan = bring_in(linkedin("Sofia|Lund|sofia-2||Pine"))

    assert counts(plan) == {"updated": 1}


def test_knows_a_name_with_the_same_phone(ana, bring_in):
    ContactFactory(student=ana, name="Mom", organization="", email="", phones=["0049 170 5550100"])

    _, plan = bring_in(cards("FN:Mom|TEL:+49 (170) 555-0100", "FN:Dad|TEL:+49 170 5550100"))

    assert counts(plan) == {"created": 1, "unchanged": 1}


def test_adds_nobody_the_second_time(ana, bring_in):
    book = cards(
        "FN:Bare Name",
        "FN:Mom|TEL:555 0100 22",
        "FN:Short|TEL:112",
        "FN:Noted|NOTE:met in Rome",
        "FN:Shop|ORG:Shop",
        "FN:Ann Lee|ORG:BBC|EMAIL:a@bbc.example",
        "FN:Ann Lee|ORG:BBC|EMAIL:ann@home.example",
        "FN:Odd|EMAIL:not an address",
        "FN:" + "x" * 300,
    )
    rows = linkedin("Ana|Lee|ana-1||Loom", "Ana|Lee|ana-2||Loom", "Ana|Lee|||Kite", "Mono|")
    for data in (book, rows):
        first, plan = bring_in(data)
        assert first
        assert plan.counts()["skipped"] == 0
        assert plan.counts()["duplicates"] == 0
        number = ana.contacts.count()

        second, plan = bring_in(data, now=NOW + timedelta(days=1))

        assert second is None
        assert (plan.unchanged, ana.contacts.count()) == (len(plan_of(ana, data)), number)


def plan_of(student, data):
    """Return who is new in the file for somebody who has nobody."""
    stranger = StudentFactory(with_account=True)
    return plan_import(student=stranger, name="c", data=data, now=NOW).new


def test_adds_nobody_the_second_time_though_they_were_edited(ana, bring_in):
    data = cards("FN:Bare Name", "FN:Mom|TEL:555 0100 22")
    bring_in(data)
    ana.contacts.filter(name="Bare Name").update(email="b@x.example", organization="Loom")
    ana.contacts.filter(name="Mom").update(phones=["555 9999 11"], note="Calls on Sundays")

    batch, plan = bring_in(data)

    assert plan.counts()["created"] == 0
    assert ana.contacts.count() == 2


def test_says_which_row_of_the_file_was_there_before(ana, bring_in):
    _, plan = bring_in(
        linkedin(
            "Ana|Lee|ana-lee|a@lee.example|Loom",
            "Anna|Li||A@LEE.example",
            "Anna|Li|Ana-Lee",
            "ana|lee|||loom",
            "Ana|Lee|ana-2||Loom",
            "Ana|Lee|ana-3|other@lee.example|Loom",
        )
    )

    assert reasons(plan) == [
        (3, "Same e-mail as row 2."),
        (4, "Same profile link as row 2."),
        (5, "Same name and organization as row 2."),
    ]
    assert counts(plan) == {"created": 3, "skipped": 3}


def test_counts_cards_where_there_are_no_rows(ana, bring_in):
    _, plan = bring_in(
        cards("FN:Ana|EMAIL:a@b.example", "FN:Ben|EMAIL:a@b.example", "FN:Cal", "FN:cal")
    )

    assert reasons(plan) == [(2, "Same e-mail as card 1."), (4, "Same details as card 3.")]


def test_gives_one_contact_to_one_row(ana, bring_in):
    ContactFactory(
        student=ana, name="Ana Lee", email="a@lee.example", more_emails=["b@lee.example"]
    )

    _, plan = bring_in(linkedin("Ana|Lee||a@lee.example", "Ana|Li||b@lee.example"))

    assert reasons(plan) == [(3, "The same person on your list as row 2.")]
    assert counts(plan) == {"updated": 1, "skipped": 1}


def test_does_not_see_the_lists_of_others(ana, ben, bring_in):
    ContactFactory(student=ben, name="Ana Lee", organization="Loom", email="ana@lee.example")

    _, plan = bring_in(CONNECTIONS)

    assert counts(plan) == {"created": 4, "skipped": 1}


def test_finds_people_who_rest(ana, bring_in):
    ContactFactory(student=ana, email="ana@lee.example", archived_at=NOW)

    _, plan = bring_in(linkedin("Ana|Lee||ana@lee.example"))

    assert len(plan.new) == 0
    assert ana.contacts.get().archived_at == NOW


def test_skips_erased_people_without_a_word_about_them(ana, bring_in):
    ContactFactory(student=ana, erased=True)
    WishFactory(key="ana@lee.example", erased=True)
    WishFactory(key="linkedin.com/in/ben-ray", erased=True)
    WishFactory(key="linkedin.com/in/cal-moe", never=True)

    _, plan = bring_in(CONNECTIONS)

    assert reasons(plan)[:2] == [(2, CANNOT_BE_IMPORTED), (3, CANNOT_BE_IMPORTED)]
    assert counts(plan) == {"created": 2, "skipped": 3}


def test_compares_only_so_many_of_one_name(ana, monkeypatch):
    """A crafted file must not make us compare everybody with everybody."""
    compared = []
    real = faces.are_two_on_one_site
    monkeypatch.setattr(
        faces, "are_two_on_one_site", lambda *both: compared.append(1) or real(*both)
    )
    rows = [f"A|B|a-{number}||Loom" for number in range(400)]

    plan_import(student=ana, name="c.csv", data=linkedin(*rows), now=NOW)

    assert len(compared) <= 400 * faces.Gallery.MOST_COMPARED


def test_refuses_what_is_no_list_of_contacts(ana):
    for data in (b"name,email\nAna,a@b.example\n", b"hello"):
        with pytest.raises(UnreadableFile, match="We do not know the columns"):
            import_at_once(student=ana, name="x.csv", data=data, now=NOW)
    assert not ana.contacts.exists()
    assert not ana.import_batches.exists()
