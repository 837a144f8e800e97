"""Who of the file is whom of the database: by the institution's id first, then by e-mail.

An address that belongs to somebody with another id is never followed: addresses change hands.
"""

from dataclasses import dataclass, field

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.students.models import Student
from apps.students.roster.known import Known
from apps.students.roster.people import LENGTHS, Person
from apps.students.roster.table import WORDS, Meaning, Remark

ID, EMAIL, NAME = WORDS[Meaning.STUDENT_ID], WORDS[Meaning.EMAIL], WORDS[Meaning.FULL_NAME]
FREE_IT = "Give the student an address of their own in the file, or free this one first."
KEEP_ONE = "Keep the row that is right, and take the other out of the file."


@dataclass(frozen=True, slots=True)
class Match:
    """A person with the student that they are, or None, and what is news about that student."""

    person: Person
    student: Student | None
    news: dict[str, str] = field(default_factory=dict)

    @property
    def student_key(self) -> int:
        return self.student.pk if self.student else 0

    @property
    def new_id(self) -> str:
        """The id of a student who is made: an address stands in for one that is not known yet."""
        return self.person.student_id or self.person.email


class _Problem(Exception):
    def __init__(self, column: str, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.column, self.problem, self.remedy = column, problem, remedy


class Matching:
    """Takes people one by one. What cannot be is in `problems`, what is odd in `remarks`."""

    def __init__(self, known: Known) -> None:
        self.problems: list[Remark] = []
        self.remarks: list[Remark] = []
        self._known = known
        self._by_id: dict[str, Person] = {}
        self._by_email: dict[str, Person] = {}
        self._taken: dict[int, Person] = {}

    def match(self, person: Person) -> Match | None:
        """Return who this is, or None if the row is a repetition or a problem."""
        try:
            if self._is_repetition(person):
                return None
            student = self._find(person)
            if student is not None:
                self._take(student, person)
            elif not person.name:
                raise _Problem(NAME, "There is no name in this row.", "Add one to the file.")
            news = self._news(person, student)
        except _Problem as why:
            self.problems.append(Remark(person.row, why.column, why.problem, why.remedy))
            return None
        return Match(person, student, news)

    def _is_repetition(self, person: Person) -> bool:
        for key, seen, column in (
            (person.student_id, self._by_id, ID),
            (person.email, self._by_email, EMAIL),
        ):
            first = seen.get(key) if key else None
            if first is None:
                continue
            if person.says_the_same(first):
                if person.section == first.section:
                    words = f"This row says the same as row {first.row}."
                    self.remarks.append(Remark(person.row, column, words, "It is taken once."))
                return True
            what = "id" if column == ID else "address"
            words = f"This {what} is in row {first.row} too, where {_other(first, person)}."
            raise _Problem(column, words, KEEP_ONE)
        if person.student_id:
            self._by_id.setdefault(person.student_id, person)
        if person.email:
            self._by_email.setdefault(person.email, person)
        return False

    def _find(self, person: Person) -> Student | None:
        owners = self._known.by_address.get(person.email, []) if person.email else []
        if not person.student_id:
            if len(owners) > 1:
                words = "Several students have this address."
                raise _Problem(EMAIL, words, "Add the student id to the file.")
            return owners[0] if owners else self._known.by_id.get(person.email)
        student = self._known.by_id.get(person.student_id)
        if student is None:
            for owner in owners:
                if owner.student_id == person.email:
                    return owner  # came in without an id, and has one now
        for owner in owners:
            if owner is not student and (student is None or student.email.lower() != person.email):
                raise _Problem(EMAIL, f"This address belongs to {self._told(owner)}.", FREE_IT)
        return student

    def _take(self, student: Student, person: Person) -> None:
        first = self._taken.setdefault(student.pk, person)
        if first is not person:
            words = f"This is the same student as in row {first.row}."
            raise _Problem(EMAIL, words, KEEP_ONE)
        if self._known.may_see(student):
            return
        # To know an id is no way into the record behind it: the row has to say whose it is.
        is_named = (person.given_name.casefold(), person.family_name.casefold()) == (
            student.given_name.casefold(),
            student.family_name.casefold(),
        )
        if not is_named and (not person.email or person.email != student.email.lower()):
            words = "This id belongs to somebody by another name, in no class of yours."
            raise _Problem(ID, words, "Look at the id again, or ask an administrator.")

    def _news(self, person: Person, student: Student | None) -> dict[str, str]:
        if student is None or not self._known.may_see(student):
            return {}
        news = {
            name: value
            for name in ("student_id", "given_name", "family_name")
            if (value := getattr(person, name)) and value != getattr(student, name)
        }
        if person.email and person.email != student.email.lower():
            if self._may_move(student, person.email):
                self._check_free(person, student.user)
                news["email"] = person.email
            else:
                words = f"{student.name} signs in with another address, which stays."
                remedy = "If it has changed, an administrator moves the account."
                self.remarks.append(Remark(person.row, EMAIL, words, remedy))
        return news

    def _may_move(self, student: Student, address: str) -> bool:
        """Whose account is used keeps its address, unless an administrator changes it."""
        user = student.user
        if user is None or user.email == address or self._known.is_trusted:
            return True
        return user.last_login is None and set(user.roles) <= {Role.STUDENT.value}

    def _check_free(self, person: Person, own: User | None) -> None:
        account = self._known.accounts.get(person.email)
        if account is None or own is None or account.pk == own.pk:
            return
        raise _Problem(EMAIL, "This address belongs to another account.", FREE_IT)

    def _told(self, owner: Student) -> str:
        if self._known.may_see(owner):
            return f"{owner.name}, whose id is {owner.student_id}"
        return "somebody else whom the program knows"


def _other(first: Person, second: Person) -> str:
    """Say in which fields two rows differ."""
    fields = [WORDS[one].lower() for one in LENGTHS if getattr(first, one) != getattr(second, one)]
    *others, last = fields
    named = f"{', '.join(others)} and {last}" if others else last
    return f"{named} {'differ' if others else 'differs'}"
