"""The pages around feedback, questions, notes, rubrics and the gradebook, about `ana`."""

from django.urls import reverse

from apps.students.models import Cohort, Student
from tests.coaching.factories import (
    NoteFactory,
    QuestionFactory,
    RubricVersionFactory,
    SubmissionFactory,
)
from tests.meetings.factories import DebriefFactory

Asked = tuple[str, dict[str, str | int]]


def feedback_pages(ana: Student, cohort: Cohort) -> dict[str, Asked]:
    """Return addresses with what is asked of them, by the name of the URL."""
    counselor = cohort.counselors.order_by("pk").first()
    written = DebriefFactory(meeting__student=ana, meeting__held=True).meeting
    returned = SubmissionFactory(student=ana, returned=True)
    question = QuestionFactory(student=ana, cohort=cohort)
    answered = QuestionFactory(student=ana, cohort=cohort, answered=True)
    rubric = RubricVersionFactory().rubric
    notes = {
        f"note_{step}": NoteFactory(student=ana, author=counselor).pk
        for step in ("edit", "remove", "share")
    }
    waiting = {
        name: SubmissionFactory(student=ana).pk
        for name in ("handed_in", "handed_in_take_back", "feedback", "feedback_read")
    }
    rows = {
        **waiting,
        **notes,
        "handed_in_seen": returned.pk,
        "question": question.pk,
        "answer_seen": answered.pk,
        "student_notes": ana.pk,
        "rubric": rubric.pk,
        "rubric_retire": rubric.pk,
        "gradebook": cohort.pk,
        "gradebook_file": cohort.pk,
    }
    asked: dict[str, dict[str, str | int]] = {
        "hand_in": {"piece": "debrief", "row": written.pk},
        "note_share": {"sure": "yes"},
        "gradebook_file": {"program": "canvas", "columns": "held"},
        "note_edit": {"text": "Ask about the move."},
    }
    urls = {name: reverse(name, args=[pk]) for name, pk in rows.items()}
    urls["hand_in"] = reverse("hand_in")
    return {name: (url, asked.get(name, {})) for name, url in urls.items()}
