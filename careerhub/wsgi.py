import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerhub.settings")

application = get_wsgi_application()

from apps.accounts.checks import refuse_unsafe_settings  # noqa: E402

refuse_unsafe_settings()
