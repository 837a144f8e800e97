from importlib import import_module

from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "apps.coaching"

    def ready(self) -> None:
        for module in ("kinds", "still_news", "actions.feedback"):  # each registers what it holds
            import_module(f"apps.coaching.{module}")
