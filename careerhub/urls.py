"""Where every page is mounted. Each app's `urls.py` is a table of contents of its own pages."""

from django.urls import include, path

from careerhub.views import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("apps.journal.urls")),
    path("", include("apps.accounts.urls")),
    path("", include("apps.students.urls")),
    path("", include("apps.contacts.urls")),
    path("", include("apps.meetings.urls")),
    path("", include("apps.outreach.urls")),
    path("", include("apps.metrics.urls")),
    path("", include("apps.exchange.urls")),
    path("accounts/", include("allauth.account.urls")),
]
