from django.urls import path

from apps.meetings.views import bank, calendar, listing, outcome, schedule, talk

urlpatterns = [
    path("contacts/<int:pk>/meet/", schedule.meeting_new, name="meeting_new"),
    path("meetings/", listing.meeting_list, name="meeting_list"),
    path("meetings/<int:pk>/", listing.meeting, name="meeting"),
    path("meetings/<int:pk>/propose/", schedule.meeting_propose, name="meeting_propose"),
    path("meetings/<int:pk>/accept/", schedule.meeting_accept, name="meeting_accept"),
    path("meetings/<int:pk>/move/", schedule.meeting_move, name="meeting_move"),
    path("meetings/<int:pk>/edit/", schedule.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/cancel/", schedule.meeting_cancel, name="meeting_cancel"),
    path("meetings/<int:pk>/talk/", talk.meeting_talk, name="meeting_talk"),
    path("meetings/<int:pk>/jottings/", talk.jottings, name="jottings"),
    path("questions/", bank.question_bank, name="question_bank"),
    path("questions/<int:pk>/", bank.question_edit, name="question_edit"),
    path("questions/<int:pk>/aside/", bank.question_aside, name="question_aside"),
    path("questions/programme/", bank.programme_questions, name="programme_questions"),
    path(
        "questions/programme/<int:pk>/",
        bank.programme_question_edit,
        name="programme_question_edit",
    ),
    path(
        "questions/programme/<int:pk>/aside/",
        bank.programme_question_aside,
        name="programme_question_aside",
    ),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("meetings/<int:pk>/invitation.ics", calendar.meeting_ics, name="meeting_ics"),
    path("meetings/<int:pk>/outcome/", outcome.meeting_outcome, name="meeting_outcome"),
    path("meetings/<int:pk>/thanked/", outcome.meeting_thanked, name="meeting_thanked"),
]
