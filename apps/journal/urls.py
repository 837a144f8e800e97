from django.urls import path

from apps.journal import views

urlpatterns = [
    path("today/", views.today, name="today"),
]
