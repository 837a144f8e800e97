"""What one person has in common with another, whether in a file or on the list."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from itertools import islice
from typing import Any

from apps.contacts.fingerprints import email_key, fingerprint, link_key

_FEWEST_DIGITS = 6
_COUNTED_DIGITS = 9  # of the end: what comes before is written in many ways, +49, 0049, 0


@dataclass(frozen=True, slots=True)
class Face:
    """What a person is known by, in one spelling."""

    name: str
    organization: str
    job_title: str
    emails: tuple[str, ...]
    links: tuple[str, ...]
    phones: tuple[str, ...]
    note: str

    @classmethod
    def of(cls, details: Mapping[str, Any]) -> "Face":
        """Return the face of a contact's fields, by name."""
        emails = (details["email"], *details["more_emails"])
        return cls(
            name=alike(details["name"]),
            organization=alike(details["organization"]),
            job_title=alike(details["job_title"]),
            emails=_each_once(map(email_key, emails)),
            links=_each_once(map(link_key, details["links"])),
            phones=_each_once(map(phone_key, details["phones"])),
            note=alike(details["note"]),
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """The addresses and links. Each of them is one person's alone."""
        return self.emails + self.links

    @property
    def place(self) -> tuple[str, str]:
        return self.organization, self.job_title

    def digest(self) -> str:
        """Return a keyed digest of all of it, to know the same row again without keeping it."""
        return fingerprint("\n".join(map(repr, astuple(self))))


def are_two_on_one_site(one: Face, other: Face) -> bool:
    """Tell whether each has a profile of their own on the same site."""
    sites, other_sites = ({link.partition("/")[0] for link in f.links} for f in (one, other))
    return not sites.isdisjoint(other_sites) and not _share(one.links, other.links)


def have_different_addresses(one: Face, other: Face) -> bool:
    return bool(one.emails and other.emails and not _share(one.emails, other.emails))


class Gallery:
    """Faces under the number of whose they are, to be found again; who came first is found first.

    Where very many bear one name, only the first of them are compared: a file must not be able to
    make us compare everybody with everybody.
    """

    MOST_COMPARED = 50

    def __init__(self) -> None:
        self._faces: dict[int, Face] = {}
        self._by_key: dict[str, int] = {}
        self._by_name: dict[str, list[int]] = {}
        self._by_evidence: dict[tuple[str, ...], list[int]] = {}

    def __getitem__(self, who: int) -> Face:
        return self._faces[who]

    def add(self, who: int, face: Face) -> None:
        self._faces[who] = face
        for key in face.keys:
            self._by_key.setdefault(key, who)
        self._by_name.setdefault(face.name, []).append(who)
        for _words, evidence in _evidence_beside_name(face):
            self._by_evidence.setdefault(evidence, []).append(who)

    def with_key(self, keys: Iterable[str]) -> int | None:
        """Return who has the first of these keys that anybody has."""
        return next((self._by_key[key] for key in keys if key in self._by_key), None)

    def named(self, name: str) -> list[int]:
        """Return who bears this name, which is in the spelling of `alike`."""
        return self._by_name.get(name, [])[: self.MOST_COMPARED]

    def like(self, face: Face) -> Iterator[tuple[int, str]]:
        """Yield who shares the name and more, with what they share in words.

        A name alone is no evidence, and on one site two profiles are two people.
        """
        for words, evidence in _evidence_beside_name(face):
            for who in islice(self._by_evidence.get(evidence, ()), self.MOST_COMPARED):
                if words == _BY_PHONE or not are_two_on_one_site(face, self._faces[who]):
                    yield who, words


_BY_PHONE = "name and phone number"


def _evidence_beside_name(face: Face) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what makes two people of one name one person: in words, and as a key to find it by."""
    for phone in face.phones:
        yield _BY_PHONE, (face.name, "phone", phone)
    if face.organization:
        yield "name and organization", (face.name, face.organization)
    else:
        yield "details", (face.name, face.job_title, face.note, "", *face.keys, *face.phones)


def alike(text: str) -> str:
    """Return text in one spelling: capitals, blanks and forms of a letter do not count."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())


def phone_key(number: str) -> str:
    """Return the last digits, or "" for what has too few to be a number of one's own."""
    digits = re.sub(r"\D", "", number)
    return digits[-_COUNTED_DIGITS:] if len(digits) >= _FEWEST_DIGITS else ""


def _share(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return not set(some).isdisjoint(others)


def _each_once(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, keys)))
