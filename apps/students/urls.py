from django.urls import path

from apps.students.views import campaign, cohort, effort, roster, staff

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
    path("classes/<int:pk>/roster/", roster.roster, name="roster"),
    path("classes/<int:pk>/roster/invite/", roster.roster_invite, name="roster_invite"),
    path("classes/<int:pk>/roster/import/", roster.roster_import, name="roster_import"),
    path("classes/lists/folder/", roster.roster_folder, name="roster_folder"),
    path("classes/lists/<int:pk>/", roster.roster_file, name="roster_file"),
    path("classes/lists/<int:pk>/check/", roster.roster_check, name="roster_check"),
    path("classes/lists/<int:pk>/confirm/", roster.roster_confirm, name="roster_confirm"),
    path("classes/lists/<int:pk>/discard/", roster.roster_discard, name="roster_discard"),
    path("classes/lists/<int:pk>/undo/", roster.roster_undo, name="roster_undo"),
    path("holidays/", cohort.holidays, name="holidays"),
    path("holidays/remove/", cohort.holidays_remove, name="holidays_remove"),
]
