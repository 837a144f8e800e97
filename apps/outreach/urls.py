from django.urls import path

from apps.outreach.views import attempts, care

urlpatterns = [
    # notes
    path("contacts/<int:pk>/notes/new/", attempts.attempt_new, name="attempt_new"),
    path("notes/<int:pk>/reply/", attempts.attempt_reply, name="attempt_reply"),
    # contacts in care
    path("care/", care.contacts_in_care, name="contacts_in_care"),
    path("care/wish/", care.care_wish, name="care_wish"),
    path("care/lift/<int:pk>/", care.care_lift, name="care_lift"),
    path("care/erase/", care.care_erase, name="care_erase"),
]
