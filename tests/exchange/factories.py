from factory import LazyAttribute, LazyFunction, SubFactory, Trait
from factory.django import DjangoModelFactory

from apps.exchange.models import ImportRun, State
from tests.accounts.factories import UserFactory
from tests.clock import ago
from tests.exchange.workbooks import Workbook
from tests.students.factories import TermFactory

COUNTS = {"term": {"new": 1, "changed": 0, "unchanged": 0}}
PROBLEM = {
    "table": "contacts",
    "row": 3,
    "column": "listed_on",
    "value": "soon",
    "problem": "This is not a date.",
    "remedy": "Write it like 2025-09-02.",
}


class ImportRunFactory(DjangoModelFactory[ImportRun]):
    """A workbook that waits to be checked; the traits take it further."""

    class Meta:
        model = ImportRun

    class Params:
        checked = Trait(state=State.CHECKED, term_code="2025-fall", counts=COUNTS)
        waiting_save = Trait(
            state=State.WAITING_SAVE,
            term_code="2025-fall",
            counts=COUNTS,
            decided_by=SubFactory(UserFactory, administrator=True),
        )
        refused = Trait(
            state=State.REFUSED,
            content=None,
            finished_at=LazyFunction(lambda: ago(hours=1)),
            problems=[PROBLEM],
            problem_count=1,
        )
        saved = Trait(
            state=State.SAVED,
            content=None,
            finished_at=LazyFunction(lambda: ago(hours=1)),
            term=SubFactory(TermFactory),
            counts=COUNTS,
        )
        failed = Trait(
            state=State.FAILED, content=None, finished_at=LazyFunction(lambda: ago(hours=1))
        )
        discarded = Trait(
            state=State.DISCARDED, content=None, finished_at=LazyFunction(lambda: ago(hours=1))
        )  # fmt: skip

    created_by = SubFactory(UserFactory, administrator=True)
    file_name = "fall.zip"
    content = LazyFunction(lambda: Workbook().to_upload().content)
    size = LazyAttribute(lambda run: len(run.content or b""))
