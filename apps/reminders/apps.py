from importlib import import_module

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "apps.reminders"

    def ready(self) -> None:
        for module in ("kinds", "conditions", "checks"):  # each registers what it holds
            import_module(f"apps.reminders.{module}")
