from django.urls import path

from apps.meetings.views import outcome

urlpatterns = [
    path("meetings/<int:pk>/outcome/", outcome.meeting_outcome, name="meeting_outcome"),
    path("meetings/<int:pk>/thanked/", outcome.meeting_thanked, name="meeting_thanked"),
]
