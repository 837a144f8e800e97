from django.urls import path

from apps.students.views import campaign, cohort

urlpatterns = [
    path("campaign/", campaign.campaign, name="campaign"),
    path("accomplishments/", campaign.accomplishments, name="accomplishments"),
    path("accomplishments/<int:pk>/", campaign.accomplishment_edit, name="accomplishment_edit"),
    path(
        "accomplishments/<int:pk>/remove/",
        campaign.accomplishment_remove,
        name="accomplishment_remove",
    ),
    path("campaign/print/", campaign.campaign_print, name="campaign_print"),
    path("classes/<int:pk>/settings/", cohort.cohort_settings, name="cohort_settings"),
    path("holidays/", cohort.holidays, name="holidays"),
    path("holidays/remove/", cohort.holidays_remove, name="holidays_remove"),
]
