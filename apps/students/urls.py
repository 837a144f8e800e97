from django.urls import path

from apps.students.views import campaign, cohort, roster

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
