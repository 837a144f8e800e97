from importlib import import_module

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "apps.metrics"

    def ready(self) -> None:
        for module in ("kinds", "orders"):  # each registers what it holds
            import_module(f"apps.metrics.{module}")
