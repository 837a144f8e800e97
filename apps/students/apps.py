from importlib import import_module

from django.apps import AppConfig


class StudentsConfig(AppConfig):
    name = "apps.students"

    def ready(self) -> None:
        for module in ("kinds", "conditions"):  # each registers what it holds
            import_module(f"apps.students.{module}")
