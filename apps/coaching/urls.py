from django.urls import URLPattern

urlpatterns: list[URLPattern] = [
    # feedback
    # questions
    # notes
    # rubrics
    # nudges
    # resources
]
