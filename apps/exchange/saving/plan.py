"""The whole workbook against the whole database."""

from typing import Any

from apps.common.bulk import check_constraints_now, count_afresh
from apps.contacts.models import Contact
from apps.exchange.progress import Progress
from apps.exchange.saving.erased import mark_erased, without_erased
from apps.exchange.saving.journal import KEEPINGS, Journal
from apps.exchange.saving.people import People
from apps.exchange.saving.term import TermPlan
from apps.exchange.workbook.problems import Problems
from apps.meetings.models import Meeting
from apps.outcomes.models import Offer
from apps.outreach.models import Attempt
from apps.students.models import Enrolment, Student, Term

COMPARING_STEPS = 2
WRITING_STEPS = 2 + len(KEEPINGS)


class Plan:
    """What saving the workbook would do. Made by reading only; `write` needs a transaction.

    `problems` grows by what only the database knows; `write` may follow only if there are none.
    """

    def __init__(
        self, rows: dict[str, list[Any]], *, problems: Problems, progress: Progress
    ) -> None:
        progress.step("Comparing people with those already here")
        self._term = TermPlan(rows["term"][0])
        self._people = People(rows["students"], self._term.term.code, problems)
        progress.step("Comparing what they recorded")
        known_pks = self._people.known_pks
        rows = {**rows, "contacts": without_erased(rows["contacts"], known_pks)}
        self._journals = [Journal(k, rows[k.table], known_pks) for k in KEEPINGS]

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many rows are new, changed and unchanged, table by table."""
        differences = {"term": self._term.difference, "students": self._people.difference}
        differences |= {journal.keeping.table: journal.difference for journal in self._journals}
        return {name: difference.counts() for name, difference in differences.items()}

    def write(self, progress: Progress) -> Term:
        progress.step("Saving students")
        term = self._term.write()
        students = self._people.write(term)
        contacts: dict[tuple[str, str], int] = {}
        for journal in self._journals:
            progress.step(f"Saving {journal.keeping.table}")
            journal.write(students, contacts)
        mark_erased(students.values())
        progress.step("Checking once more in the database")
        check_constraints_now()
        count_afresh(Student, Enrolment, Contact, Attempt, Meeting, Offer)
        return term
