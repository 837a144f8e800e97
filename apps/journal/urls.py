from django.urls import path

from apps.journal.views import (
    compose,
    contacts,
    network,
    news,
    prepare,
    progress,
    record,
    story,
    today,
)

urlpatterns = [
    path("today/", today.today, name="today"),
    path("contacts/", contacts.contact_list, name="contact_list"),
    path("contacts/quick/", contacts.contact_quick_add, name="contact_quick_add"),
    path("contacts/<int:pk>/", story.contact, name="contact"),
    path("meetings/<int:pk>/prepare/", prepare.meeting_prepare, name="meeting_prepare"),
    path(
        "meetings/<int:pk>/prepare/print/",
        prepare.meeting_prepare_print,
        name="meeting_prepare_print",
    ),
    path("progress/", progress.progress, name="progress"),
    path("contacts/<int:pk>/write/", compose.compose, name="compose"),
    path("network/", network.network, name="network"),
    path("news/", news.news, name="news"),
    path("record/visits/", record.record_visits, name="record_visits"),
]
