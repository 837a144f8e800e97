from importlib import import_module

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "apps.outcomes"

    def ready(self) -> None:
        for module in ("kinds", "conditions"):  # each registers what it holds
            import_module(f"apps.outcomes.{module}")
