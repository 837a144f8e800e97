"""An import taken back: exactly, and nothing that came after it."""

import pytest
from django.db.models import F

from apps.contacts.actions.imports import confirm_import, start_import, undo_import
from apps.contacts.actions.merge import merge_contacts
from apps.contacts.actions.person import archive_contacts, edit_contact, tag_contacts
from apps.contacts.importing import undoing
from apps.contacts.models import BatchState, Contact, ContactChange, NotDuplicate
from tests.clock import NOW, ahead
from tests.contacts.dump import table_dump
from tests.contacts.factories import ContactFactory
from tests.contacts.importing.contact_files import cards, linkedin
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory

pytestmark = pytest.mark.django_db

LATER = ahead(hours=2)
FILE = linkedin(
    "Ana|Lee|ana-lee|ana@lee.example|Loom|Designer",
    "Ben|Ray|ben-ray||Kite|Analyst",
    "Cal|Moe|cal-moe||Oak|Founder",
    "Dee|Fox|dee-fox||Modal|Engineer",
)


def everything_but_the_import():
    dump = table_dump()
    for label in ("contacts.ImportBatch", "contacts.ContactChange"):
        del dump[label]
    return dump


@pytest.fixture
def known(ana):
    """Ana's list before the import: some whom the file changes, and one whom it does not know."""
    return {
        "ana": ContactFactory(
            student=ana,
            name="Ana Lee",
            email="ana@lee.example",
            organization="",
            job_title="",
            phones=["555 0100"],
            tags=["choir"],
            note="Hums",
            updated_at=NOW,
        ),
        "ben": ContactFactory(student=ana, name="Ben Ray", organization="kite", email=""),
        "eva": ContactFactory(student=ana, name="Eva Orr", introduced=True),
    }


@pytest.fixture
def imported(known, bring_in):
    batch, plan = bring_in(FILE)
    assert plan.counts() == {
        "created": 2,
        "updated": 2,
        "unchanged": 0,
        "duplicates": 0,
        "skipped": 0,
    }
    return batch


def test_restores_the_exact_earlier_state(known, bring_in):
    before = everything_but_the_import()

    batch, _ = bring_in(FILE)
    assert everything_but_the_import() != before
    undone = undo_import(batch=batch, now=LATER)

    assert everything_but_the_import() == before
    assert (undone.removed, undone.restored) == (2, 2)
    assert (undone.used, undone.edited, undone.kept, undone.gone) == ([], [], {}, 0)
    batch.refresh_from_db()
    assert (batch.state, batch.undone_at) == (BatchState.UNDONE, LATER)
    assert not ContactChange.objects.exists()


def test_restores_the_exact_earlier_state_after_several_imports(known, bring_in):
    states = [everything_but_the_import()]
    batches = []
    for number, data in enumerate(
        (
            FILE,
            linkedin("Ana|Lee-Moe|ana-lee||Oak|Boss|08 Feb 2022", "Gus|Orr"),
            cards("FN:Ana Lee-Moe|EMAIL:ana@lee.example|TEL:555 7777 01|NOTE:Sings"),
        )
    ):
        batch, _ = bring_in(data, now=ahead(days=number))
        batches.append(batch)
        states.append(everything_but_the_import())

    for batch in reversed(batches):
        assert everything_but_the_import() == states.pop()
        undo_import(batch=batch, now=ahead(days=9))

    assert everything_but_the_import() == states.pop()


def test_keeps_a_field_that_was_edited_since_and_names_it(imported, known, ana):
    details = {"organization": "Loom & Daughters", "note": "Hums and sings"}
    edit_contact(student=ana, contact=known["ana"], details=details, now=LATER)

    undone = undo_import(batch=imported, now=ahead(hours=3))

    contact = Contact.objects.get(pk=known["ana"].pk)
    assert undone.kept == {contact.pk: ["organization"]}
    assert (contact.organization, contact.note) == ("Loom & Daughters", "Hums and sings")
    assert (contact.job_title, contact.links, contact.how_known) == ("", [], "")
    assert (contact.given_name, contact.data_source) == ("", known["ana"].data_source)
    assert contact.updated_at == ahead(hours=3)
    assert undone.removed == 2


def test_does_not_name_an_edit_that_came_back_to_the_same(imported, known, ana):
    for organization in ("Elsewhere", ""):
        edit_contact(
            student=ana,
            contact=known["ana"],
            details={"organization": organization},
            now=LATER,
        )

    assert undo_import(batch=imported, now=LATER).kept == {}


def test_keeps_tags_that_came_after(imported, known, ana):
    tag_contacts(student=ana, contacts=[known["ana"].pk], tags=["mentor"], now=LATER)

    undone = undo_import(batch=imported, now=LATER)

    contact = Contact.objects.get(pk=known["ana"].pk)
    assert (contact.tags, contact.organization, undone.kept) == (["choir", "mentor"], "", {})


