"""What the pages of a release show: its figures as tables, and the rows that have changed since."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from apps.contacts.models import Contact
from apps.meetings.models import Meeting
from apps.metrics.files.lines import TITLES, Line, lines, methods
from apps.metrics.frozen import RowChange
from apps.metrics.models import Release
from apps.outcomes.models import Offer
from apps.students.models import Enrolment, Student, Term

ROW_NAMES = {
    "students": "Student",
    "contacts": "Contact",
    "meetings": "Conversation",
    "offers": "Offer",
}


@dataclass(frozen=True)
class FigureTable:
    """One table of the report. `is_text`: its lines say something in words and carry no number."""

    key: str
    title: str
    lines: list[Line]
    is_text: bool


def tables_of_release(release: Release) -> list[FigureTable]:
    return [
        FigureTable(key, TITLES[key], list(some), is_text=key == "paths")
        for key, some in groupby(lines(release.document), key=lambda line: line.table)
    ]


def methods_of_release(release: Release) -> list[str]:
    return methods(release.document, release.term, release.waivers)


@dataclass(frozen=True)
class ChangedRow:
    """A row that is counted otherwise now; `student` and `link` are empty where it is gone."""

    what: str
    key: int
    change: str
    student: str = ""
    link: str = ""


def changed_rows(changes: Sequence[RowChange], term: Term) -> list[ChangedRow]:
    """Return the changed rows with the student each is about, in a fixed number of queries."""
    keys = defaultdict(list)
    for change in changes:
        keys[change.kind].append(change.key)
    student_of = {
        "students": {key: key for key in keys["students"]},
        "contacts": _students(Contact, keys["contacts"]),
        "meetings": _students(Meeting, keys["meetings"]),
        "offers": _students(Offer, keys["offers"]),
    }
    wanted = {student for rows in student_of.values() for student in rows.values()}
    named = {student.pk: student.name for student in Student.objects.filter(pk__in=wanted)}
    classes = dict(
        Enrolment.objects.filter(student__in=wanted, cohort__term=term)
        .order_by("-pk")
        .values_list("student_id", "cohort_id")
    )
    rows = []
    for change in changes:
        student = student_of[change.kind].get(change.key)
        link = ""
        if change.kind == "offers" and student is not None:
            link = reverse("offer_path", args=[term.code, change.key])
        elif student in classes:
            link = reverse("class_board", args=[classes[student]])
        name = named.get(student, "") if student is not None else ""
        rows.append(ChangedRow(ROW_NAMES[change.kind], change.key, change.change, name, link))
    return rows


def counts_of_changes(changes: Iterable[RowChange]) -> list[tuple[str, str, int]]:
    """Return how many rows of a kind changed in which way."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for change in changes:
        counts[ROW_NAMES[change.kind], change.change] += 1
    return [(what, change, number) for (what, change), number in sorted(counts.items())]


def _students(
    model: type[Contact] | type[Meeting] | type[Offer], keys: list[int]
) -> dict[int, int]:
    """Return whose row each is."""
    rows: QuerySet[Any, Any] = model._default_manager.filter(pk__in=keys)
    return dict(rows.order_by("pk").values_list("pk", "student_id"))
