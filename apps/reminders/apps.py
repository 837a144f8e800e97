from importlib import import_module

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "apps.reminders"

    def ready(self) -> None:
        import_module("apps.reminders.conditions")  # registers what it decorates
