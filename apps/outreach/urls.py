from django.urls import path

from apps.outreach import views

urlpatterns = [
    path("notes/<int:pk>/reply/", views.attempt_reply, name="attempt_reply"),
]
