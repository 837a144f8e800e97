"""The forms of the debrief page taken together: filled from the rows, read as one, or both."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from apps.common.localtime import local_date
from apps.common.templatetags.components import FormProblem
from apps.meetings.actions.debrief import Saved, Written
from apps.meetings.actions.referrals import Named, NameRefused
from apps.meetings.actions.stories import StoryRefused
from apps.meetings.forms.debrief import (
    MOST_ROWS,
    CommitmentRows,
    DebriefForm,
    FindingRows,
    NameRows,
    Rows,
)
from apps.meetings.models import (
    RATINGS,
    Commitment,
    Debrief,
    Finding,
    Meeting,
    Story,
    Telling,
)

SHOWN_FINDINGS = 2
"""How many rows for findings a new page has."""

ROWS = {"findings": "text", "promises": "what", "names": "name"}
"""The tables by the prefix of their fields, each with the field that makes a row one."""


@dataclass(frozen=True)
class Difference:
    """What another tab saved in the place of what was typed here."""

    label: str
    saved: str


class DebriefPage:
    """All forms of one debrief: as saved, or as sent in `data`."""

    def __init__(self, meeting: Meeting, *, now: datetime, data: QueryDict | None = None) -> None:
        self.meeting = meeting
        self.keeps_names = True
        self.debrief = Debrief.objects.filter(meeting=meeting).first() or Debrief(meeting=meeting)
        zone = meeting.student.zone
        self.form = DebriefForm(data, initial=self._initial(), stories=_tellable(meeting))
        self.findings: Rows = FindingRows(
            data, prefix="findings", initial=_findings(meeting) if data is None else None
        )
        self.promises: Rows = CommitmentRows(
            data, prefix="promises", initial=_promises(meeting) if data is None else None
        )
        self.names: Rows = NameRows(
            data,
            prefix="names",
            initial=self.debrief.typed_names if data is None else None,
            form_kwargs={
                "today": local_date(now, zone),
                "met_on": local_date(meeting.starts_at, zone),
            },
        )
        if data is None:
            self.findings.extra = max(SHOWN_FINDINGS - len(self.findings.initial or []), 1)

    @property
    def tables(self) -> dict[str, Rows]:
        """The tables of rows by the prefix of their fields, in the order of the page."""
        return {"findings": self.findings, "names": self.names, "promises": self.promises}

    @property
    def _checked(self) -> list[Rows]:
        return [table for table in self.tables.values() if self.keeps_names or table != self.names]

    def _initial(self) -> dict[str, Any]:
        heard = Story.objects.first_heard_in(self.meeting)
        told = Telling.objects.filter(meeting=self.meeting).order_by("pk").first()
        names = ("revision", "referral_answer", "conclusion", "skills", "change_next_time")
        return {
            **{name: getattr(self.debrief, name) for name in (*names, *RATINGS)},
            "heard": heard.words if heard else "",
            "told": told and told.story_id,
        }

    def is_valid(self, *, is_finished: bool = False, keeps_names: bool = True) -> bool:
        """Check what was sent. Names count once they are to be kept; before, any text will do."""
        self.keeps_names = keeps_names
        are_valid = [table.is_valid() for table in self._checked]
        if not (self.form.is_valid() and all(are_valid)):
            return False
        if is_finished and not self.findings.rows():
            words = "Write down one thing that you learned. Half a sentence will do."
            first = next(iter(self.findings.forms), None)
            (first or self.form).add_error("text" if first else None, words)
        if is_finished and not self._answer():
            self.form.add_error(
                "referral_answer", "Say whether you asked. “Not yet” is an answer, too."
            )
        return not list(self.problems)

    def _answer(self) -> str:
        """Return the answer about referrals; a name that was written down says it, too."""
        if self.keeps_names and self.names.rows():
            return "names"
        return str(self.form.cleaned_data["referral_answer"])

    def written(self) -> Written:
        """Return what was sent, once it is valid."""
        typed = [row for form in self.names.forms if (row := form.as_typed())]
        return Written(
            details={
                **self.form.details(),
                "referral_answer": self._answer(),
                "typed_names": [] if self.keeps_names else typed,
            },
            findings=self.findings.rows(),
            commitments=self.promises.rows(),
            names=[Named(**row) for row in self.names.rows()] if self.keeps_names else [],
            heard=self.form.cleaned_data["heard"],
            told=self.form.cleaned_data["told"],
        )

    def refuse_name(self, reason: NameRefused) -> None:
        """Show at the name's own row why it cannot be kept."""
        rows = [form for form in self.names.forms if form.fields_of_row()]
        rows[reason.place].add_error("name", str(reason))

    def refuse_story(self, reason: StoryRefused) -> None:
        """Show at the story heard, or told, why it stays as it was."""
        self.form.add_error("told" if reason.is_about_telling else "heard", str(reason))

    @property
    def problems(self) -> Iterator[FormProblem]:
        """Yield what to put right, field by field."""
        of_rows = [form for table in self._checked for form in table.forms]
        for part in (self.form, *of_rows):
            for words in part.non_field_errors():
                yield FormProblem("", "", str(words))
            for bound in part:
                anchor = bound.id_for_label or f"div_{bound.auto_id}"
                for words in bound.errors:
                    yield FormProblem("" if bound.is_hidden else anchor, bound.label, str(words))
        for rows in self._checked:
            for words in rows.non_form_errors():
                yield FormProblem("", "", str(words))


