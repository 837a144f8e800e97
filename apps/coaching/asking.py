"""The page on which a question came up, in words that name nobody who is on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from apps.students.models import Cohort, Student

LONGEST = 200
PAGES = {
    "today": "Today",
    "contact_list": "The list of people",
    "contact": "One person’s page",
    "contact_brainstorm": "Whom to think of",
    "contact_import": "Bringing in people from a file",
    "contact_import_detail": "Bringing in people from a file",
    "compose": "Writing a note",
    "note_send": "Sending a note",
    "attempt_reply": "After a reply",
    "in_touch": "Keeping in touch",
    "news": "Telling the news",
    "meeting_list": "The list of meetings",
    "meeting": "One meeting’s page",
    "meeting_new": "Agreeing on a time",
    "meeting_prepare": "Preparing for a conversation",
    "meeting_talk": "In the conversation",
    "meeting_debrief": "After a conversation",
    "meeting_thank": "Writing a thank-you",
    "stories": "Stories",
    "network": "The network",
    "progress": "Progress",
    "campaign": "Purpose and goals",
    "accomplishments": "Accomplishments",
    "question_bank": "The question bank",
    "calendar": "The calendar",
    "reminder_settings": "Settings for reminders",
    "handed_in": "What came back",
    "handed_in_list": "What was handed in",
}
ELSEWHERE = "Another page"


@dataclass(frozen=True)
class PageAskedFrom:
    """`path` leads back there and is empty if the address was none of ours."""

    path: str = ""
    words: str = ""

    @classmethod
    def of(cls, address: str) -> Self:
        """Read where a link came from. Whatever is not a page of ours is left out."""
        path = address.partition("?")[0].partition("#")[0]
        is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, None)
        if not is_ours or len(path) > LONGEST:
            return cls()
        try:
            name = resolve(path).url_name or ""
        except Resolver404:
            return cls()
        return cls(path, PAGES.get(name, ELSEWHERE))


def class_to_ask(student: Student, now: datetime) -> Cohort | None:
    """Return the class whose counselors a question goes to: the latest that runs."""
    enrolments = student.enrolments.all().current(student.today(now))
    latest = enrolments.select_related("cohort__term").order_by("-cohort__term__starts_on", "pk")
    enrolment = latest.first()
    return enrolment.cohort if enrolment else None