@pytest.mark.parametrize(
    "edit",
    [
        lambda contact: edit_contact(
            student=contact.student, contact=contact, details={"note": "Whistles"}, now=LATER
        ),
        lambda contact: tag_contacts(
            student=contact.student, contacts=[contact.pk], tags=["x"], now=LATER
        ),
        lambda contact: archive_contacts(student=contact.student, contacts=[contact.pk], now=LATER),
        lambda contact: Contact.objects.filter(pk=contact.pk).update(external_id="C7"),
    ],
)
def test_keeps_somebody_who_was_added_and_edited_since(edit, imported, ana):
    contact = ana.contacts.get(name="Cal Moe")
    edit(contact)
    as_edited = Contact.objects.filter(pk=contact.pk).values().get()

    undone = undo_import(batch=imported, now=ahead(hours=3))

    assert (undone.edited, undone.used, undone.removed) == ([contact.pk], [], 1)
    assert Contact.objects.filter(pk=contact.pk).values().get() == as_edited


@pytest.mark.parametrize(
    "use",
    [
        lambda contact: MeetingFactory(contact=contact),
        lambda contact: AttemptFactory(contact=contact),
        lambda contact: ContactFactory(student=contact.student, introduced_by=contact),
    ],
)
def test_keeps_somebody_who_was_added_and_used_since(use, imported, ana):
    contact = ana.contacts.get(name="Cal Moe")
    use(contact)

    undone = undo_import(batch=imported, now=LATER)

    assert (undone.used, undone.edited, undone.removed) == ([contact.pk], [], 1)
    assert ana.contacts.filter(name="Cal Moe").exists()


def test_looks_at_every_key_that_points_at_a_contact():
    keys = {f"{key.model._meta.label}.{key.name}" for key in undoing._keys_to_contacts()}

    assert keys >= {
        "contacts.Contact.introduced_by",
        "contacts.Merge.kept",
        "meetings.Meeting.contact",
        "outreach.Attempt.contact",
        "outcomes.Offer.contact",
    }
    assert not any("NotDuplicate" in key for key in keys)


def test_lets_go_of_who_was_told_apart(ana):
    ContactFactory(student=ana, name="Wen Li", organization="Symphony")
    before = everything_but_the_import()
    batch = start_import(student=ana, name="c.csv", data=linkedin("Wen|Li|wen-li||Osprey"), now=NOW)
    confirm_import(batch=reread(batch), choices={"two": [2]}, now=NOW)
    assert NotDuplicate.objects.count() == 1

    assert undo_import(batch=batch, now=LATER).removed == 1

    assert everything_but_the_import() == before


def reread(batch):
    batch.refresh_from_db()
    return batch


def test_does_not_bring_back_somebody_who_was_joined_with_another(imported, known, ana):
    cal = ana.contacts.get(name="Cal Moe")
    merge_contacts(student=ana, kept=known["eva"], other=cal, choices={}, now=LATER)

    undone = undo_import(batch=imported, now=ahead(hours=3))

    assert (undone.gone, undone.removed) == (1, 1)
    assert Contact.objects.get(pk=known["eva"].pk).links == cal.links


def test_is_not_fooled_by_a_column_that_came_later(imported):
    """A change written down before a migration lacks the new column: that is no edit."""
    changes = ContactChange.objects.filter(batch=imported, before__isnull=True)
    for change in changes:
        del change.after["preferred_times"]
        change.save()

    assert undo_import(batch=imported, now=LATER).removed == 2


def test_is_done_once(imported, ana):
    assert undo_import(batch=imported, now=LATER)
    ContactFactory(student=ana, name="Zoe")

    assert undo_import(batch=imported, now=LATER) is None
    assert ana.contacts.filter(name="Zoe").exists()


@pytest.mark.parametrize("state", sorted(set(BatchState) - {BatchState.SAVED}))
def test_is_for_saved_imports_only(state, imported):
    type(imported).objects.filter(pk=imported.pk).update(
        state=state, saved_at=NOW if state == BatchState.UNDONE else None
    )

    assert undo_import(batch=imported, now=LATER) is None


def test_leaves_the_other_imports_alone(imported, ben, ana, bring_in):
    other, _ = bring_in(linkedin("Gus|Orr|gus-orr", connected="08 Feb 2022"))

    undo_import(batch=imported, now=LATER)

    assert ana.contacts.filter(name="Gus Orr").exists()
    assert ContactChange.objects.filter(batch=other).count() == 1


def test_moves_the_moment_of_the_last_change_only_where_something_changed(imported, known):
    Contact.objects.filter(pk=known["eva"].pk).update(updated_at=F("updated_at"))
    untouched = Contact.objects.get(pk=known["eva"].pk).updated_at

    undo_import(batch=imported, now=LATER)

    assert Contact.objects.get(pk=known["eva"].pk).updated_at == untouched
