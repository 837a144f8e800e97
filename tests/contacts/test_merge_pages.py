from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.contacts.actions.merge import merge_contacts
from apps.contacts.models import Contact, Merge, NotDuplicate
from apps.students.models import Student
from tests.accounts.factories import UserFactory
from tests.clock import NOW
from tests.contacts.dump import table_dump
from tests.contacts.factories import ContactFactory
from tests.outreach.factories import AttemptFactory

pytestmark = pytest.mark.django_db

LIST = "/contacts/duplicates/"


@pytest.fixture
def pair(ana: Student) -> tuple[Contact, Contact]:
    return (
        ContactFactory(student=ana, name="Ruth Adeyemi", email="ruth@x.example", job_title="Boss"),
        ContactFactory(student=ana, name="R. <b>Adeyemi</b>", email="Ruth@x.example"),
    )


def compare(one: Contact, two: Contact) -> str:
    return f"{LIST}{one.pk}/{two.pk}/"


def merged(one: Contact, two: Contact) -> Merge:
    return merge_contacts(student=one.student, kept=one, other=two, choices={}, now=NOW)


def test_lists_pairs_with_their_evidence(ana_client: Client, pair: tuple[Contact, Contact]):
    page = ana_client.get(LIST).content.decode()
    assert "Same e-mail, ruth@x.example." in page
    assert "R. &lt;b&gt;Adeyemi&lt;/b&gt;" in page
    assert compare(*pair) in page


def test_a_name_alone_is_a_hint(ana_client: Client, ana: Student):
    for organization in ("Fjord", "Harbor"):
        ContactFactory(student=ana, name="Runa", organization=organization)
    page = ana_client.get(LIST).content.decode()
    assert "Only the name in common" in page
    assert "Much in common" not in page


def test_says_so_if_nobody_is_there_twice(ana_client: Client):
    assert "Nobody is on your list twice" in ana_client.get(LIST).content.decode()


def test_two_people_are_not_asked_about_again(ana_client: Client, pair: tuple[Contact, Contact]):
    answer = ana_client.post(f"{compare(*pair)}two/", follow=True)
    assert "stay two people" in answer.content.decode()
    assert "Same e-mail" not in answer.content.decode()
    assert NotDuplicate.objects.count() == 1


def test_shows_both_side_by_side(ana_client: Client, pair: tuple[Contact, Contact]):
    page = ana_client.get(compare(*pair)).content.decode()
    assert 'role="radiogroup"' in page
    for words in ("Ruth Adeyemi", "R. &lt;b&gt;Adeyemi&lt;/b&gt;", "Boss", "Harbor pilot"):
        assert words in page
    assert page.count('name="organization"') == 0  # the same on both: nothing to choose


def test_makes_one_person_and_two_again(ana_client: Client, pair: tuple[Contact, Contact]):
    kept, other = pair
    AttemptFactory(contact=other)
    before = table_dump()
    form = {"name": "kept", "job_title": "other", "email": "kept"}
    page = ana_client.post(compare(kept, other), form, follow=True).content.decode()
    assert "Ruth Adeyemi is one person now" in page
    kept.refresh_from_db()
    assert (kept.name, kept.job_title, kept.attempts.count()) == ("Ruth Adeyemi", "Harbor pilot", 1)
    undo = reverse("contact_merge_undo", args=[Merge.objects.get().pk])
    assert undo in page
    page = ana_client.post(undo, follow=True).content.decode()
    assert "They are two people again" in page
    after = table_dump()
    for label in ("accounts.Session",):  # messages wait there
        before.pop(label, None)
        after.pop(label, None)
    assert after == before


def test_merging_asks_for_each_choice(ana_client: Client, pair: tuple[Contact, Contact]):
    answer = ana_client.post(compare(*pair), {"name": "neither"})
    assert answer.status_code == 200
    assert not Merge.objects.exists()


