from django.urls import path

from apps.coaching.views import feedback, hand_in, notes, nudges, questions, resources, rubrics

urlpatterns = [
    # handing in
    path("hand-in/", hand_in.hand_in, name="hand_in"),
    path("handed-in/", hand_in.handed_in_list, name="handed_in_list"),
    path("handed-in/<int:pk>/", hand_in.handed_in, name="handed_in"),
    path("handed-in/<int:pk>/take-back/", hand_in.handed_in_take_back, name="handed_in_take_back"),
    path("handed-in/<int:pk>/seen/", hand_in.handed_in_seen, name="handed_in_seen"),
    # feedback
    path("feedback/", feedback.feedback_queue, name="feedback_queue"),
    path("feedback/<int:pk>/", feedback.feedback, name="feedback"),
    path("feedback/<int:pk>/read/", feedback.feedback_read, name="feedback_read"),
    # questions
    path("ask/", questions.ask, name="ask"),
    path("ask/<int:pk>/seen/", questions.answer_seen, name="answer_seen"),
    path("feedback/questions/<int:pk>/", questions.question, name="question"),
    # notes
    path("students/<int:pk>/notes/", notes.student_notes, name="student_notes"),
    path("student-notes/<int:pk>/", notes.note_edit, name="note_edit"),
    path("student-notes/<int:pk>/remove/", notes.note_remove, name="note_remove"),
    path("student-notes/<int:pk>/share/", notes.note_share, name="note_share"),
    path("record/notes/", notes.record_notes, name="record_notes"),
    # rubrics
    path("rubrics/", rubrics.rubric_list, name="rubric_list"),
    path("rubrics/new/", rubrics.rubric_new, name="rubric_new"),
    path("rubrics/<int:pk>/", rubrics.rubric, name="rubric"),
    path("rubrics/<int:pk>/retire/", rubrics.rubric_retire, name="rubric_retire"),
    # nudges
    path("classes/<int:pk>/nudge/", nudges.nudge, name="nudge"),
    path("nudges/templates/", nudges.nudge_template_list, name="nudge_template_list"),
    path("nudges/templates/new/", nudges.nudge_template_new, name="nudge_template_new"),
    path("nudges/templates/<int:pk>/", nudges.nudge_template, name="nudge_template"),
    path(
        "nudges/templates/<int:pk>/retire/",
        nudges.nudge_template_retire,
        name="nudge_template_retire",
    ),
    # resources
    path("resources/", resources.resource_list, name="resource_list"),
    path("resources/new/", resources.resource_new, name="resource_new"),
    path("resources/<int:pk>/", resources.resource, name="resource"),
    path("resources/<int:pk>/opened/", resources.resource_opened, name="resource_opened"),
    path("resources/<int:pk>/edit/", resources.resource_edit, name="resource_edit"),
    path("resources/<int:pk>/retire/", resources.resource_retire, name="resource_retire"),
    path("resources/<int:pk>/pin/", resources.resource_pin, name="resource_pin"),
]
