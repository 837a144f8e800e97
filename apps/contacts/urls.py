"""Pages about a student's contacts. The list, one person's story and the network: `journal`."""

from django.urls import path

from apps.contacts.views import brainstorm, export, imports, merges, person, research

urlpatterns = [
    path("contacts/new/", person.contact_add, name="contact_add"),
    path("contacts/<int:pk>/edit/", person.contact_edit, name="contact_edit"),
    path("contacts/<int:pk>/archive/", person.contact_archive, name="contact_archive"),
    path("contacts/<int:pk>/restore/", person.contact_restore, name="contact_restore"),
    path("contacts/bulk/", person.contact_bulk, name="contact_bulk"),
    path("contacts/brainstorm/", brainstorm.contact_brainstorm, name="contact_brainstorm"),
    path("contacts/import/", imports.contact_import, name="contact_import"),
    path("contacts/import/<int:pk>/", imports.contact_import_detail, name="contact_import_detail"),
    path(
        "contacts/import/<int:pk>/progress/",
        imports.contact_import_progress,
        name="contact_import_progress",
    ),
    path(
        "contacts/import/<int:pk>/confirm/",
        imports.contact_import_confirm,
        name="contact_import_confirm",
    ),
    path(
        "contacts/import/<int:pk>/discard/",
        imports.contact_import_discard,
        name="contact_import_discard",
    ),
    path("contacts/import/<int:pk>/undo/", imports.contact_import_undo, name="contact_import_undo"),
    path("contacts/duplicates/", merges.contact_duplicates, name="contact_duplicates"),
    path(
        "contacts/duplicates/<int:pk>/<int:other_pk>/",
        merges.contact_compare,
        name="contact_compare",
    ),
    path(
        "contacts/duplicates/<int:pk>/<int:other_pk>/two/",
        merges.contact_tell_apart,
        name="contact_tell_apart",
    ),
    path("contacts/merges/<int:pk>/undo/", merges.contact_merge_undo, name="contact_merge_undo"),
    path("contacts/<int:pk>/research/", research.research_new, name="research_new"),
    path("research/", research.research_list, name="research_list"),
    path("research/<int:pk>/", research.research_edit, name="research_edit"),
    path("research/<int:pk>/remove/", research.research_remove, name="research_remove"),
    path("contacts/export/", export.contact_export, name="contact_export"),
    path("contacts/export/vcf/", export.contact_export_vcf, name="contact_export_vcf"),
    path("contacts/export/csv/", export.contact_export_csv, name="contact_export_csv"),
]
