from django.urls import path

from apps.metrics.views import classes, nudges, outcomes, report, students

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
    # outcomes
    path("outcomes/", outcomes.outcomes, name="outcomes"),
    path("outcomes/<slug:code>/", report.report, name="report"),
    path("outcomes/<slug:code>/refresh/", report.report_refresh, name="report_refresh"),
    path("outcomes/<slug:code>/state/", report.report_state, name="report_state"),
    path("outcomes/<slug:code>/report.<str:file_format>", report.report_file, name="report_file"),
    path("outcomes/<slug:code>/replies/", outcomes.reply_rates, name="reply_rates"),
    path("outcomes/<slug:code>/paths/<int:pk>/", outcomes.offer_path, name="offer_path"),
]
