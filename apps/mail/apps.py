from importlib import import_module

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "apps.mail"

    def ready(self) -> None:
        import_module("apps.mail.checks")  # registers itself
