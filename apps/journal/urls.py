from django.urls import path

from apps.journal.views import contacts, today

urlpatterns = [
    path("today/", today.today, name="today"),
    path("contacts/", contacts.contact_list, name="contact_list"),
    path("contacts/quick/", contacts.contact_quick_add, name="contact_quick_add"),
]
