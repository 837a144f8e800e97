"""What the tables around a contact refuse: imports, merges, pairs, wishes and lifts."""

import pytest

from apps.contacts.models import BatchState, Contact, ContactChange, ImportBatch, Wish
from tests.clock import NOW
from tests.constraints import refused_by
from tests.contacts.factories import (
    ContactChangeFactory,
    ContactFactory,
    ImportBatchFactory,
    MergeFactory,
    NotDuplicateFactory,
    WishFactory,
)
from tests.outreach.factories import CooldownLiftFactory
from tests.students.factories import StudentFactory

pytestmark = pytest.mark.django_db


def test_knows_how_somebody_was_introduced():
    contact = ContactFactory()
    with refused_by("contacts_contact_introduction_is_known"):
        Contact.objects.filter(pk=contact.pk).update(introduction="shouted")


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"state": "half done", "data": b""}, "contacts_importbatch_state_is_known"),
        ({"done": 2, "total": 1}, "contacts_importbatch_progress_in_range"),
        ({"claimed_until": NOW}, "contacts_importbatch_claimed_while_working"),
        ({"saved_at": NOW}, "contacts_importbatch_saved_at_some_time"),
        ({"state": BatchState.DISCARDED}, "contacts_importbatch_file_until_finished"),
    ],
)
def test_keeps_an_import_in_one_sound_state(values, constraint):
    batch = ImportBatchFactory()
    with refused_by(constraint):
        ImportBatch.objects.filter(pk=batch.pk).update(**values)


def test_ties_a_change_to_one_import_or_one_merge():
    change = ContactChangeFactory()
    with refused_by("contacts_contactchange_of_one_operation"):
        ContactChange.objects.filter(pk=change.pk).update(batch=None)
    with refused_by("contacts_contactchange_of_one_operation"):
        ContactChange.objects.filter(pk=change.pk).update(merge=MergeFactory())


def test_keeps_one_row_for_each_pair_of_the_students_own_contacts():
    pair = NotDuplicateFactory()
    with refused_by("contacts_notduplicate_once"):
        NotDuplicateFactory(first=pair.first, second=pair.second)
    with refused_by("contacts_notduplicate_older_first"):
        NotDuplicateFactory(first=pair.second, second=pair.first)
    theirs = ContactFactory()
    with refused_by("contacts_notduplicate_second_own_contact"):
        NotDuplicateFactory(first=pair.first, second=theirs)
    with refused_by("contacts_notduplicate_first_own_contact"):
        NotDuplicateFactory(
            student=theirs.student,
            first=pair.first,
            second=ContactFactory(student=theirs.student),
        )


def test_caps_at_one_student_at_least():
    wish = WishFactory()
    with refused_by("contacts_wish_cap_is_positive"):
        Wish.objects.filter(pk=wish.pk).update(most_per_term=0)


def test_lifts_a_cooldown_for_the_students_own_contact_only():
    with refused_by("outreach_cooldownlift_with_own_contact"):
        CooldownLiftFactory(contact=ContactFactory(), student=StudentFactory())
