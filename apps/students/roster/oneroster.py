"""OneRoster 1.1 and 1.2 as CSV in a .zip: users, classes, enrollments and, in 1.2, roles.

Of users we read who they are; every other column, passwords above all, is passed over. A blank
status counts as active. Source: 1EdTech, OneRoster CSV Binding.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from apps.common.archive import Archive
from apps.common.refusals import Refusal
from apps.students.roster.delimited import read_delimited
from apps.students.roster.guessing import cell
from apps.students.roster.headings import is_secret
from apps.students.roster.table import (
    NO_SECTION,
    Column,
    Kind,
    Line,
    Meaning,
    Remark,
    Table,
    Teacher,
)

COLUMNS = {
    "sourcedId": Meaning.STUDENT_ID,
    "identifier": "",
    "username": "",
    "givenName": Meaning.GIVEN_NAME,
    "familyName": Meaning.FAMILY_NAME,
    "email": Meaning.EMAIL,
    "class": Meaning.SECTION,
}
OF_USER = ("sourcedid", "identifier", "username", "givenname", "familyname", "email")
GONE = {"tobedeleted", "inactive"}
TABLES = ("users", "classes", "enrollments", "roles", "manifest")
STUDENT, TEACHER = "student", "teacher"


def holds_oneroster(paths: Sequence[str]) -> bool:
    """Tell whether these are tables of OneRoster; a delta may lack the users."""
    names = {_name(path) for path in paths}
    return ("users" in names and bool(names & {"manifest", "enrollments", "orgs"})) or (
        {"manifest", "enrollments"} <= names
    )


@dataclass
class _User:
    number: int
    cells: list[str]
    role: str
    has_left: bool
    enrolled: list[tuple[str, bool]] = field(default_factory=list)  # section, has left


def read_oneroster(archive: Archive, paths: Sequence[str]) -> Table:
    """Return the students of all classes, a line for each class they are in. Raises Refusal."""
    places = _places(paths)
    records = {
        name: list(_records(archive, places[name])) if name in places else [] for name in TABLES
    }
    manifest = {
        row.get("propertyname", "").lower(): row.get("value", "").lower()
        for _, row in records["manifest"]
    }
    reader = _Reader(records)
    lines = reader.lines()
    if not lines:
        raise Refusal("There are no students in this export.", "Export the class list again.")
    modes = {manifest.get(f"file.{name}", "") for name in ("users", "enrollments")}
    return Table(
        kind=Kind.ONEROSTER,
        notice=_notice(manifest, reader),
        columns=[Column(name, meaning) for name, meaning in COLUMNS.items()],
        lines=lines,
        dropped=_secret_columns(archive, places.get("users")),
        remarks=reader.remarks,
        is_full=modes == {"bulk"},
        teachers=reader.teachers(),
        counts=reader.counts,
    )


def _name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2].lower().removesuffix(".csv")


def _places(paths: Sequence[str]) -> dict[str, str]:
    """Return where each table is. All of them lie in one folder, and that is none of a folder."""
    places: dict[str, str] = {}
    folders = set()
    for path in paths:
        if _name(path) in TABLES:
            if _name(path) in places:
                raise Refusal(
                    f"The table {_name(path)}.csv is there twice.",
                    "Pack the files of one OneRoster export only.",
                )
            places[_name(path)] = path
            folders.add(path.replace("\\", "/").rpartition("/")[0])
    if len(folders) > 1 or any("/" in folder for folder in folders):
        raise Refusal(
            "The OneRoster tables lie in folders within folders.",
            "Pack the .csv files themselves, or the one folder that they are in.",
        )
    return places


def _records(archive: Archive, path: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the rows of a table by column, names in lower case, without what is secret."""
    header: list[str] = []
    for number, cells in read_delimited(archive.read(path)):
        if not header:
            header = [one.lower() for one in cells]
            wanted = [at for at, one in enumerate(cells) if not is_secret(one)]
        else:
            yield number, {header[at]: cell(cells, at) for at in wanted}


def _secret_columns(archive: Archive, path: str | None) -> list[str]:
    grid = read_delimited(archive.read(path)) if path else []
    return [name for name in grid[0][1] if is_secret(name)] if grid else []


