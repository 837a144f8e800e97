from django.urls import path

from apps.students.views import campaign, cohort, effort, staff

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
    path("progress/effort/", effort.effort, name="effort"),
    path("classes/<int:pk>/settings/", cohort.cohort_settings, name="cohort_settings"),
    path(
        "classes/<int:pk>/settings/copy/", cohort.cohort_settings_copy, name="cohort_settings_copy"
    ),
    path("classes/<int:pk>/milestones/", cohort.milestone_set, name="cohort_milestone_set"),
    path("milestones/<int:pk>/remove/", cohort.milestone_remove, name="milestone_remove"),
    path("classes/<int:pk>/people/", staff.cohort_people, name="cohort_people"),
    path(
        "classes/<int:pk>/people/<int:user>/remove/",
        staff.counselor_remove,
        name="counselor_remove",
    ),
    path(
        "classes/<int:pk>/substitutes/<int:row>/remove/",
        staff.substitute_remove,
        name="substitute_remove",
    ),
    path("classes/<int:pk>/workers/<int:user>/remove/", staff.worker_remove, name="worker_remove"),
    path("holidays/", cohort.holidays, name="holidays"),
    path("holidays/remove/", cohort.holidays_remove, name="holidays_remove"),
]
