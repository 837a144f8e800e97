from django.urls import path

from apps.students import views

urlpatterns = [
    path("campaign/", views.campaign, name="campaign"),
    path("accomplishments/", views.accomplishments, name="accomplishments"),
    path("accomplishments/<int:pk>/", views.accomplishment_edit, name="accomplishment_edit"),
    path(
        "accomplishments/<int:pk>/remove/",
        views.accomplishment_remove,
        name="accomplishment_remove",
    ),
    path("campaign/print/", views.campaign_print, name="campaign_print"),
    path("classes/<int:pk>/settings/", views.cohort_settings, name="cohort_settings"),
    path("holidays/", views.holidays, name="holidays"),
    path("holidays/remove/", views.holidays_remove, name="holidays_remove"),
]
