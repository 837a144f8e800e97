"""What the database knows of the people in a class list, fetched with a few queries."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.db.models.functions import Lower

from apps.accounts.models import User
from apps.accounts.roles import Permission, Role
from apps.common.bulk import in_batches
from apps.students.models import Cohort, Enrolment, Student
from apps.students.roster.people import People
from apps.students.roster.table import Teacher


class Known:
    """Students by id and by address, accounts by address, and the enrollments of the class.

    `by` is who brings the list in; None stands for the operator. Only administrators and the
    operator move the address of an account that somebody uses. Students whom `by` may not see are
    matched, and nothing of them is told or changed.
    """

    def __init__(
        self, cohort: Cohort, people: People, teachers: Sequence[Teacher], by: User | None
    ) -> None:
        ids = {person.student_id for person in people.people if person.student_id}
        addresses = {person.email for person in people.people if person.email}
        students = Student.objects.select_related("user")
        # An address in place of an id: a student who came in without one, and may have one now.
        by_id = [*in_batches(students, "student_id", ids | addresses)]
        lower = students.annotate(address=Lower("email"))
        by_address = [*in_batches(lower, "address", addresses)]
        by_account = [*in_batches(students, "user__email", addresses)]
        every = {one.pk: one for one in (*by_id, *by_address, *by_account)}
        self.by_id = {one.student_id: one for one in every.values()}
        self.by_address: dict[str, list[Student]] = {}
        for student in every.values():
            account = student.user.email if student.user else ""
            for address in {student.email.lower(), account} - {""}:
                self.by_address.setdefault(address, []).append(student)
        self.accounts = {
            one.email: one for one in in_batches(User.objects.all(), "email", addresses)
        }
        enrolments = Enrolment.objects.filter(cohort=cohort).select_related("student__user")
        self.enrolments = {one.student_id: one for one in enrolments}
        self.is_trusted = by is None or by.may(Permission.IMPORT_SEMESTER)
        self._seen = None if self.is_trusted or by is None else _visible(every, by)
        self.counselor_accounts = _counselors(cohort, teachers) if self.is_trusted else {}

    def may_see(self, student: Student) -> bool:
        return self._seen is None or student.pk in self._seen or student.pk in self.enrolments


def _visible(students: dict[int, Student], by: User) -> set[int]:
    visible: QuerySet[Student] = Student.objects.visible_to(by)
    return {one.pk for one in in_batches(visible.only("pk"), "pk", students)}


def _counselors(cohort: Cohort, teachers: Sequence[Teacher]) -> dict[str, User]:
    """Return, of the teachers in the file, the counselors who do not look after the class yet."""
    if not teachers:
        return {}
    users = User.objects.filter(is_active=True, roles__contains=[Role.COUNSELOR.value])
    users = users.exclude(cohorts=cohort)
    return {one.email: one for one in in_batches(users, "email", {t.email for t in teachers})}
