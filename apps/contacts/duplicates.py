"""Which of a student's contacts may be one person, by what they have in common."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from apps.contacts.fingerprints import email_key, link_key
from apps.contacts.importing.faces import alike, phone_key
from apps.contacts.models import Contact, NotDuplicate
from apps.students.models import Student

# Beside how many of those who share something each is put: all, up to six. A switchboard's number
# that hundreds have would otherwise make a pair of each two of them.
NEAREST = 5
_READ = (
    *("name", "organization", "job_title", "email", "more_emails", "phones", "links"),
    "archived_at",
)


class Kind(IntEnum):
    """What two contacts share, the strongest first. A name alone is a hint and no more."""

    EMAIL = 1
    PHONE = 2
    LINK = 3
    PLACE = 4
    NAME = 5


_WORDS = {
    Kind.EMAIL: "same e-mail, {}",
    Kind.PHONE: "same phone, {}",
    Kind.LINK: "same profile, {}",
    Kind.PLACE: "same name and organization",
    Kind.NAME: "same name",
}


@dataclass
class Pair:
    """Two contacts, the older one first; `shared` is what they share, as the older one has it."""

    first: Contact
    second: Contact
    shared: dict[Kind, str] = field(default_factory=dict)

    @property
    def both(self) -> tuple[Contact, Contact]:
        return self.first, self.second

    @property
    def is_hint(self) -> bool:
        """Whether they share a name and nothing else."""
        return self.strongest is Kind.NAME

    @property
    def strongest(self) -> Kind:
        return min(self.shared)

    @property
    def evidence(self) -> str:
        """What they share, in words."""
        kinds = sorted(self.shared)
        if Kind.PLACE in self.shared:
            kinds = [kind for kind in kinds if kind is not Kind.NAME]
        words = "; ".join(_WORDS[kind].format(self.shared[kind]) for kind in kinds)
        return words[:1].upper() + words[1:]


def find_pairs(student: Student) -> list[Pair]:
    """Return the pairs the student has not told apart yet, those with the best evidence first.

    Two queries, and time in proportion to the contacts, whatever they share.
    """
    people = Contact.objects.filter(student=student, erased_at__isnull=True)
    sharing: dict[tuple[Kind, str], list[tuple[Contact, str]]] = defaultdict(list)
    for contact in people.only(*_READ).order_by("pk"):
        for key, as_written in _keys(contact).items():
            sharing[key].append((contact, as_written))
    two_people = set(
        NotDuplicate.objects.filter(student=student).values_list("first_id", "second_id")
    )
    pairs: dict[tuple[int, int], Pair] = {}
    for (kind, _key), group in sharing.items():
        for index, (first, as_written) in enumerate(group):
            for second, _ in group[index + 1 : index + 1 + NEAREST]:
                keys = first.pk, second.pk
                if keys not in two_people:
                    pair = pairs.setdefault(keys, Pair(first, second))
                    pair.shared.setdefault(kind, as_written)
    return sorted(pairs.values(), key=lambda p: (p.strongest, alike(p.first.name), p.first.pk))


def _keys(contact: Contact) -> dict[tuple[Kind, str], str]:
    """Return what the contact is known by, and each as it is written there."""
    keys: dict[tuple[Kind, str], str] = {}
    for kind, key, as_written in _spelled(contact):
        if key:
            keys.setdefault((kind, key), as_written)
    return keys


def _spelled(contact: Contact) -> Iterator[tuple[Kind, str, str]]:
    yield from ((Kind.EMAIL, email_key(one), one) for one in contact.emails)
    yield from ((Kind.PHONE, phone_key(one), one) for one in contact.phones)
    yield from ((Kind.LINK, link_key(one), one) for one in contact.links)
    name, organization = alike(contact.name), alike(contact.organization)
    yield Kind.NAME, name, contact.name
    if name and organization:
        yield Kind.PLACE, f"{name}\n{organization}", contact.name
