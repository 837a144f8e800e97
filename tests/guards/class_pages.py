"""The pages about a class and its people, with rows of `ana`'s and of her class."""

from django.urls import reverse

from apps.students.models import Cohort, Student
from tests.accounts.factories import UserFactory
from tests.clock import TODAY
from tests.students.factories import MilestoneFactory, SubstitutionFactory

Asked = tuple[str, dict[str, str | int]]


def class_pages(ana: Student, cohort: Cohort) -> dict[str, Asked]:
    """Return addresses with what is asked of them, by the name of the URL."""
    colleague, worker = UserFactory(counselor=True), UserFactory(student_worker=True)
    cohort.counselors.add(colleague)
    cohort.workers.add(worker)
    milestone = MilestoneFactory(cohort=cohort)
    substitution = SubstitutionFactory(cohort=cohort)
    of_class = (
        "class_board",
        "class_export",
        "class_open",
        "class_spoken",
        "cohort_settings",
        "cohort_settings_copy",
        "cohort_milestone_set",
        "cohort_people",
    )
    urls = {name: reverse(name, args=[cohort.pk]) for name in of_class} | {
        "class_student": reverse("class_student", args=[cohort.pk, ana.pk]),
        "milestone_remove": reverse("milestone_remove", args=[milestone.pk]),
        "counselor_remove": reverse("counselor_remove", args=[cohort.pk, colleague.pk]),
        "substitute_remove": reverse("substitute_remove", args=[cohort.pk, substitution.pk]),
        "worker_remove": reverse("worker_remove", args=[cohort.pk, worker.pk]),
    }
    asked: dict[str, dict[str, str | int]] = {
        "class_open": {"student": ana.pk},
        "class_spoken": {"student": ana.pk, "reasons": "went quiet"},
        "class_student": {"reason": "support"},
        "cohort_milestone_set": {"conversations": 4, "due_on": TODAY.isoformat()},
    }
    return {name: (url, asked.get(name, {})) for name, url in urls.items()}
