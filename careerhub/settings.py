"""One settings file. Every value that differs between installations comes from the environment.

Without `DATABASE_URL` / `REDIS_URL` the embedded services of this clone are used, found through
the state file that `make services` or `make demo` wrote.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from careerhub import errors, logs, sign_on
from careerhub.embedded.state import service_urls
from careerhub.schedule import SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent
# Each value may stand in a file instead, which NAME_FILE names: a secret that docker mounts.
env = environ.FileAwareEnv()
embedded = service_urls()
ROLES = ("student", "counselor", "student_worker", "administrator")

DEBUG = env.bool("DJANGO_DEBUG", default=False)
# The demo's sign-ins share one public password, so they exist and work only while this is on.
DEMO = DEBUG and env.bool("CAREERHUB_DEMO", default=False)

SECRET_KEY = env.str("SECRET_KEY", default="").strip()
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Give a long random value, for example from "
            "`python -c 'import secrets; print(secrets.token_urlsafe(50))'`, "
            "or set DJANGO_DEBUG=1 on a development machine."
        )
    SECRET_KEY = "only-for-development-" + "0" * 40
# After a change of SECRET_KEY the old ones, so that the links in mails already sent go on working.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The institution

INSTITUTION_NAME = env.str("INSTITUTION_NAME", default="Career Center")
# A timestamp belongs to the date it has in this zone: report windows, census days, deadlines.
INSTITUTION_TIME_ZONE = env.str("INSTITUTION_TIME_ZONE", default="America/New_York")
THANK_YOU_HOURS = env.int("THANK_YOU_HOURS", default=24)
# How long a conversation is meant to last, in minutes: 15 and 20 are usual. Students may differ.
CONVERSATION_MINUTES = env.int("CONVERSATION_MINUTES", default=20)
if not 1 <= CONVERSATION_MINUTES <= 480:
    raise ImproperlyConfigured("CONVERSATION_MINUTES has to be from 1 to 480, like 15 or 20.")
# Whether students say why they meet by video or phone.
ASK_WHY_NOT_IN_PERSON = env.bool("ASK_WHY_NOT_IN_PERSON", default=False)
# Reminders of people who have chosen nothing else: the hour on their own clock, how often the
# list comes (daily, weekly, none), the hours without mail, and the most mails in seven days.
REMINDER_HOUR = env.int("REMINDER_HOUR", default=8)
REMINDER_DIGEST = env.str("REMINDER_DIGEST", default="weekly")
REMINDER_QUIET_FROM = env.int("REMINDER_QUIET_FROM", default=21)
REMINDER_QUIET_UNTIL = env.int("REMINDER_QUIET_UNTIL", default=7)
REMINDER_WEEKLY_CAP = env.int("REMINDER_WEEKLY_CAP", default=5)
# After a note from one student, so many days pass before another one had better ask that person.
CONTACT_COOLDOWN_DAYS = env.int("CONTACT_COOLDOWN_DAYS", default=60)
# So long a link works by which a contact answers without an account.
CONTACT_LINK_DAYS = env.int("CONTACT_LINK_DAYS", default=21)
# So long an invitation works, by which somebody on a class list chooses a password.
INVITATION_DAYS = env.int("INVITATION_DAYS", default=14)
# Addresses of such pages that open nothing, from one network and from all, a minute and process.
CONTACT_PAGE_MISSES = env.int("CONTACT_PAGE_MISSES", default=30)
CONTACT_PAGE_MISSES_OF_ALL = env.int("CONTACT_PAGE_MISSES_OF_ALL", default=600)
# Through it wishes and erasures find their people again. When SECRET_KEY changes, give the old one.
FINGERPRINT_KEY = env.str("FINGERPRINT_KEY", default=SECRET_KEY)
# A cell leaves the office only if n, k and n - k all reach this. It can be raised, never lowered.
DISCLOSURE_THRESHOLD = max(10, env.int("DISCLOSURE_THRESHOLD", default=10))
IMPORT_MAX_ROWS = env.int("IMPORT_MAX_ROWS", default=200_000)
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=50 * 1024 * 1024)
# A folder whose class lists, <term>/<class>.csv (or .xlsx, .zip), are read every night.
ROSTER_DROP_FOLDER = env.str("ROSTER_DROP_FOLDER", default="")

# Apps, in the order of the line: each may use only what stands above it

OUR_APPS = [
    "apps.common",
    "apps.accounts",
    "apps.mail",
    "apps.students",
    "apps.contacts",
    "apps.meetings",
    "apps.outreach",
    "apps.outcomes",
    "apps.coaching",
    "apps.reminders",
    "apps.journal",
    "apps.metrics",
    "apps.exchange",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "heroicons",
    "js_lib_bootstrap5",
    *OUR_APPS,
]

MIDDLEWARE = [
    "careerhub.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "apps.accounts.middleware.HeadersMiddleware",
    "apps.accounts.middleware.ViewerTimeZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "apps.accounts.middleware.SessionLifeMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "careerhub.urls"
WSGI_APPLICATION = "careerhub.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "careerhub.navigation.page_frame",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Data

DATABASE_URL = env.str("DATABASE_URL", default=embedded.database_url if embedded else "")
REDIS_URL = env.str("REDIS_URL", default=embedded.redis_url if embedded else "")
_database = environ.Env.db_url_config(DATABASE_URL or "postgres://localhost/careerhub")
if _password := env.str("DATABASE_PASSWORD", default="").strip():
    _database["PASSWORD"] = _password
DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Concerns the statements of `apps.common.prepared` only: planned once they come again.
        "OPTIONS": {**_database.get("OPTIONS", {}), "prepare_threshold": 1},
    }
}
# It counts tries to sign in, which all web processes have to see and no lost broker may stop.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
    },
    # It counts who asks for pages that are not there, so that a GET writes into no database.
    "knocks": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "knocks",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Language and time: stored in UTC, shown in the reader's own zone

LANGUAGE_CODE = "en-us"
USE_TZ = True
TIME_ZONE = INSTITUTION_TIME_ZONE

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["apps.accounts.backends.EmailBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "full_name", "given_name", "family_name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "apps.mail.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# The address is the institution's own record of the person; ownership is proved by the reset mail.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# So many proxies of ours stand in front; an address is believed from as many, and from no more.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# The institution's sign-on (see careerhub/sign_on.py for OIDC_… and SAML_…)

SOCIALACCOUNT_PROVIDERS = sign_on.providers(env)
SOCIALACCOUNT_ADAPTER = "apps.students.adapter.SignOnAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
# No passwords any more: whoever comes, comes by sign-on, or through `manage.py break_glass`.
SIGN_ON_ONLY = env.bool("SIGN_ON_ONLY", default=False)
# People who are not on any list get an account, if the mapping below gives them a role.
SIGN_ON_CREATES_ACCOUNTS = env.bool("SIGN_ON_CREATES_ACCOUNTS", default=False)
# Domains whose addresses are the institution's own, so that its word about them is proof.
SIGN_ON_EMAIL_DOMAINS = [d.lower() for d in env.list("SIGN_ON_EMAIL_DOMAINS", default=[])]
SIGN_ON_STUDENT_ID_CLAIM = env.str("SIGN_ON_STUDENT_ID_CLAIM", default="")
SIGN_ON_GIVEN_NAME_CLAIM = env.str("SIGN_ON_GIVEN_NAME_CLAIM", default="given_name")
SIGN_ON_FAMILY_NAME_CLAIM = env.str("SIGN_ON_FAMILY_NAME_CLAIM", default="family_name")
# Which values give which role, and put people into which class ("fall-2025/CS 101"). A value that
# is not here gives nothing; a role that is here is taken from whoever comes without such a value.
SIGN_ON_ROLE_CLAIM = env.str("SIGN_ON_ROLE_CLAIM", default="groups")
SIGN_ON_ROLES = sign_on.mapping(env, "SIGN_ON_ROLES", one_of=ROLES)
SIGN_ON_CLASS_CLAIM = env.str("SIGN_ON_CLASS_CLAIM", default="groups")
SIGN_ON_CLASSES = sign_on.mapping(env, "SIGN_ON_CLASSES")

# Second factors, sessions, and the way in when sign-on is down

MFA_ADAPTER = "apps.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are the institution's, not the person's to prove
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Counselors and administrators who come by password set one up before anything else.
STAFF_NEED_SECOND_FACTOR = env.bool("STAFF_NEED_SECOND_FACTOR", default=not DEBUG)
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", default=0 if DEBUG else 30)
BREAK_GLASS_MINUTES = env.int("BREAK_GLASS_MINUTES", default=15)
BREAK_GLASS_SESSION_MINUTES = 60

SESSION_ENGINE = "apps.accounts.session_store"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEBUG)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if DEBUG else env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
SECURE_HSTS_PRELOAD = not DEBUG
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # the ticks and arrows of Bootstrap's form controls
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *sign_on.origins(env)],
        "frame-ancestors": [NONE],
    }
}

# Static files

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=BASE_DIR / "var" / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # uploads live in rows
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Mail

EMAIL_URL = env.str(
    "EMAIL_URL", default=f"smtp://{embedded.smtp_host}:{embedded.smtp_port}" if embedded else ""
).strip()
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="CareerHub <careerhub@localhost>")
if EMAIL_URL:
    vars().update(environ.Env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 60  # seconds for connecting and for each reply but the last
# For the last reply, after the whole mail; and how long a mail belongs to the sender that took it.
MAIL_ANSWER_SECONDS = env.int("MAIL_ANSWER_SECONDS", default=600)
MAIL_LEASE_SECONDS = env.int("MAIL_LEASE_SECONDS", default=1200)
# Where reports about mail that did not arrive go, like bounces@careers.example.edu. What comes to
# bounces+ANYTHING@… has to reach `manage.py process_bounce`. Without it the sender gets them.
MAIL_BOUNCE_ADDRESS = env.str("MAIL_BOUNCE_ADDRESS", default="")
# No domain gets more in a minute; 0 sets no such limit.
MAIL_MOST_PER_MINUTE_AND_DOMAIN = env.int("MAIL_MOST_PER_MINUTE_AND_DOMAIN", default=0)

# Celery: it is poked and it ticks; what is due stands in the database

CELERY_BROKER_URL = REDIS_URL
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_TIMEZONE = "UTC"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = 300
CELERY_TASK_TIME_LIMIT = 330
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than the longest task, or a slow one would be started again while it runs.
    "visibility_timeout": int(timedelta(minutes=15).total_seconds()),
    "unacked_restore_throttle": 1,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# Watching

LOGGING = logs.configuration(debug=DEBUG)
# Whoever reads /metrics shows this: "Authorization: Bearer …". Without one there is no such page.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="").strip()
# Where errors are reported, with code and ids and nothing else. Nowhere, unless it is set.
SENTRY_DSN = env.str("SENTRY_DSN", default="").strip()
if SENTRY_DSN:
    errors.report_to(SENTRY_DSN)
