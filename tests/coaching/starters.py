"""What counselors begin with, for tests that empty the tables between them."""

from importlib import import_module

from django.apps import apps

from apps.coaching.models import NudgeTemplate, Resource, Rubric

MIGRATIONS = "apps.coaching.migrations"


def begin_with_care() -> None:
    """Put back the first templates for nudges and the first texts of the library."""
    if not NudgeTemplate.objects.exists():
        import_module(f"{MIGRATIONS}.0006_begin_with_nudge_templates").begin(apps, None)
    if not Resource.objects.exists():
        import_module(f"{MIGRATIONS}.0007_begin_with_resources").begin(apps, None)


def begin_with_rubrics() -> None:
    if not Rubric.objects.exists():
        import_module(f"{MIGRATIONS}.0005_begin_with_a_rubric").begin_with_a_rubric(apps, None)
