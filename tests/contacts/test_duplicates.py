"""Who may be one person: by evidence, never by the name alone."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.contacts.actions.merge import tell_apart
from apps.contacts.duplicates import NEAREST, Kind, find_pairs
from apps.contacts.models import Contact, NotDuplicate
from apps.students.models import Student
from tests.clock import NOW
from tests.contacts.factories import ContactFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "two", "evidence"),
    [
        ({"email": "Runa@X.example"}, {"email": "runa@x.example"}, "Same e-mail, Runa@X.example"),
        (
            {"email": "a@x.example", "more_emails": ["b@x.example"]},
            {"email": "c@x.example", "more_emails": ["B@x.example"]},
            "Same e-mail, b@x.example",
        ),
        ({"phones": ["+1 (555) 010-0199"]}, {"phones": ["5550100199"]}, "Same phone, +1"),
        (
            {"links": ["https://www.linkedin.com/in/Runa/?trk=x"]},
            {"links": ["http://linkedin.com/in/runa"]},
            "Same profile, https://www.linkedin.com",
        ),
        (
            {"name": "Runa  Solheim", "organization": "Fjord AS"},
            {"name": "runa solheim", "organization": "FJORD as"},
            "Same name and organization",
        ),
        (
            {"name": "Runa", "organization": "Fjord"},
            {"name": "Runa", "organization": ""},
            "Same name",
        ),
    ],
)
def test_says_what_two_have_in_common(ana: Student, one: dict, two: dict, evidence: str):
    first = ContactFactory(student=ana, **one)
    second = ContactFactory(student=ana, **two)
    [pair] = find_pairs(ana)
    assert (pair.first, pair.second) == (first, second)
    assert pair.evidence.startswith(evidence)
    assert pair.is_hint == (evidence == "Same name")


@pytest.mark.parametrize(
    "nothing",
    [
        {"email": ""},
        {"phones": ["12"]},  # an extension
        {"links": ["https://fjord.example/"]},  # everybody's page
        {"organization": "Fjord"},
    ],
)
def test_takes_nothing_for_evidence_that_many_share(ana: Student, nothing: dict):
    for name in ("Runa", "Suharto"):
        ContactFactory(student=ana, **{"name": name, **nothing})
    assert find_pairs(ana) == []


def test_puts_the_best_evidence_first(ana: Student):
    runa = {"name": "Runa", "organization": ""}
    ContactFactory(student=ana, **runa)
    ContactFactory(student=ana, **runa, email="r@x.example")
    ContactFactory(student=ana, name="R.", email="r@x.example", phones=["5550100199"])
    ContactFactory(student=ana, name="Somebody", phones=["5550100199"])
    pairs = find_pairs(ana)
    assert [pair.strongest for pair in pairs] == [Kind.EMAIL, Kind.PHONE, Kind.NAME]
    assert [pair.is_hint for pair in pairs] == [False, False, True]


def test_names_all_evidence_at_once(ana: Student):
    for _ in range(2):
        ContactFactory(student=ana, name="Runa", organization="Fjord", email="r@x.example")
    [pair] = find_pairs(ana)
    assert pair.evidence == "Same e-mail, r@x.example; same name and organization"


def test_asks_once(ana: Student):
    one, two, three = ContactFactory.create_batch(3, student=ana, email="r@x.example")
    tell_apart(student=ana, one=three, two=one)
    tell_apart(student=ana, one=one, two=three)
    assert [(pair.first, pair.second) for pair in find_pairs(ana)] == [(one, two), (two, three)]


def test_looks_at_ones_own_list_only(ana: Student, ben: Student):
    for student in (ana, ben):
        ContactFactory(student=student, name="Runa", email="r@x.example")
    assert find_pairs(ana) == []


def test_leaves_the_erased_alone_and_finds_those_who_rest(ana: Student):
    ContactFactory.create_batch(2, student=ana, erased=True)
    assert find_pairs(ana) == []
    for archived_at in (None, NOW):
        ContactFactory(student=ana, email="r@x.example", archived_at=archived_at)
    assert len(find_pairs(ana)) == 1


def test_keeps_each_pair_once_and_the_older_one_first(ana: Student):
    one, two = ContactFactory.create_batch(2, student=ana)
    for first, second in ((two, one), (one, one)):
        with pytest.raises(IntegrityError), transaction.atomic():
            NotDuplicate.objects.create(student=ana, first=first, second=second)
    NotDuplicate.objects.create(student=ana, first=one, second=two)
    with pytest.raises(IntegrityError), transaction.atomic():
        NotDuplicate.objects.create(student=ana, first=one, second=two)


def test_a_pair_is_of_the_student_whose_contacts_they_are(ana: Student, ben: Student):
    one, two = ContactFactory.create_batch(2, student=ana)
    NotDuplicate.objects.create(student=ben, first=one, second=two)
    with pytest.raises(IntegrityError):
        connection.check_constraints()


def test_finds_pairs_in_proportion_to_the_contacts(ana: Student):
    """Even if all of them have one switchboard and one name; and always two queries."""

    def add(number: int) -> None:
        Contact.objects.bulk_create(
            Contact(student=ana, name="Runa", phones=["5550100199"], listed_on=NOW.date())
            for _ in range(number)
        )

    add(1000)
    with CaptureQueriesContext(connection) as queries:
        pairs = find_pairs(ana)
    assert len(queries) == 2
    assert len(pairs) < 1000 * NEAREST
