"""An import in steps: what each hand may do to it, and what a dead worker leaves behind."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.exchange import actions, run_report
from apps.exchange.models import LEASE, MOST_TRIES, ImportRun, State
from apps.exchange.run_report import RunReport
from apps.exchange.tasks import work_on_waiting_imports
from apps.students.models import Student, Term
from tests.accounts.factories import UserFactory
from tests.clock import NOW, ago
from tests.exchange.factories import ImportRunFactory

pytestmark = pytest.mark.django_db


def reread(run: ImportRun) -> ImportRun:
    return ImportRun.objects.get(pk=run.pk)


def die(run: ImportRun) -> None:
    """Let the time of a claimed run pass, as if its worker had been killed."""
    ImportRun.objects.filter(pk=run.pk).update(claimed_until=timezone.now() - timedelta(hours=1))


@pytest.fixture
def _now(now):
    """Freeze the clock for the tasks, which read it."""


@pytest.mark.usefixtures("_now")
def test_leads_from_the_upload_to_the_saved_term(book, administrator):
    run = actions.start_import(upload=book.to_upload("fall.zip"), by=administrator)

    work_on_waiting_imports()
    checked = reread(run)
    assert (checked.state, checked.term_code, checked.new) == (State.CHECKED, "2025-fall", 16)
    assert Student.objects.count() == 0
    assert bytes(checked.content) == book.to_upload().content

    assert actions.confirm_import(run=run, by=administrator)
    work_on_waiting_imports()
    saved = reread(run)
    assert (saved.state, saved.term, saved.decided_by) == (
        State.SAVED,
        Term.objects.get(),
        administrator,
    )
    assert saved.content is None
    assert Student.objects.count() == 3

    work_on_waiting_imports()
    assert reread(run).finished_at == saved.finished_at


@pytest.mark.usefixtures("_now")
def test_ends_refused_with_every_problem_and_without_the_file(book, administrator):
    book.put("contacts", 3, "listed_on", "soon")
    book.put("offers", 3, "kind", "gig")
    run = actions.start_import(upload=book.to_upload(), by=administrator)

    work_on_waiting_imports()

    run = reread(run)
    assert (run.state, run.content, run.problem_count) == (State.REFUSED, None, 2)
    assert [(p["table"], p["row"], p["column"]) for p in run.problems] == [
        ("contacts", 3, "listed_on"),
        ("offers", 3, "kind"),
    ]


@pytest.mark.usefixtures("_now")
def test_is_refused_at_saving_if_that_has_become_impossible(book, administrator):
    run = actions.start_import(upload=book.to_upload(), by=administrator)
    work_on_waiting_imports()
    actions.confirm_import(run=run, by=administrator)
    taken = UserFactory(student=True, email="s1@students.example.edu")
    Student.objects.create(student_id="X", given_name="Somebody", user=taken)

    work_on_waiting_imports()

    assert reread(run).state == State.REFUSED
    assert not Term.objects.exists()


def test_takes_the_oldest_first_and_one_at_a_time():
    first, second = ImportRunFactory(), ImportRunFactory(waiting_save=True)

    claimed = [actions.claim_import(), actions.claim_import(), actions.claim_import()]

    assert [run and run.pk for run in claimed] == [first.pk, second.pk, None]
    assert [run.state for run in claimed[:2]] == [State.CHECKING, State.SAVING]
    assert claimed[0].claim != claimed[1].claim


def test_takes_up_what_a_dead_worker_left():
    ImportRunFactory()
    dead = actions.claim_import()
    die(dead)

    heir = actions.claim_import()
    actions.work_on_import(run=heir, now=NOW)

    assert reread(dead).state == State.CHECKED
    assert heir.tries == 2


def test_saves_once_though_a_worker_that_was_taken_for_dead_goes_on():
    ImportRunFactory(waiting_save=True)
    slow = actions.claim_import()
    die(slow)
    heir = actions.claim_import()

    actions.work_on_import(run=slow, now=NOW)
    assert (reread(slow).state, Term.objects.count()) == (State.SAVING, 0)

    actions.work_on_import(run=heir, now=NOW)
    assert (reread(slow).state, Term.objects.count()) == (State.SAVED, 1)

    actions.work_on_import(run=slow, now=NOW)
    assert (reread(slow).state, Student.objects.count()) == (State.SAVED, 3)


def test_stops_saving_when_it_is_discarded_meanwhile(administrator):
    ImportRunFactory(waiting_save=True)
    run = actions.claim_import()

    assert actions.discard_import(run=run, by=administrator)
    actions.work_on_import(run=run, now=NOW)

    run = reread(run)
    assert (run.state, run.content, run.decided_by) == (State.DISCARDED, None, administrator)
    assert Term.objects.count() == 0


def test_forgets_a_check_that_is_discarded_meanwhile(administrator):
    ImportRunFactory()
    run = actions.claim_import()
    actions.discard_import(run=run, by=administrator)

    actions.work_on_import(run=run, now=NOW)

    assert (reread(run).state, reread(run).counts) == (State.DISCARDED, {})


def test_gives_up_after_some_tries(monkeypatch):
    ImportRunFactory()
    monkeypatch.setattr(actions, "import_workbook", lambda **_: 1 / 0)

    for _ in range(MOST_TRIES):
        run = actions.claim_import()
        with pytest.raises(ZeroDivisionError):
            actions.work_on_import(run=run, now=NOW)
    assert actions.claim_import() is None

    assert (reread(run).state, reread(run).content) == (State.FAILED, None)


def test_has_tries_of_its_own_for_saving(administrator):
    run = ImportRunFactory(checked=True, tries=2)

    actions.confirm_import(run=run, by=administrator)

    assert reread(run).tries == 0


@pytest.mark.parametrize("trait", ["checked", "refused", "saved", "failed", "discarded"])
def test_is_confirmed_only_when_checked_and_only_once(trait, administrator):
    run = ImportRunFactory(**{trait: True})

    assert actions.confirm_import(run=run, by=administrator) == (trait == "checked")
    assert not actions.confirm_import(run=run, by=administrator)


@pytest.mark.parametrize("trait", ["checked", "waiting_save", "refused", "saved", "failed"])
def test_is_discarded_until_it_is_over(trait, administrator):
    run = ImportRunFactory(**{trait: True})

    assert actions.discard_import(run=run, by=administrator) == (trait not in ("saved", "failed"))
    assert not reread(run).problems
    assert not actions.discard_import(run=run, by=administrator)


@pytest.mark.usefixtures("_now")
@pytest.mark.parametrize(("trait", "days"), [("checked", 7), ("refused", 30)])
def test_is_forgotten_when_nobody_comes_back_to_it(trait, days):
    old, young = ImportRunFactory.create_batch(2, **{trait: True})
    ImportRun.objects.filter(pk=old.pk).update(created_at=ago(days=days, hours=1))
    ImportRun.objects.filter(pk=young.pk).update(created_at=ago(days=days - 1))

    work_on_waiting_imports()

    assert (reread(old).state, reread(old).content) == (State.DISCARDED, None)
    assert reread(young).state == trait


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "elsewhere"},
        {"state": State.SAVED},
        {"state": State.CHECKING},
        {"content": None},
        {"state": State.REFUSED, "content": None, "finished_at": NOW},
        {"problem_count": 1},
        {"claimed_until": NOW},
    ],
)
def test_cannot_be_in_a_state_that_makes_no_sense(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRunFactory(**fields)


@pytest.mark.django_db(transaction=True)
def test_shows_its_progress_and_its_life_to_others_while_it_saves(monkeypatch):
    monkeypatch.setattr(run_report, "PAUSE", 0)
    seen = []
    ImportRunFactory(waiting_save=True)
    run = actions.claim_import()
    die(run)
    outside = connection.copy()
    tell = RunReport.__call__

    def tell_and_look(report, words, done, total):
        tell(report, words, done, total)
        with outside.cursor() as cursor:
            cursor.execute(
                "SELECT step, steps_done, steps_total, claimed_until > now() + %s::interval"
                " FROM exchange_importrun WHERE id = %s",
                [LEASE / 2, run.pk],
            )
            seen.append(cursor.fetchone())

    monkeypatch.setattr(RunReport, "__call__", tell_and_look)
    try:
        actions.work_on_import(run=run, now=NOW)
    finally:
        outside.close()

    assert [done for _words, done, _total, _lives in seen] == list(range(15))
    assert {(total, lives) for _words, _done, total, lives in seen} == {(15, True)}
    assert "Saving meetings" in [words for words, *_rest in seen]
    assert reread(run).state == State.SAVED


@pytest.mark.django_db(transaction=True)
def test_does_not_renew_a_claim_that_is_not_its_own():
    ImportRunFactory()
    slow = actions.claim_import()
    die(slow)
    heir = actions.claim_import()
    until = reread(heir).claimed_until

    with RunReport(slow) as report:
        report("Reading term", 3, 9)

    assert (reread(heir).claimed_until, reread(heir).step) == (until, "")
