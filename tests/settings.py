"""The product's settings as the tests see them: a development machine, minus what costs time.

pytest-django switches DEBUG itself off again before the first test.
"""

import os

os.environ["DJANGO_DEBUG"] = "1"  # no HTTPS, no hashed static files, a key of its own

from careerhub.settings import *  # noqa: F403

DEMO = False  # whatever the environment says; the tests about the demo turn it on
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # looks a file up when asked for it, not all of them at every start
# Where sign-in counts its tries; of our own, since every test starts from none.
CACHES = {
    **CACHES,  # noqa: F405
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
