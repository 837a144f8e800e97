"""An import in steps: what each hand may do to it, and what a dead worker leaves behind."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from threading import Barrier
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.contacts.actions import imports as actions
from apps.contacts.importing import progress
from apps.contacts.importing.progress import BatchReport
from apps.contacts.models import BatchState, Contact, ImportBatch, NotDuplicate
from apps.contacts.models.batch import LEASE, MOST_TRIES, OPEN
from apps.contacts.tasks import work_on_waiting_contact_imports
from tests.clock import NOW
from tests.contacts.factories import ContactFactory, ImportBatchFactory
from tests.contacts.importing.contact_files import linkedin

pytestmark = pytest.mark.django_db

MANY = linkedin(*(f"Ana|Lee {number}|ana-{number}||Loom|Designer" for number in range(2000)))


def reread(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.get(pk=batch.pk)


def die(batch: ImportBatch) -> None:
    """Let the time of a claimed batch pass, as if its worker had been killed."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    ImportBatch.objects.filter(pk=batch.pk).update(claimed_until=an_hour_ago)


def start(student, data, name="Connections.csv"):
    return reread(actions.start_import(student=student, name=name, data=data, now=NOW))


def test_checks_and_saves_a_small_file_at_once(ana):
    batch = start(ana, linkedin("Ana|Lee|ana-lee||Loom"))
    assert (batch.state, batch.kind) == (BatchState.CHECKED, "linkedin")
    assert batch.preview["counts"]["created"] == 1
    assert bytes(batch.data).startswith(b"First Name")
    assert not ana.contacts.exists()

    assert actions.confirm_import(batch=batch, choices={}, now=NOW)

    batch = reread(batch)
    assert (batch.state, batch.saved_at, bytes(batch.data)) == (BatchState.SAVED, NOW, b"")
    assert (batch.claim, batch.claimed_until) == (None, None)
    assert ana.contacts.get().name == "Ana Lee"


def test_leaves_a_large_file_to_a_worker(ana):
    batch = start(ana, MANY)
    assert batch.state == BatchState.WAITING_CHECK

    work_on_waiting_contact_imports()
    batch = reread(batch)
    assert (batch.state, batch.preview["counts"]["created"]) == (BatchState.CHECKED, 2000)

    actions.confirm_import(batch=batch, choices={}, now=NOW)
    assert reread(batch).state == BatchState.WAITING_SAVE
    assert not ana.contacts.exists()

    work_on_waiting_contact_imports()
    assert (reread(batch).state, ana.contacts.count()) == (BatchState.SAVED, 2000)
    saved_at = reread(batch).saved_at

    work_on_waiting_contact_imports()
    assert (reread(batch).saved_at, ana.contacts.count()) == (saved_at, 2000)


def test_leaves_an_archive_to_a_worker_whatever_its_size(ana):
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("Connections.csv", linkedin("Ana|Lee|ana-lee"))

    batch = start(ana, out.getvalue(), "export.zip")
    assert batch.state == BatchState.WAITING_CHECK

    work_on_waiting_contact_imports()
    assert "Taken from Connections.csv inside the .zip" in reread(batch).preview["notice"]


@pytest.mark.parametrize("data", [b"hello", b"", linkedin(), b"PK\x03\x04broken"])
def test_refuses_in_words_and_keeps_nothing(data, ana):
    batch = start(ana, data)
    work_on_waiting_contact_imports()

    batch = reread(batch)
    assert (batch.state, bytes(batch.data), batch.preview) == (BatchState.REFUSED, b"", {})
    assert batch.refusal.endswith(".")


def test_says_that_nobody_is_in_the_file(ana):
    assert start(ana, linkedin()).refusal.startswith("There are no contacts in this file.")


def test_keeps_nobodys_data_once_it_is_saved(ana):
    batch = start(ana, linkedin("Ana|Lee|ana-lee||Loom", "|||x@loom.example|Kite"))
    assert "Kite" in str(batch.preview)

    actions.confirm_import(batch=batch, choices={}, now=NOW)

    told = str(reread(batch).preview)
    assert "This row has no name." in told
    assert not any(word in told for word in ("Ana", "Lee", "Loom", "Kite", "x@loom"))


def test_saves_whom_the_student_chose(ana):
    known = ContactFactory(student=ana, name="Wen Li", organization="Symphony", email="")
    sofia = ContactFactory(student=ana, name="Sofia Lund", organization="", job_title="Planner")
    batch = start(
        ana,
        linkedin(
            "Ana|Lee|ana-lee", "Ben|Ray|ben-ray", "Wen|Li|wen-li||Osprey", "Sofia|Lund|s-l||Pine"
        ),
    )
    asked = {one["row"]: one for one in batch.preview["duplicates"]}
    assert {row: one["is_same"] for row, one in asked.items()} == {4: False, 5: False}

    actions.confirm_import(
        batch=batch,
        choices={
            "left_out": [2],
            "same": [{key: asked[4][key] for key in ("row", "contact", "face")}],
            "two": [5],
        },
        now=NOW,
    )

    assert reread(batch).preview["counts"] == {
        "created": 2,
        "updated": 1,
        "unchanged": 0,
        "duplicates": 2,
        "skipped": 0,
    }
    assert reread(batch).preview["left_out"] == 1
    assert not ana.contacts.filter(name="Ana Lee").exists()
    known.refresh_from_db()
    assert (known.organization, known.links) == (
        "Symphony",
        ["https://www.linkedin.com/in/wen-li"],
    )
    assert ana.contacts.filter(name="Sofia Lund").count() == 2
    told_apart = NotDuplicate.objects.get()
    assert told_apart.first_id == sofia.pk


