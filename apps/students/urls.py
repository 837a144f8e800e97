from django.urls import path

from apps.students import views

urlpatterns = [
    path("campaign/", views.campaign, name="campaign"),
    path("campaign/print/", views.campaign_print, name="campaign_print"),
]
