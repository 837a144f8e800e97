"""The templates that a programme begins with, for tests that empty the tables between them."""

from importlib import import_module

from django.apps import apps

from apps.outreach.models import NoteTemplate

MIGRATIONS = "apps.outreach.migrations"


def begin_with_templates() -> None:
    if NoteTemplate.objects.exists():
        return
    import_module(f"{MIGRATIONS}.0008_begin_with_templates").begin(apps, None)
    import_module(f"{MIGRATIONS}.0011_suit_first_templates").suit_first_templates(apps, None)
