"""What a plan says to people, kept in the batch as JSON until they decide."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from apps.contacts.files.person import ContactFile, ParsedPerson
from apps.contacts.importing.details import remarks_on
from apps.contacts.importing.plan import Plan, Update
from apps.contacts.models import Contact

MOST_LISTED: Final = 400  # people to choose from, and rows of each table on the page

WORDS: Final = {
    "name": "name",
    "given_name": "given and family name",
    "family_name": "given and family name",
    "organization": "organization",
    "job_title": "role",
    "email": "e-mail",
    "more_emails": "e-mail",
    "flagged_emails": "unusable e-mail",
    "phones": "phone",
    "links": "link",
    "tags": "tags",
    "how_known": "how you know them",
    "note": "note",
}
"""What people call the fields that an import may change."""

# The words of `files.layouts`, as far as the list has others.
GOES_TO: Final = {
    "job title": "role",
    "department": "note",
    "label": "tags",
    "connected on": "how you know them",
    "id": "nothing, it only marks a row",
}


def preview_of(plan: Plan, file: ContactFile) -> dict[str, Any]:
    """Return what the page about a checked file shows: counts, and rows of which it lists some."""
    kept = {person.row for person in plan.new} | {update.row for update in plan.updates}
    people = {person.row: person for person in file.people}
    remarks = [*file.remarks]
    for person in file.people:
        remarks += remarks_on(person)
    return {
        "notice": file.notice,
        "rows": len(file.people) + len(file.skipped),
        "counts": plan.counts(),
        "is_newer": plan.is_newer,
        "differing": plan.differing,
        "without_email": sum(not person.emails for person in plan.new),
        "skipped": [
            {"row": one.row, "reason": one.reason, "text": one.text}
            for one in plan.skipped[:MOST_LISTED]
        ],
        "remark_count": len(remarks),
        "remarks": [
            {"row": one.row, "reason": one.reason, "text": one.text}
            for one in sorted(remarks, key=lambda remark: remark.row)[:MOST_LISTED]
        ],
        "columns": [[name, goes_to(meaning)] for name, meaning in file.columns],
        "duplicates": _duplicates(plan, people),
        "more_duplicates": max(0, len(plan.duplicates) - MOST_LISTED),
        "people": _people(plan, people) if len(kept) <= MOST_LISTED else [],
    }


def result_of(plan: Plan) -> dict[str, Any]:
    """Return what stays to be told once the file is saved: counts and reasons, nobody's data."""
    return {
        "counts": plan.counts(),
        "left_out": plan.left_out,
        "without_email": sum(not person.emails for person in plan.new),
        "skipped": [{"row": one.row, "reason": one.reason} for one in plan.skipped[:MOST_LISTED]],
    }


def goes_to(meaning: str | None) -> str:
    """Return the field that a column with this meaning fills, in words; "" for none."""
    return GOES_TO.get(meaning or "", meaning or "")


def words_for(fields: Iterable[str]) -> str:
    """Name fields as people do, each once: "e-mail, phone"."""
    given = set(fields)
    return ", ".join(dict.fromkeys(words for name, words in WORDS.items() if name in given))


def _people(plan: Plan, people: Mapping[int, ParsedPerson]) -> list[dict[str, Any]]:
    listed = [_listed(person, "New") for person in plan.new]
    listed += [_listed(people[update.row], _told(update), update.name) for update in plan.updates]
    return sorted(listed, key=lambda one: one["row"])


def _listed(person: ParsedPerson, what: str, name: str = "") -> dict[str, Any]:
    return {
        "row": person.row,
        "name": name or person.name,
        "role": role(person.job_title, person.organization),
        "what": what,
    }


def _told(update: Update) -> str:
    """Say what an update does, like "Updated: e-mail, role"."""
    return f"Updated: {words_for(update.changes)}"


def _duplicates(plan: Plan, people: Mapping[int, ParsedPerson]) -> list[dict[str, Any]]:
    listed = plan.duplicates[:MOST_LISTED]
    contacts = Contact.objects.in_bulk([one.contact for one in listed])
    return [
        {
            "row": one.row,
            "contact": one.contact,
            "face": one.face,
            "is_same": one.is_same,
            "name": people[one.row].name,
            "in_file": role(people[one.row].job_title, people[one.row].organization),
            "on_list": contacts[one.contact].role,
        }
        for one in listed
    ]


def role(job_title: str, organization: str) -> str:
    return ", ".join(part for part in (job_title, organization) if part)
