"""The pages around nudges, resources and what a student read, with rows of `ana`'s."""

from django.urls import reverse

from apps.students.models import Cohort, Student
from tests.coaching.factories import NudgeTemplateFactory, ResourceFactory
from tests.contacts.factories import ContactFactory, ResearchFactory

Asked = tuple[str, dict[str, str | int]]


def care_pages(ana: Student, cohort: Cohort) -> dict[str, Asked]:
    """Return addresses with what is asked of them, by the name of the URL."""
    template = NudgeTemplateFactory()
    contact = ContactFactory(student=ana)
    read: dict[str, str | int] = {"kind": "video", "title": "A talk of theirs"}
    of_template = ("nudge_template", "nudge_template_retire")
    of_resource = ("resource", "resource_opened", "resource_edit", "resource_pin")
    shown = ResourceFactory()
    return {
        "nudge": (
            reverse("nudge", args=[cohort.pk]),
            {"student": ana.pk, "subject": "A word", "body": "Hi", "do": "preview"},
        ),
        "nudge_effect": (reverse("nudge_effect", args=[cohort.pk]), {}),
        **{name: (reverse(name, args=[template.pk]), {}) for name in of_template},
        **{name: (reverse(name, args=[shown.pk]), {}) for name in of_resource},
        "resource aside": (reverse("resource", args=[ResourceFactory(is_retired=True).pk]), {}),
        "resource_retire": (reverse("resource_retire", args=[ResourceFactory().pk]), {}),
        "research_new": (reverse("research_new", args=[contact.pk]), read),
        **{
            name: (reverse(name, args=[ResearchFactory(contact=contact).pk]), read)
            for name in ("research_edit", "research_remove")
        },
    }
