from importlib import import_module

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "apps.accounts"

    def ready(self) -> None:
        import_module("apps.accounts.checks")  # they register themselves
        life = import_module("apps.accounts.session_life")  # it needs every app's models
        user_logged_in.connect(life.note_sign_in, dispatch_uid="accounts.note_sign_in")
