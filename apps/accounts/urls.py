from django.urls import path

from apps.accounts import views

urlpatterns = [
    path("account/", views.account, name="account"),
    path("healthz", views.healthz, name="healthz"),
]
