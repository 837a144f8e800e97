from importlib import import_module

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "apps.mail"

    def ready(self) -> None:
        for module in ("checks", "kinds"):  # they register what they hold
            import_module(f"apps.mail.{module}")
