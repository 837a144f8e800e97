"""Whom a sign-on is, and what it changes about them."""

from datetime import date

import structlog
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.students.models import Enrolment, Student
from apps.students.signing_on import Claims, class_called, governed_roles

log = structlog.get_logger(__name__)


class NobodyWeKnow(Exception):
    """The sign-on belongs to no open account here. The message is for the log: it names nobody."""


def sign_on(*, claims: Claims, create: bool, today: date) -> tuple[User, SocialAccount]:
    """Return the person a sign-on belongs to, with their roles and classes as the settings say.

    Known by the provider's id from an earlier time, else by the institution's student id, else by
    a verified address. `create` says whether somebody unknown gets an account. Raises NobodyWeKnow.
    """
    try:
        with transaction.atomic():
            return _sign_on(claims, create=create, today=today)
    except IntegrityError as error:  # the same person in two browsers, or an address just taken
        raise NobodyWeKnow("met a change that was made meanwhile") from error


def _sign_on(claims: Claims, *, create: bool, today: date) -> tuple[User, SocialAccount]:
    links = SocialAccount.objects.filter(provider=claims.provider)
    link = links.filter(uid=claims.uid).first()
    found = link.user_id if link else _known_by_id(claims) or _known_by_address(claims)
    if found is None:
        if not (create and claims.roles and claims.email):
            raise NobodyWeKnow("no account")
        found = _new_account(claims).pk
    user = User.objects.select_for_update().get(pk=found)
    if not user.is_active:
        raise NobodyWeKnow(f"closed account of user {user.pk}")
    if link is None:
        if links.filter(user=user).exists():
            raise NobodyWeKnow(f"user {user.pk} belongs to another id of this provider")
        link = SocialAccount.objects.create(user=user, provider=claims.provider, uid=claims.uid)
        log.info("sign-on linked", user=user.pk, provider=claims.provider)
    _give_roles(user, claims)
    _give_classes(user, claims, today)
    return user, link


def _known_by_id(claims: Claims) -> int | None:
    if not claims.student_id:
        return None
    return (
        Student.objects.filter(student_id=claims.student_id).values_list("user", flat=True).first()
    )


def _known_by_address(claims: Claims) -> int | None:
    """Return whose address it is, unless the institution's id says that they are somebody else."""
    user = User.objects.filter(email=claims.email).first() if claims.email else None
    if user is None:
        return None
    of_student = Student.objects.filter(user=user).values_list("student_id", flat=True).first()
    if claims.student_id and of_student and of_student != claims.student_id:
        raise NobodyWeKnow(f"the address of user {user.pk} comes with another student id")
    return user.pk


def _new_account(claims: Claims) -> User:
    """Make an account without a role; what the mapping gives comes next, as for everybody."""
    user = User.objects.create_user(
        claims.email, given_name=claims.given_name, family_name=claims.family_name
    )
    if claims.student_id and Role.STUDENT in claims.roles:
        student, _ = Student.objects.get_or_create(
            student_id=claims.student_id,
            defaults={
                "given_name": claims.given_name or claims.email.partition("@")[0],
                "family_name": claims.family_name,
                "email": claims.email,
            },
        )
        student.user = user
        student.save(update_fields=["user"])
    log.info("account made by sign-on", user=user.pk, provider=claims.provider)
    return user


def _give_roles(user: User, claims: Claims) -> None:
    """Give the mapped roles, and take those that the directory governs and does not give."""
    kept = {Role(role) for role in user.roles} - governed_roles()
    roles = [role for role in Role if role in kept | claims.roles]
    if set(roles) != set(user.roles):
        log.info("roles set by sign-on", user=user.pk, before=sorted(user.roles), after=roles)
        user.roles = [role.value for role in roles]
        user.save(update_fields=["roles"])


def _give_classes(user: User, claims: Claims, today: date) -> None:
    """Add to the mapped classes; taking somebody out of a class stays with the people in charge."""
    student = Student.objects.filter(user=user).first()
    for name in sorted(claims.classes):
        cohort = class_called(name)
        if cohort is None:
            log.warning("sign-on is mapped to a class that is not there")
            continue
        if user.has_role(Role.COUNSELOR):
            cohort.counselors.add(user)
        if student and user.has_role(Role.STUDENT):
            Enrolment.objects.get_or_create(
                student=student, cohort=cohort, defaults={"enrolled_on": today}
            )
