from datetime import timedelta
from uuid import uuid4

from factory import LazyAttribute, LazyFunction, SubFactory, Trait
from factory.django import DjangoModelFactory

from apps.exchange.models import ImportRun, State
from apps.exchange.workbook.problems import Problem
from tests.accounts.factories import UserFactory
from tests.clock import NOW, ahead
from tests.students.factories import TermFactory

NOTHING_TO_READ = b"no workbook at all"


def _worked_on(state: State) -> Trait:
    return Trait(
        state=state,
        claim=LazyFunction(uuid4),
        claimed_until=ahead(seconds=90),
        tries=1,
        step="Comparing contacts",
        steps_done=3,
        steps_total=12,
    )


def _finished(state: State, **fields: object) -> Trait:
    return Trait(state=state, content=None, finished_at=NOW + timedelta(minutes=1), **fields)


class ImportRunFactory(DjangoModelFactory[ImportRun]):
    """An upload that no worker has looked at; each trait is a state that it can come to."""

    class Meta:
        model = ImportRun

    class Params:
        checking = _worked_on(State.CHECKING)
        checked = Trait(
            state=State.CHECKED,
            term_code="2025-fall",
            counts={"students": {"new": 2, "changed": 1, "unchanged": 40}},
        )
        waiting_save = Trait(state=State.WAITING_SAVE)
        saving = _worked_on(State.SAVING)
        saved = _finished(State.SAVED, term=SubFactory(TermFactory))
        refused = _finished(
            State.REFUSED,
            problems=LazyFunction(
                lambda: [Problem("This is no workbook.", "Choose another file.").as_json()]
            ),
            problem_count=1,
        )
        discarded = _finished(State.DISCARDED)
        failed = _finished(State.FAILED, tries=3)

    created_by = SubFactory(UserFactory, administrator=True)
    file_name = "2025-fall.xlsx"
    content = NOTHING_TO_READ
    size = LazyAttribute(lambda run: len(run.content or NOTHING_TO_READ))