def test_says_what_keeps_them_apart(ana_client: Client, pair: tuple[Contact, Contact]):
    for contact, kind in zip(pair, ("yes", "no"), strict=True):
        AttemptFactory(contact=contact, reply=kind, replied_at=NOW)
    form = {"name": "kept", "job_title": "kept", "email": "kept"}
    assert "they differ" in ana_client.post(compare(*pair), form).content.decode()
    assert Contact.objects.count() == 2


def test_says_who_introduced_whom_instead_of_asking(ana_client: Client, ana: Student):
    top = ContactFactory(student=ana, name="Tomas")
    above = ContactFactory(student=ana, name="Ruth", introduced_by=top)
    below = ContactFactory(student=ana, name="Runa", introduced_by=above)
    page = ana_client.get(compare(below, above)).content.decode()
    assert "Ruth led you to Runa." in page
    assert "who introduced Ruth: Tomas" in page


def test_names_later_edits_when_it_is_taken_back(ana_client: Client, pair: tuple[Contact, Contact]):
    kept, other = pair
    Contact.objects.filter(pk=other.pk).update(note="Met at the fair")
    merge = merged(kept, other)
    Contact.objects.filter(pk=kept.pk).update(note="Met at the fair in May")
    page = ana_client.post(f"/contacts/merges/{merge.pk}/undo/", follow=True).content.decode()
    assert "it stays as you wrote it: private note." in page
    assert ana_client.post(f"/contacts/merges/{merge.pk}/undo/").status_code == 404


def test_the_last_merge_into_a_person_goes_first(ana_client: Client, ana: Student):
    one, two, three = ContactFactory.create_batch(3, student=ana)
    first, second = merged(one, two), merged(one, three)
    page = ana_client.get(LIST).content.decode()
    assert f"/contacts/merges/{second.pk}/undo/" in page
    assert f"/contacts/merges/{first.pk}/undo/" not in page
    assert "Take back the later one first." in page


def test_nobody_else_gets_near_them(
    sign_in: Callable[[User], Client],
    ben_client: Client,
    counselor_client: Client,
    pair: tuple[Contact, Contact],
):
    third = ContactFactory(student=pair[0].student)
    merge = merged(pair[1], third)
    posts = [compare(*pair), f"{compare(*pair)}two/", f"/contacts/merges/{merge.pk}/undo/"]
    before = table_dump()
    assert ben_client.get(compare(*pair)).status_code == 404
    assert ben_client.get(LIST).status_code == 200
    for url in posts:
        assert ben_client.post(url).status_code == 404
        assert counselor_client.post(url).status_code == 403
    for url in (LIST, "/contacts/export/", "/contacts/export/vcf/", "/contacts/export/csv/"):
        assert counselor_client.get(url).status_code == 403
        assert Client().get(url).status_code == 302
    unlisted = sign_in(UserFactory(student=True))
    assert unlisted.get(LIST).status_code == 404
    after = table_dump()
    for label in ("accounts.Session", "accounts.User", "reminders.Look"):
        before.pop(label, None)
        after.pop(label, None)
    assert before == after


def test_one_own_and_one_strange_contact_are_no_pair(
    ana_client: Client, ana: Student, ben: Student
):
    own, strange = ContactFactory(student=ana), ContactFactory(student=ben)
    for one, two in ((own, strange), (strange, own), (own, own)):
        assert ana_client.get(compare(one, two)).status_code == 404
        assert ana_client.post(compare(one, two)).status_code == 404


def test_asks_the_database_as_often_for_many_pairs(ana_client: Client, ana: Student):
    def add(number: int) -> None:
        for _ in range(number):
            one = ContactFactory(student=ana)
            ContactFactory(student=ana, email=one.email)
            merged(ContactFactory(student=ana), ContactFactory(student=ana))

    def queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            ana_client.get(LIST)
        return len(queries)

    add(2)
    queries()
    few = queries()
    add(8)
    assert queries() == few <= 8
