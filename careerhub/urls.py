"""Where every page is mounted. Each app's `urls.py` is a table of contents of its own pages."""

from allauth.account import urls as allauth
from allauth.mfa import urls as second_factors
from allauth.socialaccount import views as sign_on_ends
from allauth.socialaccount.providers.saml import urls as saml
from django.urls import include, path

from careerhub.views import home, metrics, readyz, status

# Of allauth's pages those that signing in needs. Not its pages about addresses: an address is the
# institution's record, and a person cannot add one.
SIGN_IN_PAGES = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

# What signing in by the institution needs. No page joins or parts accounts, and none signs up.
SAML_PAGES = {"saml_login", "saml_finish_acs", "saml_metadata"}

urlpatterns = [
    path("", home, name="home"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("health/", status, name="status"),
    path("", include("apps.journal.urls")),
    path("", include("apps.accounts.urls")),
    path("", include("apps.mail.urls")),
    path("", include("apps.students.urls")),
    path("", include("apps.contacts.urls")),
    path("", include("apps.meetings.urls")),
    path("", include("apps.outreach.urls")),
    path("", include("apps.outcomes.urls")),
    path("", include("apps.coaching.urls")),
    path("", include("apps.reminders.urls")),
    path("", include("apps.metrics.urls")),
    path("", include("apps.exchange.urls")),
    path("accounts/", include([p for p in allauth.urlpatterns if p.name in SIGN_IN_PAGES])),
    path("accounts/2fa/", include(second_factors)),
    path(
        "accounts/saml/<slug:organization_slug>/",
        include([p for p in saml.urlpatterns[0].url_patterns if p.name in SAML_PAGES]),
    ),
    path(
        "accounts/sign-on/stopped/",
        sign_on_ends.login_cancelled,
        name="socialaccount_login_cancelled",
    ),
]
