import threading

import pytest
from django.db import IntegrityError, connection, transaction

from apps.contacts.models import Contact
from tests.accounts.factories import UserFactory
from tests.constraints import refused_by
from tests.contacts.factories import ContactFactory
from tests.students.factories import StudentFactory

NO_CYCLE = "contacts_contact_introductions_have_no_cycle"
CYCLE = "form a cycle"


def change(contact, **values):
    """Write past the model, as an import or a line of SQL does."""
    Contact.objects.filter(pk=contact.pk).update(**values)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"name": ""}, "contacts_contact_has_a_name"),
        ({"source": "LinkedIn"}, "contacts_contact_source_is_known"),
        ({"closeness": "friend"}, "contacts_contact_closeness_is_known"),
        ({"seniority": "boss"}, "contacts_contact_seniority_is_known"),
    ],
)
def test_refuses_what_the_form_would_not_offer(values, constraint):
    with refused_by(constraint):
        change(ContactFactory(), **values)


@pytest.mark.django_db
def test_leaves_open_what_is_not_known():
    contact = ContactFactory()
    change(contact, source="", closeness="", seniority="", organization="", email="")
    contact.refresh_from_db()
    assert (contact.source, contact.closeness, contact.seniority) == ("", "", "")


@pytest.mark.django_db
def test_takes_an_imported_id_once_a_student():
    contact = ContactFactory(external_id="C-1")
    ContactFactory(external_id="C-1")  # of another student
    ContactFactory.create_batch(2, student=contact.student, external_id="")
    with refused_by("contacts_contact_external_id_once"):
        ContactFactory(student=contact.student, external_id="C-1")


@pytest.mark.django_db
def test_takes_introductions_within_one_list_only():
    contact, stranger = ContactFactory(), ContactFactory()
    with refused_by("contacts_contact_introduced_by_own_contact"):
        change(contact, introduced_by=stranger)
    friend = ContactFactory(introduced=True)
    with refused_by("contacts_contact_introduced_by_own_contact"):
        change(friend, student=StudentFactory())


@pytest.mark.django_db
def test_keeps_a_contact_who_introduced_somebody():
    introducer = ContactFactory(introduced=True).introduced_by
    with refused_by("contacts_contact_introduced_by_own_contact"):
        Contact.objects.filter(pk=introducer.pk)._raw_delete(Contact.objects.db)


@pytest.mark.django_db
def test_refuses_an_introduction_by_oneself():
    contact = ContactFactory()
    with refused_by("contacts_contact_not_introduced_by_itself"):
        change(contact, introduced_by=contact)


@pytest.mark.django_db
@pytest.mark.parametrize("length", [2, 3, 12])
def test_refuses_introductions_in_a_circle(length):
    first = last = ContactFactory()
    for _ in range(length - 1):
        last = ContactFactory(student=first.student, introduced_by=last)
    with pytest.raises(IntegrityError, match=CYCLE) as refusal, transaction.atomic():
        change(first, introduced_by=last)
    assert refusal.value.__cause__.diag.constraint_name == NO_CYCLE


@pytest.mark.django_db
@pytest.mark.parametrize("length", [2, 3])
def test_refuses_a_circle_that_one_statement_closes(length):
    ring = ContactFactory.create_batch(length, student=StudentFactory())
    for contact, introducer in zip(ring, ring[1:] + ring[:1], strict=True):
        contact.introduced_by = introducer
    with pytest.raises(IntegrityError, match=CYCLE), transaction.atomic():
        Contact.objects.bulk_update(ring, ["introduced_by"])


@pytest.mark.django_db
def test_refuses_a_circle_that_is_inserted_at_once():
    student = StudentFactory()
    ring = [ContactFactory.build(pk=900_001 + n, student=student) for n in range(2)]
    ring[0].introduced_by, ring[1].introduced_by = ring[1], ring[0]
    with pytest.raises(IntegrityError, match=CYCLE), transaction.atomic():
        Contact.objects.bulk_create(ring)


@pytest.mark.django_db
def test_lets_a_chain_be_turned_round():
    first = ContactFactory()
    second = ContactFactory(student=first.student, introduced_by=first)
    first.introduced_by, second.introduced_by = second, None
    Contact.objects.bulk_update([first, second], ["introduced_by"])
    first.refresh_from_db()
    assert first.introduced_by == second


@pytest.mark.django_db(transaction=True)
def test_refuses_a_circle_that_two_transactions_close_together():
    first = ContactFactory()
    second = ContactFactory(student=first.student)
    results: dict[int, str] = {}
    half_done = threading.Event()

    def introduce(contact, introducer, *, then):
        try:
            with transaction.atomic():
                change(contact, introduced_by=introducer)
                then()
            results[contact.pk] = "saved"
        except IntegrityError as refusal:
            results[contact.pk] = str(refusal)
        finally:
            connection.close()

    def let_the_other_one_arrive():
        half_done.set()
        other.join(timeout=0.5)  # it waits for us, so it cannot end before we do
        assert other.is_alive()

    other = threading.Thread(
        target=lambda: half_done.wait(5) and introduce(second, first, then=lambda: None)
    )
    one = threading.Thread(
        target=introduce, args=(first, second), kwargs={"then": let_the_other_one_arrive}
    )
    one.start()
    other.start()
    one.join(10)
    other.join(10)
    assert results[first.pk] == "saved"
    assert CYCLE in results[second.pk]


@pytest.mark.django_db
def test_shows_a_list_to_whoever_sees_the_student(
    ana, ben, counselor, other_counselor, administrator
):
    of_ana, of_ben = ContactFactory(student=ana), ContactFactory(student=ben)
    seen = {
        user: set(Contact.objects.visible_to(user))
        for user in (ana.user, ben.user, counselor, other_counselor, administrator, UserFactory())
    }
    assert list(seen.values()) == [
        {of_ana}, {of_ben}, {of_ana}, {of_ben}, {of_ana, of_ben}, set(),
    ]  # fmt: skip