def test_does_not_ask_again_what_was_answered(ana):
    ContactFactory(student=ana, name="Wen Li", organization="Symphony", email="")
    data = linkedin("Wen|Li|||Osprey|Lead")
    batch = start(ana, data)
    (asked,) = batch.preview["duplicates"]
    same = [{key: asked[key] for key in ("row", "contact", "face")}]
    actions.confirm_import(batch=batch, choices={"same": same}, now=NOW)

    again = start(ana, data)

    assert again.preview["duplicates"] == []
    assert again.preview["counts"]["unchanged"] == 1


def test_asks_by_default_again_if_the_chosen_contact_is_gone(ana):
    known = ContactFactory(student=ana, name="Wen Li", organization="Symphony", email="")
    batch = start(ana, linkedin("Wen|Li|wen-li||Osprey"))
    same = [{"row": 2, "contact": known.pk, "face": "x"}]
    ContactFactory(student=ana, name="Wen Li", organization="Opera", email="")
    known.delete()

    actions.confirm_import(batch=batch, choices={"same": same}, now=NOW)

    assert reread(batch).preview["counts"]["created"] == 1


def test_cannot_be_talked_into_the_list_of_another(ana, ben):
    theirs = ContactFactory(student=ben, name="Wen Li", organization="Symphony", email="")
    batch = start(ana, linkedin("Wen|Li|wen-li||Osprey"))

    same = [{"row": 2, "contact": theirs.pk, "face": "x"}]
    actions.confirm_import(batch=batch, choices={"same": same}, now=NOW)

    theirs.refresh_from_db()
    assert theirs.links == []
    assert ana.contacts.count() == 1


def test_compares_once_more_before_it_saves(ana):
    first = start(ana, linkedin("Ana|Lee|ana-lee||Loom"))
    ContactFactory(student=ana, name="Ana L.", links=["https://linkedin.com/in/ana-lee"])

    actions.confirm_import(batch=first, choices={}, now=NOW)

    assert ana.contacts.count() == 1
    assert reread(first).preview["counts"]["updated"] == 1


def test_lets_go_of_an_earlier_file_when_another_is_chosen(ana, ben):
    first, theirs = start(ana, linkedin("Ana|Lee")), start(ben, linkedin("Ana|Lee"))

    start(ana, linkedin("Ben|Ray"))

    assert (reread(first).state, reread(first).preview) == (BatchState.DISCARDED, {})
    assert reread(theirs).state == BatchState.CHECKED


def test_forgets_a_file_that_waits_for_a_yes_too_long():
    forgotten, waiting = ImportBatchFactory(checked=True), ImportBatchFactory(checked=True)
    saving = ImportBatchFactory(waiting_save=True)
    long_ago = timezone.now() - timedelta(days=15)
    ImportBatch.objects.exclude(pk=waiting.pk).update(created_at=long_ago)

    work_on_waiting_contact_imports()

    assert (reread(forgotten).state, bytes(reread(forgotten).data)) == (BatchState.DISCARDED, b"")
    assert reread(waiting).state == BatchState.CHECKED
    assert reread(saving).state == BatchState.SAVED


@pytest.mark.django_db(transaction=True)
def test_adds_everybody_once_though_two_workers_save_the_same_file(ana):
    for _ in range(2):
        ImportBatchFactory(student=ana, waiting_save=True)
    start_together = Barrier(2)

    def work():
        batch = actions.claim_import()
        start_together.wait()
        actions.work_on_import(batch=batch, now=NOW)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: work(), range(2)))

    assert ana.contacts.count() == 1
    counts = [batch.preview["counts"]["created"] for batch in ana.import_batches.all()]
    assert sorted(counts) == [0, 1]


def test_takes_the_oldest_first_and_one_at_a_time():
    first, second = ImportBatchFactory(), ImportBatchFactory(waiting_save=True)

    claimed = [actions.claim_import(), actions.claim_import(), actions.claim_import()]

    assert [batch and batch.pk for batch in claimed] == [first.pk, second.pk, None]
    assert claimed[0].claim != claimed[1].claim


def test_takes_up_what_a_dead_worker_left():
    ImportBatchFactory()
    dead = actions.claim_import()
    die(dead)

    heir = actions.claim_import()
    actions.work_on_import(batch=heir, now=NOW)

    assert (reread(dead).state, heir.tries) == (BatchState.CHECKED, 2)