def keys_of_rows(page: DebriefPage, saved: Saved) -> dict[str, int]:
    """Return the keys of the rows that were just saved, under the names of their hidden fields."""
    tables: list[tuple[Rows, list[Any]]] = [
        (page.findings, saved.findings),
        (page.promises, saved.commitments),
    ]
    return {
        form.add_prefix("pk"): row.pk
        for rows, there in tables
        for form, row in zip(
            [form for form in rows.forms if form.fields_of_row()], there, strict=True
        )
    }


def with_another_row(data: QueryDict, prefix: str) -> QueryDict:
    """Return what was sent with an empty row more in one of the tables."""
    more = data.copy()
    count = f"{prefix}-TOTAL_FORMS"
    total = str(data.get(count, ""))
    if prefix in ROWS and total.isdecimal() and int(total[:4]) <= MOST_ROWS:
        more[count] = str(int(total) + 1)
    return more


def both_versions(data: QueryDict, saved: DebriefPage) -> tuple[QueryDict, list[Difference]]:
    """Join what was typed here with what another tab has saved since.

    Rows that only the other one has are added below; where both say something in one place, what
    was typed stays, and the other is returned to be shown. The next save replaces it.
    """
    both = data.copy()
    both["revision"] = str(saved.debrief.revision)
    differences = [
        Difference(str(bound.label), shown)
        for bound in saved.form
        if not bound.is_hidden and (shown := _shown(bound)) and not _is_typed(bound, data)
    ]
    for prefix, rows in saved.tables.items():
        differences += _joined(both, prefix, rows)
    return both, differences


def _joined(both: QueryDict, prefix: str, rows: Rows) -> Iterator[Difference]:
    """Add the rows that are saved and were not typed; yield the texts that were typed otherwise."""
    total = int(both.get(f"{prefix}-TOTAL_FORMS", "0"))
    typed = [both.get(f"{prefix}-{n}-{ROWS[prefix]}", "").strip() for n in range(total)]
    by_key = {both.get(f"{prefix}-{n}-pk"): text for n, text in enumerate(typed)}
    for row in rows.initial_forms:
        main = row[ROWS[prefix]]
        text, key = str(main.value()), str(row["pk"].value()) if "pk" in row.fields else ""
        if key and key in by_key:
            if by_key[key] != text:
                yield Difference(str(main.label), text)
        elif text not in typed:
            for bound in row:
                sent = [str(one) for one in _values(bound) if one not in (None, "", False)]
                both.setlist(f"{prefix}-{total}-{bound.name}", sent)
            total += 1
    both[f"{prefix}-TOTAL_FORMS"] = str(total)


def _values(bound: forms.BoundField) -> list[Any]:
    value = bound.value()
    return value if isinstance(value, list) else [value]


def _shown(bound: forms.BoundField) -> str:
    """Return what a field holds as people read it."""
    labels = {str(key): label for key, label in getattr(bound.field, "choices", [])}
    said = [one for one in _values(bound) if one not in (None, "")]
    return ", ".join(str(labels.get(str(one), one)) for one in said)


def _is_typed(bound: forms.BoundField, data: QueryDict) -> bool:
    return [str(one) for one in _values(bound)] == data.getlist(bound.html_name)


def _tellable(meeting: Meeting) -> QuerySet[Story]:
    own = Story.objects.own().filter(student=meeting.student_id)
    told_here = own.filter(tellings__meeting=meeting).values("pk")
    untold = own.untold_to(meeting.contact).values("pk")
    return own.filter(Q(pk__in=untold) | Q(pk__in=told_here)).order_by("title", "pk")


def _findings(meeting: Meeting) -> list[dict[str, Any]]:
    names = ("pk", "kind", "text", "uses", "is_private")
    rows = Finding.objects.filter(meeting=meeting).order_by("pk")
    return [{"has_chosen": True, **{n: getattr(row, n) for n in names}} for row in rows]


def _promises(meeting: Meeting) -> list[dict[str, Any]]:
    names = ("pk", "promised_by", "what", "due_on")
    rows = Commitment.objects.filter(meeting=meeting).order_by("pk")
    return [{name: getattr(row, name) for name in names} for row in rows]
