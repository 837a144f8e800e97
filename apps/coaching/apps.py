from importlib import import_module

from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "apps.coaching"

    def ready(self) -> None:
        # each registers what it holds
        for module in ("kinds", "still_news", "conditions", "actions.feedback"):
            import_module(f"apps.coaching.{module}")
