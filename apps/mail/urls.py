from django.urls import path

from apps.mail import views

urlpatterns = [
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    # how the mail flows
    path("health/mail/", views.mail_health, name="mail_health"),
    path("health/mail/<int:pk>/lift/", views.suppression_lift, name="suppression_lift"),
]
