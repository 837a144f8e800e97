"""What the database already knows of the people in a workbook, fetched with a few queries."""

from typing import Any

from apps.common.bulk import in_batches
from apps.exchange.saving.accounts import Accounts
from apps.exchange.workbook.tables import StudentRow
from apps.outcomes.models import NoOfferConfirmation
from apps.students.models import Cohort, Enrolment, Student

ENROLMENT_FIELDS = ("program", "class_year", "enrolled_on", "withdrawn_on")


class StoredPeople:
    """Students by id, and their rows in the term `code` by student id and cohort name."""

    def __init__(self, rows: list[StudentRow], code: str) -> None:
        ids = dict.fromkeys(row.student_id for row in rows)
        students = in_batches(Student.objects.all(), "student_id", ids)
        self.students: dict[str, Student] = {s.student_id: s for s in students}
        pks = [student.pk for student in self.students.values()]

        self.cohorts = {cohort.name: cohort for cohort in Cohort.objects.filter(term__code=code)}
        through = Cohort.counselors.through.objects.filter(cohort__term__code=code)
        self.counselors = set(through.values_list("cohort__name", "user_id"))

        enrolments = Enrolment.objects.filter(cohort__term__code=code).values_list(
            "pk", "student__student_id", "cohort__name", *ENROLMENT_FIELDS
        )
        self.enrolments: dict[tuple[str, str], tuple[int, tuple[Any, ...]]] = {
            (student_id, cohort): (pk, tuple(values))
            for pk, student_id, cohort, *values in in_batches(enrolments, "student", pks)
        }
        confirmations = NoOfferConfirmation.objects.filter(term__code=code)
        self.confirmations: dict[str, NoOfferConfirmation] = {
            confirmation.student.student_id: confirmation
            for confirmation in in_batches(confirmations.select_related("student"), "student", pks)
        }
        addresses = {row.email for row in rows if row.email}
        addresses.update(address for row in rows for address in row.counselor_email)
        user_pks = [s.user_id for s in self.students.values() if s.user_id]
        self.accounts = Accounts(addresses, user_pks)
