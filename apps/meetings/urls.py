from django.urls import path

from apps.meetings import views

urlpatterns = [
    path("meetings/<int:pk>/outcome/", views.meeting_outcome, name="meeting_outcome"),
    path("meetings/<int:pk>/thanked/", views.meeting_thanked, name="meeting_thanked"),
]
