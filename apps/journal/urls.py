from django.urls import path

from apps.journal.views import today

urlpatterns = [
    path("today/", today.today, name="today"),
]
