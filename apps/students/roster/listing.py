"""The people of a class, and how far each has come in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from apps.accounts.models import Invitation
from apps.students.models import Cohort, Enrolment, Student


class Standing(StrEnum):
    IN = "in"
    WITHDRAWN = "withdrawn"
    INVITED = "invited"
    RAN_OUT = "ran out"
    CLOSED = "closed"
    NO_ADDRESS = "no address"
    NOT_INVITED = "not invited"


@dataclass(frozen=True, slots=True)
class Listed:
    enrolment: Enrolment
    standing: Standing
    invitation: Invitation | None

    @property
    def may_be_invited(self) -> bool:
        return self.standing in (Standing.INVITED, Standing.RAN_OUT, Standing.NOT_INVITED)


@dataclass(frozen=True)
class ClassList:
    """Whoever is in the class, in name order, then those who have withdrawn."""

    people: Sequence[Listed]
    withdrawn: Sequence[Listed]

    @property
    def invited(self) -> int:
        return sum(one.invitation is not None for one in self.people)

    @property
    def opened(self) -> int:
        return sum(bool(one.invitation and one.invitation.opened_at) for one in self.people)

    @property
    def signed_in(self) -> int:
        return sum(one.standing == Standing.IN for one in self.people)

    @property
    def to_invite(self) -> int:
        wanted = (Standing.NOT_INVITED, Standing.RAN_OUT)
        return sum(one.standing in wanted for one in self.people)

    @property
    def without_address(self) -> int:
        return sum(one.standing == Standing.NO_ADDRESS for one in self.people)


def class_list(cohort: Cohort, *, today: date, now: datetime) -> ClassList:
    enrolments = Enrolment.objects.filter(cohort=cohort).select_related("student__user")
    by_pk = {one.student_id: one for one in enrolments}
    users = [one.student.user_id for one in by_pk.values() if one.student.user_id]
    latest = {
        one.user_id: one for one in Invitation.objects.filter(user__in=users).order_by("made_at")
    }
    usable = set(Invitation.objects.usable(now).filter(user__in=users).values_list("pk", flat=True))
    in_order = Student.objects.filter(enrolments__cohort=cohort).by_name()
    listed = []
    for pk in in_order.values_list("pk", flat=True):
        enrolment = by_pk[pk]
        invitation = latest.get(enrolment.student.user_id or 0)
        standing = _standing(enrolment, invitation, usable, today)
        listed.append(Listed(enrolment, standing, invitation))
    withdrawn = [one for one in listed if one.standing == Standing.WITHDRAWN]
    return ClassList([one for one in listed if one.standing != Standing.WITHDRAWN], withdrawn)


def _standing(
    enrolment: Enrolment, invitation: Invitation | None, usable: set[int], today: date
) -> Standing:
    user = enrolment.student.user
    if enrolment.withdrawn_on is not None and enrolment.withdrawn_on <= today:
        return Standing.WITHDRAWN
    if user is not None and not user.is_active:
        return Standing.CLOSED
    if user is not None and user.last_login is not None:
        return Standing.IN
    if invitation is not None:
        return Standing.INVITED if invitation.pk in usable else Standing.RAN_OUT
    has_address = user is not None or enrolment.student.email
    return Standing.NOT_INVITED if has_address else Standing.NO_ADDRESS
