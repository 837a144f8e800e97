"""The table of students against the database: cohorts, people, enrolments and accounts."""

from dataclasses import dataclass
from typing import Any

from apps.accounts.models import User
from apps.common.bulk import insert_rows, new_ids, update_rows
from apps.common.refusals import Problem, shown
from apps.exchange.saving.accounts import AddressTaken
from apps.exchange.saving.difference import Difference
from apps.exchange.saving.stored import ENROLMENT_FIELDS, StoredPeople
from apps.exchange.workbook.problems import Problems
from apps.exchange.workbook.tables import StudentRow
from apps.outcomes.models import NoOfferConfirmation
from apps.students.models import Cohort, Enrolment, Student, Term

PERSON_FIELDS = ("given_name", "family_name", "email")


@dataclass
class Person:
    """A student of the workbook: the first row speaks for the person in all of them."""

    row: StudentRow
    known: Student | None
    account: User | None
    is_changed: bool

    def values(self) -> list[Any]:
        return [getattr(self.row, name) for name in PERSON_FIELDS]


class People:
    """Compares on creation, adding what stands in the way to `problems`; `write` then writes.

    A row counts as new if the student was not in that cohort yet, however well known.
    """

    def __init__(self, rows: list[StudentRow], term_code: str, problems: Problems) -> None:
        self._stored = StoredPeople(rows, term_code)
        self._persons: dict[str, Person] = {}
        self._counselors: dict[tuple[str, str], User] = {}  # those to add, by cohort and address
        self._cohorts = dict.fromkeys(row.cohort for row in rows)
        self.difference = Difference()
        for row in rows:
            if row.student_id not in self._persons:
                self._persons[row.student_id] = self._plan_person(row, problems)
            has_news = self._plan_counselors(row)
            self._compare(row, has_news or self._persons[row.student_id].is_changed)

    @property
    def known_pks(self) -> list[int]:
        return [student.pk for student in self._stored.students.values()]

    def _plan_person(self, row: StudentRow, problems: Problems) -> Person:
        known = self._stored.students.get(row.student_id)
        person = Person(row, known, account=None, is_changed=False)
        try:
            person.account, person.is_changed = self._stored.accounts.of_student(
                row.student_id, row.email, (row.given_name, row.family_name), known
            )
        except AddressTaken as taken:
            remedy = "Give the student another address, or free this one first."
            place = ("students", row.number, "email", shown(row.email))
            problems.add(Problem(str(taken), remedy, *place))
        stored = known and [getattr(known, name) for name in PERSON_FIELDS]
        if stored != person.values() or self._confirmed_on(row) != row.no_offer_confirmed_on:
            person.is_changed = True
        return person

    def _confirmed_on(self, row: StudentRow) -> Any:
        confirmation = self._stored.confirmations.get(row.student_id)
        return confirmation and confirmation.confirmed_on

    def _plan_counselors(self, row: StudentRow) -> bool:
        has_news = False
        for address in row.counselor_email:
            user, is_granted = self._stored.accounts.of_counselor(address)
            is_there = (row.cohort, user.pk) in self._stored.counselors
            if not is_there:
                self._counselors[row.cohort, address] = user
            has_news = has_news or is_granted or not is_there
        return has_news

    def _compare(self, row: StudentRow, has_news: bool) -> None:
        found = self._stored.enrolments.get((row.student_id, row.cohort))
        if found is None:
            self.difference.new.append(row)
        elif has_news or found[1] != _enrolment(row):
            self.difference.changed.append((found[0], row))
        else:
            self.difference.unchanged += 1

    def write(self, term: Term) -> dict[str, int]:
        """Write what differs; return the primary keys of the workbook's students by their id."""
        self._stored.accounts.write()
        cohorts = self._write_cohorts(term)
        students = self._write_students()
        self._write_enrolments(students, cohorts)
        self._write_confirmations(students, term)
        return students

    def _write_cohorts(self, term: Term) -> dict[str, int]:
        stored = self._stored.cohorts
        new = [Cohort(term=term, name=name) for name in self._cohorts if name not in stored]
        Cohort.objects.bulk_create(new)
        pks = {cohort.name: cohort.pk for cohort in [*stored.values(), *new]}
        through = Cohort.counselors.through
        links = [
            through(cohort_id=pks[cohort], user_id=user.pk)
            for (cohort, _address), user in self._counselors.items()
        ]
        through.objects.bulk_create(links, ignore_conflicts=True)
        return pks

    def _write_students(self) -> dict[str, int]:
        new = [person for person in self._persons.values() if person.known is None]
        changed = [person for person in self._persons.values() if person.known is not None]
        pks = {student.student_id: student.pk for student in self._stored.students.values()}
        pks.update(zip((p.row.student_id for p in new), new_ids(Student, len(new)), strict=True))

        def values(person: Person) -> list[Any]:
            account = person.account and person.account.pk
            return [pks[person.row.student_id], account, *person.values()]

        fields = ["id", "user", *PERSON_FIELDS]
        rows = ([*values(person), person.row.student_id] for person in new)
        insert_rows(Student, [*fields, "student_id"], rows)
        update_rows(Student, fields, [values(p) for p in changed if p.is_changed])
        return pks

    def _write_enrolments(self, students: dict[str, int], cohorts: dict[str, int]) -> None:
        new = [
            [students[row.student_id], cohorts[row.cohort], *_enrolment(row)]
            for row in self.difference.new
        ]
        insert_rows(Enrolment, ["student", "cohort", *ENROLMENT_FIELDS], new)
        changed = [[pk, *_enrolment(row)] for pk, row in self.difference.changed]
        update_rows(Enrolment, ["id", *ENROLMENT_FIELDS], changed)

    def _write_confirmations(self, students: dict[str, int], term: Term) -> None:
        """Make the word of no offer what the workbook says; an empty cell takes it back."""
        stored = self._stored.confirmations
        changed_rows = [p.row for p in self._persons.values() if p.is_changed]
        given = {row.student_id: row.no_offer_confirmed_on for row in changed_rows}
        new = [
            [students[student_id], term.pk, day]
            for student_id, day in given.items()
            if day and student_id not in stored
        ]
        insert_rows(NoOfferConfirmation, ["student", "term", "confirmed_on"], new)
        changed = [[stored[s].pk, day] for s, day in given.items() if day and s in stored]
        update_rows(NoOfferConfirmation, ["id", "confirmed_on"], changed)
        withdrawn = [stored[s].pk for s, day in given.items() if not day and s in stored]
        NoOfferConfirmation.objects.filter(pk__in=withdrawn).delete()


def _enrolment(row: StudentRow) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in ENROLMENT_FIELDS)
