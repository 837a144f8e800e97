from datetime import timedelta

import pytest

from apps.contacts.actions.person import (
    TYPED_IN,
    IntroductionCycle,
    add_contact,
    archive_contacts,
    edit_contact,
    restore_contacts,
    tag_contacts,
)
from apps.contacts.models import Contact
from tests.clock import NOW, TODAY, ago
from tests.contacts.factories import ContactFactory
from tests.students.factories import StudentFactory

pytestmark = pytest.mark.django_db


def row_of(contact):
    return Contact.objects.get(pk=contact.pk)


def test_puts_a_person_on_the_list_of_today_with_where_the_data_came_from():
    student = StudentFactory()
    contact = add_contact(student=student, details={"name": "王芳"}, now=NOW)
    row = row_of(contact)
    assert (row.name, row.student, row.listed_on) == ("王芳", student, TODAY)
    assert (row.updated_at, row.data_source) == (NOW, TYPED_IN)


def test_writes_down_what_has_changed_and_when():
    contact = ContactFactory(updated_at=ago(days=9), data_source="")
    edit_contact(
        student=contact.student,
        contact=contact,
        details={"organization": "Tern Outdoor", "phones": ["+1 555 0100"]},
        now=NOW,
    )
    row = row_of(contact)
    assert (row.organization, row.phones) == ("Tern Outdoor", ["+1 555 0100"])
    assert (row.updated_at, row.data_source) == (NOW, TYPED_IN)
    assert row.name == contact.name


def test_keeps_the_day_of_the_last_change_if_nothing_changes():
    contact = ContactFactory(updated_at=ago(days=9))
    edit_contact(student=contact.student, contact=contact, details={"name": contact.name}, now=NOW)
    assert row_of(contact).updated_at == ago(days=9)


def test_keeps_where_an_imported_person_came_from():
    contact = ContactFactory(data_source="LinkedIn, Connections.csv")
    edit_contact(student=contact.student, contact=contact, details={"note": "Tall."}, now=NOW)
    assert row_of(contact).data_source == "LinkedIn, Connections.csv"


def test_edits_no_contact_of_another_student():
    contact = ContactFactory()
    with pytest.raises(Contact.DoesNotExist):
        edit_contact(student=StudentFactory(), contact=contact, details={"name": "X"}, now=NOW)


def test_refuses_introductions_in_a_circle_even_if_another_window_made_half_of_it():
    first = ContactFactory()
    second = ContactFactory(student=first.student, introduced_by=first)
    with pytest.raises(IntroductionCycle):
        edit_contact(
            student=first.student, contact=first, details={"introduced_by": second}, now=NOW
        )


def test_lets_people_rest_and_brings_them_back():
    contact = ContactFactory()
    student, keys = contact.student, [contact.pk]
    assert archive_contacts(student=student, contacts=keys, now=NOW) == 1
    assert (row_of(contact).archived_at, row_of(contact).updated_at) == (NOW, NOW)
    later = NOW + timedelta(days=1)
    assert archive_contacts(student=student, contacts=keys, now=later) == 0
    assert row_of(contact).archived_at == NOW
    assert restore_contacts(student=student, contacts=keys, now=later) == 1
    assert (row_of(contact).archived_at, row_of(contact).updated_at) == (None, later)
    assert restore_contacts(student=student, contacts=keys, now=later) == 0


def test_adds_tags_once_whatever_the_capitals():
    plain = ContactFactory(updated_at=ago(days=1))
    tagged = ContactFactory(student=plain.student, tags=["Fair"], updated_at=ago(days=1))
    number = tag_contacts(
        student=plain.student, contacts=[plain.pk, tagged.pk], tags=["fair"], now=NOW
    )
    assert number == 1
    assert (row_of(plain).tags, row_of(plain).updated_at) == (["fair"], NOW)
    assert (row_of(tagged).tags, row_of(tagged).updated_at) == (["Fair"], ago(days=1))


def test_touches_nobody_elses_contacts_and_nobody_who_was_erased(erased):
    contact = ContactFactory()
    for act, more in [
        (archive_contacts, {}),
        (restore_contacts, {}),
        (tag_contacts, {"tags": ["x"]}),
    ]:
        assert act(student=StudentFactory(), contacts=[contact.pk], now=NOW, **more) == 0
        assert act(student=erased.student, contacts=[erased.pk], now=NOW, **more) == 0
    assert row_of(contact).archived_at is None
    assert (row_of(erased).archived_at, row_of(erased).tags) == (ago(days=2), [])


@pytest.fixture
def erased():
    return ContactFactory(erased=True, archived_at=ago(days=2))
