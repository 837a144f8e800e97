from django.urls import path

from apps.outreach.views import (
    attempts,
    cadence,
    care,
    coach,
    contact_page,
    links,
    replies,
    send,
    templates,
    touches,
)

urlpatterns = [
    # notes
    path("contacts/<int:pk>/notes/new/", attempts.attempt_new, name="attempt_new"),
    path("notes/<int:pk>/", touches.attempt_edit, name="attempt_edit"),
    path("notes/<int:pk>/reply/", replies.attempt_reply, name="attempt_reply"),
    path("notes/<int:pk>/remove/", touches.attempt_remove, name="attempt_remove"),
    # whatever else passes between the two
    path("contacts/<int:pk>/touches/new/", touches.touch_new, name="touch_new"),
    path("touches/<int:pk>/", touches.touch_edit, name="touch_edit"),
    path("touches/<int:pk>/remove/", touches.touch_remove, name="touch_remove"),
    path("in-touch/", cadence.in_touch, name="in_touch"),
    path("in-touch/tag/", cadence.tag_cadence, name="tag_cadence"),
    path("contacts/<int:pk>/in-touch/", cadence.contact_cadence, name="contact_cadence"),
    path("contacts/<int:pk>/write/coach/", coach.compose_coach, name="compose_coach"),
    path("contacts/<int:pk>/write/send/", send.note_send, name="note_send"),
    # templates
    path("templates/", templates.template_list, name="template_list"),
    path("templates/new/", templates.template_new, name="template_new"),
    path("templates/<int:pk>/", templates.template, name="template"),
    path("templates/<int:pk>/retire/", templates.template_retire, name="template_retire"),
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
