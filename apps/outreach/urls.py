from django.urls import path

from apps.outreach.views import attempts, care, contact_page, links

urlpatterns = [
    # notes
    path("contacts/<int:pk>/notes/new/", attempts.attempt_new, name="attempt_new"),
    path("notes/<int:pk>/reply/", attempts.attempt_reply, name="attempt_reply"),
    # a contact's own page
    path("c/<str:token>/", contact_page.contact_page, name="contact_page"),
    path("contacts/<int:pk>/link/", links.contact_link_new, name="contact_link_new"),
    path("links/<int:pk>/revoke/", links.contact_link_revoke, name="contact_link_revoke"),
    path("answers/<int:pk>/agree/", links.answer_agree, name="answer_agree"),
    # contacts in care
    path("care/", care.contacts_in_care, name="contacts_in_care"),
    path("care/wish/", care.care_wish, name="care_wish"),
    path("care/lift/<int:pk>/", care.care_lift, name="care_lift"),
    path("care/erase/", care.care_erase, name="care_erase"),
]
