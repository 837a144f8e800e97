from django.urls import path

from apps.exchange import views

urlpatterns = [
    path("imports/", views.import_list, name="import_list"),
    path("imports/new/", views.import_upload, name="import_upload"),
    path("imports/<int:pk>/", views.import_detail, name="import_detail"),
    path("imports/<int:pk>/progress/", views.import_progress, name="import_progress"),
    path("imports/<int:pk>/confirm/", views.import_confirm, name="import_confirm"),
    path("imports/<int:pk>/discard/", views.import_discard, name="import_discard"),
    path("classes/<int:pk>/gradebook/", views.gradebook, name="gradebook"),
    path("classes/<int:pk>/gradebook/file/", views.gradebook_file, name="gradebook_file"),
    path("destinations/<slug:code>/file/", views.destination_file, name="destination_file"),
    path("destinations/<slug:code>/import/", views.destination_import, name="destination_import"),
]