def test_saves_once_though_a_worker_that_was_taken_for_dead_goes_on():
    ImportBatchFactory(waiting_save=True)
    slow = actions.claim_import()
    die(slow)
    heir = actions.claim_import()

    actions.work_on_import(batch=slow, now=NOW)
    assert (reread(slow).state, Contact.objects.count()) == (BatchState.WAITING_SAVE, 0)

    actions.work_on_import(batch=heir, now=NOW)
    assert (reread(slow).state, Contact.objects.count()) == (BatchState.SAVED, 1)

    actions.work_on_import(batch=slow, now=NOW)
    assert (reread(slow).state, Contact.objects.count()) == (BatchState.SAVED, 1)


@pytest.mark.parametrize("trait", [{}, {"waiting_save": True}])
def test_stops_when_it_is_discarded_meanwhile(trait):
    ImportBatchFactory(**trait)
    batch = actions.claim_import()

    assert actions.discard_import(batch=batch)
    actions.work_on_import(batch=batch, now=NOW)

    batch = reread(batch)
    assert (batch.state, batch.preview) == (BatchState.DISCARDED, {})
    assert Contact.objects.count() == 0


@pytest.mark.parametrize("trait", [{}, {"waiting_save": True}])
def test_gives_up_after_some_tries(trait, monkeypatch):
    ImportBatchFactory(**trait)
    monkeypatch.setattr(actions, "make_plan", lambda **_: 1 / 0)

    for _ in range(MOST_TRIES):
        batch = actions.claim_import()
        with pytest.raises(ZeroDivisionError):
            actions.work_on_import(batch=batch, now=NOW)
    assert actions.claim_import() is None

    assert (reread(batch).state, bytes(reread(batch).data)) == (BatchState.STOPPED, b"")


def test_saves_nothing_when_the_database_says_no(monkeypatch):
    batch = ImportBatchFactory(waiting_save=True)
    real = actions.save

    def save_and_clash(*args, **kwargs):
        real(*args, **kwargs)
        Contact.objects.bulk_create([Contact(student=batch.student, name="", listed_on=NOW)])

    monkeypatch.setattr(actions, "save", save_and_clash)

    actions.work_on_import(batch=actions.claim_import(), now=NOW)

    assert (reread(batch).state, reread(batch).refusal) == (BatchState.REFUSED, actions.MEANWHILE)
    assert Contact.objects.count() == 0
    assert not reread(batch).changes.exists()


def test_has_tries_of_its_own_for_saving():
    batch = ImportBatchFactory(checked=True, tries=2, preview={"rows": 501})

    actions.confirm_import(batch=batch, choices={}, now=NOW)

    assert reread(batch).tries == 0


@pytest.mark.parametrize("trait", ["saved", "refused", "discarded", "stopped", "undone"])
def test_is_neither_confirmed_nor_discarded_once_it_is_over(trait):
    batch = ImportBatchFactory(**{trait: True})

    assert not actions.confirm_import(batch=batch, choices={}, now=NOW)
    assert not actions.discard_import(batch=batch)
    assert reread(batch).state == batch.state


def test_is_confirmed_once():
    batch = ImportBatchFactory(checked=True)

    assert actions.confirm_import(batch=batch, choices={}, now=NOW)
    assert not actions.confirm_import(batch=batch, choices={}, now=NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "elsewhere"},
        {"state": BatchState.SAVED, "data": b""},
        {"state": BatchState.REFUSED},
        {"saved_at": NOW},
        {"claimed_until": NOW},
        {"done": 2},
    ],
)
def test_cannot_be_in_a_state_that_makes_no_sense(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportBatchFactory(**fields)


def test_knows_which_states_have_a_file():
    assert set(OPEN) == {
        BatchState.WAITING_CHECK,
        BatchState.CHECKED,
        BatchState.WAITING_SAVE,
    }


@pytest.mark.django_db(transaction=True)
def test_shows_its_progress_and_its_life_to_others_while_it_saves(monkeypatch):
    monkeypatch.setattr(progress, "PAUSE", 0)
    seen = []
    ImportBatchFactory(waiting_save=True)
    batch = actions.claim_import()
    die(batch)
    outside = connection.copy()
    tell = BatchReport.__call__

    def tell_and_look(report, done, total):
        tell(report, done, total)
        with outside.cursor() as cursor:
            cursor.execute(
                "SELECT done, total, claimed_until > now() + %s::interval"
                " FROM contacts_importbatch WHERE id = %s",
                [LEASE / 2, batch.pk],
            )
            seen.append(cursor.fetchone())

    monkeypatch.setattr(BatchReport, "__call__", tell_and_look)
    try:
        actions.work_on_import(batch=batch, now=NOW)
    finally:
        outside.close()

    assert seen == [(1, 1, True)]
    assert reread(batch).state == BatchState.SAVED


@pytest.mark.django_db(transaction=True)
def test_does_not_renew_a_claim_that_is_not_its_own(monkeypatch):
    monkeypatch.setattr(progress, "PAUSE", 0)
    ImportBatchFactory()
    slow = actions.claim_import()
    die(slow)
    heir = actions.claim_import()
    until = reread(heir).claimed_until

    report = BatchReport(slow)
    report(1, 1)
    report.close()

    assert (reread(heir).claimed_until, reread(heir).done) == (until, 0)
