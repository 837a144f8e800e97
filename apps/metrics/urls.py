from django.urls import path

from apps.metrics.views import (
    classes,
    nudges,
    outcomes,
    releases,
    report,
    report_files,
    students,
)

urlpatterns = [
    # classes
    path("classes/", classes.class_list, name="class_list"),
    path("classes/<int:pk>/", classes.class_board, name="class_board"),
    path("classes/<int:pk>/export.csv", classes.class_export, name="class_export"),
    path("classes/<int:pk>/spoken/", classes.class_spoken, name="class_spoken"),
    path("classes/<int:pk>/nudges/", nudges.nudge_effect, name="nudge_effect"),
    # one student
    path("classes/<int:pk>/open/", students.class_open, name="class_open"),
    path("classes/<int:cohort>/students/<int:pk>/", students.class_student, name="class_student"),
    # releases: before the terms, whose codes stand in the same place
    path("outcomes/publications/<int:pk>/", releases.publication, name="publication"),
    path(
        "outcomes/publications/<int:pk>/state/",
        releases.publication_state,
        name="publication_state",
    ),
    path("outcomes/files/<int:pk>/", report_files.report_file, name="report_file"),
    path(
        "outcomes/files/<int:pk>/state/", report_files.report_file_state, name="report_file_state"
    ),
    path(
        "outcomes/files/<int:pk>/download/",
        report_files.report_file_download,
        name="report_file_download",
    ),
    path("outcomes/releases/<int:pk>/", releases.release, name="release"),
    path(
        "outcomes/releases/<int:pk>/withdraw/", releases.release_withdraw, name="release_withdraw"
    ),
    path("outcomes/releases/<int:pk>/changes/", releases.release_changes, name="release_changes"),
    path(
        "outcomes/releases/<int:pk>/files/<str:file_format>/",
        releases.release_file,
        name="release_file",
    ),
    path("outcomes/<slug:code>/check/", releases.report_check, name="report_check"),
    path("outcomes/<slug:code>/check/waive/", releases.finding_waive, name="finding_waive"),
    path("outcomes/<slug:code>/publish/", releases.report_publish, name="report_publish"),
    path("outcomes/<slug:code>/releases/", releases.release_list, name="release_list"),
    path("outcomes/<slug:code>/order/", releases.report_order, name="report_order"),
    path("outcomes/<slug:code>/ready/", releases.report_ready, name="report_ready"),
    # outcomes
    path("outcomes/", outcomes.outcomes, name="outcomes"),
    path("outcomes/<slug:code>/", report.report, name="report"),
    path("outcomes/<slug:code>/refresh/", report.report_refresh, name="report_refresh"),
    path("outcomes/<slug:code>/state/", report.report_state, name="report_state"),
    path("outcomes/<slug:code>/files/", report_files.report_file_ask, name="report_file_ask"),
    path("outcomes/<slug:code>/replies/", outcomes.reply_rates, name="reply_rates"),
    path("outcomes/<slug:code>/paths/<int:pk>/", outcomes.offer_path, name="offer_path"),
]
