from django.urls import path

from apps.metrics import views

urlpatterns = [
    # classes
    path("classes/", views.class_list, name="class_list"),
    path("classes/<int:pk>/", views.class_board, name="class_board"),
    # outcomes
    path("outcomes/", views.outcomes, name="outcomes"),
    path("outcomes/<slug:code>/", views.report, name="report"),
    path("outcomes/<slug:code>/refresh/", views.report_refresh, name="report_refresh"),
    path("outcomes/<slug:code>/state/", views.report_state, name="report_state"),
    path("outcomes/<slug:code>/replies/", views.reply_rates, name="reply_rates"),
    path("outcomes/<slug:code>/paths/<int:pk>/", views.offer_path, name="offer_path"),
]
