"""What students recorded: contacts, outreach, meetings and offers, row against row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from django.db.models import Model

from apps.common.bulk import in_batches, insert_rows, new_ids, update_rows
from apps.contacts.models import Contact
from apps.exchange.saving.difference import Difference
from apps.meetings.models import Meeting
from apps.outcomes.models import Offer
from apps.outreach.models import Attempt


@dataclass(frozen=True)
class Keeping:
    """Where a table of the workbook is kept.

    `paths` leads from each column, in the order of the row type, to its value as seen from the
    model; `key` are the columns by which a row is found again.
    """

    table: str
    model: type[Model]
    key: tuple[str, ...]
    paths: dict[str, str]

    @cached_property
    def key_of(self) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
        """Take the key out of a row's values."""
        columns = list(self.paths)
        return itemgetter(*(columns.index(name) for name in self.key))

    @property
    def fields(self) -> list[str]:
        return [path.partition("__")[0] for path in self.paths.values()]


STUDENT = "student__student_id"
CONTACT = "contact__external_id"
KEEPINGS = [
    Keeping(
        "contacts",
        Contact,
        ("student_id", "contact_id"),
        {
            "student_id": STUDENT,
            "contact_id": "external_id",
            "listed_on": "listed_on",
            "name": "name",
            "organization": "organization",
            "job_title": "job_title",
            "email": "email",
            "source": "source",
            "closeness": "closeness",
            "seniority": "seniority",
            "introduced_by": "introduced_by__external_id",
        },
    ),
    Keeping(
        "outreach",
        Attempt,
        ("student_id", "contact_id", "sent_at", "channel"),
        {
            "student_id": STUDENT,
            "contact_id": CONTACT,
            "sent_at": "sent_at",
            "channel": "channel",
            "replied_at": "replied_at",
            "reply": "reply",
        },
    ),
    Keeping(
        "meetings",
        Meeting,
        ("student_id", "meeting_id"),
        {
            "student_id": STUDENT,
            "contact_id": CONTACT,
            "meeting_id": "external_id",
            "starts_at": "starts_at",
            "minutes": "minutes",
            "status": "status",
            "mode": "mode",
            "practice": "is_practice",
            "ready": "is_ready",
            "referral_asked": "has_asked_referral",
            "thank_you_sent_at": "thank_you_sent_at",
        },
    ),
    Keeping(
        "offers",
        Offer,
        ("student_id", "offer_id"),
        {
            "student_id": STUDENT,
            "offer_id": "external_id",
            "kind": "kind",
            "organization": "organization",
            "received_on": "received_on",
            "status": "status",
            "accepted_on": "accepted_on",
            "contact_id": CONTACT,
        },
    ),
]


class Journal:
    """One table of the workbook against the rows that are there."""

    def __init__(self, keeping: Keeping, rows: list[Any], student_pks: list[int]) -> None:
        self.keeping = keeping
        key_of = keeping.key_of
        stored = {key_of(values): (pk, values) for pk, values in self._stored(student_pks)}
        self.difference = Difference()
        self.pks = {key: pk for key, (pk, _values) in stored.items()}
        for row in rows:
            values = row[1:]
            found = stored.get(key_of(values))
            if found is None:
                self.difference.new.append(values)
            elif found[1] == values:
                self.difference.unchanged += 1
            else:
                self.difference.changed.append((found[0], values))

    def _stored(self, student_pks: list[int]) -> Iterator[tuple[int, tuple[Any, ...]]]:
        rows = self.keeping.model._default_manager.values_list("pk", *self.keeping.paths.values())
        for pk, *values in in_batches(rows, "student", student_pks):
            yield pk, tuple(values)

    def write(self, students: dict[str, int], contacts: dict[tuple[str, str], int]) -> None:
        """Write what differs. New contacts are added to `contacts`, for the tables that follow."""
        keeping, difference = self.keeping, self.difference
        key_of = keeping.key_of
        pks = new_ids(keeping.model, len(difference.new))
        if keeping.model is Contact:
            contacts.update(self.pks)
            new_keys = map(key_of, difference.new)
            contacts.update(zip(new_keys, pks, strict=True))
        fields = ["id", *keeping.fields]
        new = zip(pks, difference.new, strict=True)
        insert_rows(keeping.model, fields, self._resolved(new, students, contacts))
        if keeping.model is Offer:
            _make_way_for_offers(difference.changed)
        changed = self._resolved(iter(difference.changed), students, contacts)
        update_rows(keeping.model, fields, list(changed))

    def _resolved(
        self,
        rows: Iterator[tuple[int, tuple[Any, ...]]],
        students: dict[str, int],
        contacts: dict[tuple[str, str], int],
    ) -> Iterator[list[Any]]:
        """Yield the rows with primary keys in place of the workbook's ids."""
        foreign = [
            place
            for place, path in enumerate(self.keeping.paths.values(), start=1)
            if path.endswith("__external_id")
        ]
        for pk, row in rows:
            values = [pk, *row]
            for place in foreign:
                if values[place] is not None:
                    values[place] = contacts[(row[0], values[place])]
            values[1] = students[row[0]]
            yield values


def _make_way_for_offers(changed: list[tuple[int, Any]]) -> None:
    """Take off what was said on pages about offers of which the workbook says something else.

    What was confirmed is not so any more, and one with a contact did not come apart from all.
    """
    offers = Offer.objects.filter(pk__in=[pk for pk, _ in changed])
    offers.update(confirmed_by=None, confirmed_at=None, still_open_on=None)
    with_contact = [pk for pk, values in changed if values[-1] is not None]
    Offer.objects.filter(pk__in=with_contact).update(is_apart=False)
