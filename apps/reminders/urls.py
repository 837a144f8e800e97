from django.urls import path

from apps.reminders import views

urlpatterns = [path("account/reminders/", views.reminder_settings, name="reminder_settings")]
