from django.urls import path

from apps.outcomes import views

urlpatterns = [
    path("offers/<int:pk>/ending/", views.offer_ending, name="offer_ending"),
]
