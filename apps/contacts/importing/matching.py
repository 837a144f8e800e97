"""Who in a file is whom: somebody on the list, somebody named before in the file, or new."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from apps.contacts.files.person import ContactFile, FileKind, ParsedPerson, SkippedRow
from apps.contacts.fingerprints import fingerprint, keys_of
from apps.contacts.importing.details import details_of
from apps.contacts.importing.faces import Face, Gallery, have_different_addresses
from apps.contacts.importing.known import EarlierImports
from apps.contacts.importing.progress import Report, silent
from apps.contacts.wishes import erased_among

# Says nothing about the person, least of all that somebody else knows them.
CANNOT_BE_IMPORTED = "This row cannot be imported."


@dataclass(frozen=True)
class Choices:
    """What the student decided: rows to leave out, and which row is which contact or nobody's."""

    left_out: frozenset[int] = frozenset()
    same: Mapping[int, int] = field(default_factory=dict)  # row → the contact it is
    two: frozenset[int] = frozenset()  # rows that are somebody else


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """A row that shares its name, and no evidence, with a contact."""

    row: int
    contact: int
    is_same: bool  # as decided, or else as it looks
    is_told_apart: bool  # the student says that they are two people
    face: str  # the row's digest


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A person of the file who is a contact already."""

    person: ParsedPerson
    contact: int

    @property
    def row(self) -> int:
        return self.person.row


@dataclass(slots=True)
class Matches:
    """Each person of a file is in one of the first three."""

    new: list[ParsedPerson] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    duplicates: list[PossibleDuplicate] = field(default_factory=list)


def match(
    file: ContactFile,
    known: Gallery,
    earlier: EarlierImports,
    choices: Choices,
    report: Report = silent,
) -> Matches:
    """Find out who is whom: first by evidence, then by what the student says."""
    matching = _Matching(file, known)
    for done, person in enumerate(file.people, 1):
        matching.place(person)
        report(done, len(file.people))
    matching.ask(earlier, choices)
    return matching.matches


class _Matching:
    def __init__(self, file: ContactFile, known: Gallery) -> None:
        self.matches = Matches()
        self._known = known
        self._erased = _erased_in(file)
        self._noun = "card" if file.kind == FileKind.VCARD else "row"
        self._rows = Gallery()
        self._row_of_contact: dict[int, int] = {}
        self._undecided: list[ParsedPerson] = []

    def place(self, person: ParsedPerson) -> None:
        """Sort one person in, as far as there is evidence."""
        if self._is_erased(person):
            self._skip(person, CANNOT_BE_IMPORTED)
            return
        face = Face.of(details_of(person))
        if repeats := self._repeats(face):
            self._skip(person, repeats)
            return
        contact = self._known.with_key(face.keys) or self._known_by_name(face)
        if contact in self._row_of_contact:
            row = self._row_of_contact[contact]
            self._skip(person, f"The same person on your list as {self._noun} {row}.")
            return
        self._rows.add(person.row, face)
        if contact is None:
            self._undecided.append(person)
        else:
            self._take(person, contact)

    def ask(self, earlier: EarlierImports, choices: Choices) -> None:
        """Sort in those of whom there is no evidence."""
        named = [self._known.named(self._rows[person.row].name) for person in self._undecided]
        settled = earlier.settled(contact for contacts in named for contact in contacts)
        for person, contacts in zip(self._undecided, named, strict=True):
            free = [contact for contact in contacts if contact not in self._row_of_contact]
            contact = None
            if free:
                contact = self._settled(person.row, free, settled)
                contact = contact or self._decided(person.row, free, choices)
            if contact:
                self._take(person, contact)
            else:
                self.matches.new.append(person)

    def _settled(self, row: int, free: list[int], settled: set[tuple[int, str]]) -> int | None:
        digest = self._rows[row].digest()
        return next((contact for contact in free if (contact, digest) in settled), None)

    def _decided(self, row: int, free: list[int], choices: Choices) -> int | None:
        """Put the question down, and return the contact if the answer is "same person"."""
        face = self._rows[row]
        chosen = choices.same.get(row)
        if chosen in free:
            contact, is_same = chosen, True
        else:
            alike = [one for one in free if face.job_title and self._known[one].place == face.place]
            contact = alike[0] if alike else free[0]
            is_same = bool(alike) and row not in choices.two
        self.matches.duplicates.append(
            PossibleDuplicate(row, contact, is_same, row in choices.two, face.digest())
        )
        return contact if is_same else None

    def _is_erased(self, person: ParsedPerson) -> bool:
        return bool(self._erased) and not self._erased.isdisjoint(
            keys_of(person.emails, person.links)
        )

    def _known_by_name(self, face: Face) -> int | None:
        alike = (contact for contact, _words in self._known.like(face))
        return next((one for one in alike if one not in self._row_of_contact), None)

    def _repeats(self, face: Face) -> str:
        """Say which row of the file has this person already, or return ""."""
        for words, keys in (("e-mail", face.emails), ("profile link", face.links)):
            if row := self._rows.with_key(keys):
                return f"Same {words} as {self._noun} {row}."
        for row, words in self._rows.like(face):
            if not have_different_addresses(face, self._rows[row]):
                return f"Same {words} as {self._noun} {row}."
        return ""

    def _take(self, person: ParsedPerson, contact: int) -> None:
        self._row_of_contact[contact] = person.row
        self.matches.known.append(Known(person, contact))

    def _skip(self, person: ParsedPerson, reason: str) -> None:
        text = ", ".join(filter(None, (person.name, *person.emails[:1], person.organization)))
        self.matches.skipped.append(SkippedRow(person.row, reason, text[:80]))


def _erased_in(file: ContactFile) -> set[str]:
    """Return the keys in the file whose owners asked to be erased."""
    people = file.people
    keys = {key for person in people for key in keys_of(person.emails, person.links)}
    key_of = {fingerprint(key): key for key in keys}
    return {key_of[found] for found in erased_among(key_of)}
