"""Pages about a student's contacts. The list, one person's story and the network: `journal`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
