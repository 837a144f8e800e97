"""Pages about a student's contacts. The list, one person's story and the network: `journal`."""

from django.urls import path

from apps.contacts.views import brainstorm, person

urlpatterns = [
    path("contacts/new/", person.contact_add, name="contact_add"),
    path("contacts/<int:pk>/edit/", person.contact_edit, name="contact_edit"),
    path("contacts/<int:pk>/archive/", person.contact_archive, name="contact_archive"),
    path("contacts/<int:pk>/restore/", person.contact_restore, name="contact_restore"),
    path("contacts/bulk/", person.contact_bulk, name="contact_bulk"),
    path("contacts/brainstorm/", brainstorm.contact_brainstorm, name="contact_brainstorm"),
]
