from django.urls import path

from apps.accounts import views

urlpatterns = [
    path("account/", views.account, name="account"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("invitation/<str:token>/opened/", views.invitation_opened, name="invitation_opened"),
    path("healthz", views.healthz, name="healthz"),
]