Records = Mapping[str, Sequence[tuple[int, Mapping[str, str]]]]


class _Reader:
    """Puts users and classes together by their enrollments."""

    def __init__(self, records: Records) -> None:
        self.remarks: list[Remark] = []
        self.counts = {name: len(records[name]) for name in ("users", "classes", "enrollments")}
        self._classes = {
            row.get("sourcedid", ""): row.get("title", "") or row.get("classcode", "")
            for _, row in records["classes"]
        }
        roles = self._roles(records)
        self._users = {
            row.get("sourcedid", ""): _User(
                number=number,
                cells=[row.get(name, "") for name in OF_USER],
                role=row.get("role", "").lower() or roles.get(row.get("sourcedid", ""), ""),
                has_left=_is_gone(row),
            )
            for number, row in records["users"]
            if row.get("sourcedid")
        }
        self._teaching: dict[str, list[str]] = {}
        self._strangers: dict[str, _User] = {}
        for number, row in records["enrollments"]:
            self._enroll(number, row)

    def _roles(self, records: Records) -> dict[str, str]:
        """Return each user's role as 1.2 has it, in a table of its own; the primary one wins."""
        roles: dict[str, str] = {}
        for _, row in records["roles"]:
            user, role = row.get("usersourcedid", ""), row.get("role", "").lower()
            is_primary = row.get("roletype", "").lower() == "primary"
            if user and not _is_gone(row) and (is_primary or user not in roles):
                roles[user] = role
        return roles

    def _enroll(self, number: int, row: Mapping[str, str]) -> None:
        pk, of_class = row.get("usersourcedid", ""), row.get("classsourcedid", "")
        section = self._classes.get(of_class, "") or of_class
        user = self._users.get(pk)
        role = row.get("role", "").lower() or (user.role if user else "")
        if role == TEACHER and user:
            self._teaching.setdefault(pk, []).append(section)
        elif role == STUDENT and pk:
            if user is None:
                empty = [pk, *[""] * (len(OF_USER) - 1)]
                user = self._strangers.setdefault(pk, _User(number, empty, role, has_left=False))
                words = f"enrollments.csv names the user {pk[:64]}, whom users.csv does not have."
                remedy = "Export both tables at the same time, or add this student by hand."
                self.remarks.append(Remark(number, "userSourcedId", words, remedy))
            user.enrolled.append((section, _is_gone(row)))
        role_key = {STUDENT: "students", TEACHER: "teachers"}.get(role, "others")
        self.counts[role_key] = self.counts.get(role_key, 0) + 1

    def lines(self) -> list[Line]:
        lines = []
        for user in (*self._users.values(), *self._strangers.values()):
            make = partial(self._line, user)
            lines += [make(section, has_left) for section, has_left in user.enrolled]
            if not user.enrolled and user.role == STUDENT:
                lines.append(make(NO_SECTION, False))
        return sorted(lines, key=lambda line: line.number)

    def _line(self, user: _User, section: str, has_left: bool) -> Line:
        return Line(user.number, [*user.cells, section], user.has_left or has_left)

    def teachers(self) -> list[Teacher]:
        found = []
        for pk, sections in self._teaching.items():
            user = self._users[pk]
            _, _, _, given, family, email = user.cells
            if email and not user.has_left:
                name = f"{given} {family}".strip()
                found.append(Teacher(email.lower(), name, list(dict.fromkeys(sections))))
        return found


def _is_gone(row: Mapping[str, str]) -> bool:
    return row.get("status", "").lower() in GONE


def _notice(manifest: Mapping[str, str], reader: _Reader) -> str:
    counts, version = reader.counts, manifest.get("oneroster.version", "")
    name = f"OneRoster {version}".strip()
    roles = [f"{counts[one]:,} of {one}" for one in ("students", "teachers") if counts.get(one)]
    by_role = f" ({', '.join(roles)})" if roles else ""
    return (
        f"{name}: {counts['users']:,} users, "
        f"{counts['classes']:,} classes, {counts['enrollments']:,} enrollments{by_role}."
    )
