"""The accounts of the people in a workbook: who has one, who gets one, whose address moves."""

from collections.abc import Iterable

from django.contrib.auth.hashers import make_password

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.common.bulk import in_batches
from apps.students.models import Student


class AddressTaken(Exception):
    """The address belongs to somebody else's account; the message says whose."""


class Accounts:
    """Plans in memory, with a few queries; `write` then saves what was planned."""

    def __init__(self, addresses: Iterable[str], user_pks: Iterable[int]) -> None:
        users = [
            *in_batches(User.objects.all(), "email", set(addresses)),
            *in_batches(User.objects.all(), "pk", set(user_pks)),
        ]
        self._by_pk = {user.pk: user for user in users}
        self._by_address = {user.email: user for user in self._by_pk.values()}
        students = Student.objects.values_list("user_id", "student_id")
        self._owners = dict(in_batches(students, "user", self._by_pk))
        self._new: list[User] = []
        self._changed: dict[int, User] = {}

    def of_student(
        self, student_id: str, address: str, names: tuple[str, str], known: Student | None
    ) -> tuple[User | None, bool]:
        """Return the account a student should have, and whether anything changes by that.

        The file's address wins when it is new. As long as it stays the same, the account is left
        alone: the person may have moved it to another address. Raises `AddressTaken`.
        """
        linked = self._by_pk[known.user_id] if known and known.user_id else None
        if not address or (linked and known and known.email == address):
            return linked, False
        user = self._by_address.get(address)
        if linked:
            return linked, self._move(linked, address, user)
        owner = self._owners.get(user.pk) if user and user.pk else None
        if user and owner is not None and owner != student_id:
            raise AddressTaken(f"This address already belongs to student {owner}.")
        if user is None:
            user = self._create(address, names)
        self._grant(user, Role.STUDENT)
        return user, True

    def of_counselor(self, address: str) -> tuple[User, bool]:
        """Return a counselor's account, and whether anything changes by that."""
        user = self._by_address.get(address)
        if user is None:
            user = self._create(address, ("", ""))
        return user, self._grant(user, Role.COUNSELOR)

    def write(self) -> None:
        User.objects.bulk_create(self._new, batch_size=1_000)
        User.objects.bulk_update(self._changed.values(), ["email", "roles"], batch_size=1_000)

    def _create(self, address: str, names: tuple[str, str]) -> User:
        """Plan an account without a password: the person sets one by the reset mail."""
        given_name, family_name = names
        user = User(
            email=address,
            given_name=given_name,
            family_name=family_name,
            password=make_password(None),
            roles=[],
        )
        self._new.append(user)
        self._by_address[address] = user
        return user

    def _grant(self, user: User, role: Role) -> bool:
        if role in user.roles:
            return False
        user.roles = [*user.roles, role.value]
        self._note(user)
        return True

    def _move(self, linked: User, address: str, user: User | None) -> bool:
        if user is linked:
            return False
        if user is not None:
            raise AddressTaken("This address already belongs to another account.")
        linked.email = address  # the old one stays taken until this import is over
        self._by_address[address] = linked
        self._note(linked)
        return True

    def _note(self, user: User) -> None:
        if user.pk:
            self._changed[user.pk] = user
