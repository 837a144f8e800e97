from collections.abc import Collection

from django.db.models import QuerySet
from django.http import Http404

from apps.accounts.models import User
from apps.contacts.models import Contact, ImportBatch, Research
from apps.students.models import Student


def get_contact_for_edit(user: User, pk: int) -> Contact:
    """Return the contact if it is the user's own, and still has details.

    Raises Http404 for anybody else's, and for people who were erased: nothing is left to change.
    """
    contact = Contact.objects.select_related("student__user").filter(pk=pk).first()
    if contact is None or contact.student.user_id != user.pk or contact.is_erased:
        raise Http404("No such contact.")
    return contact


def get_contacts_for_edit(student: Student, keys: Collection[int]) -> QuerySet[Contact]:
    """Return these contacts of the student. Raises Http404 if one is not theirs."""
    contacts = Contact.objects.filter(student=student, pk__in=keys)
    if contacts.count() != len(set(keys)):
        raise Http404("No such contact.")
    return contacts


def get_import_batch(user: User, pk: int) -> ImportBatch:
    """Return the import, without its file, if it is the user's own. Raises Http404."""
    batches = ImportBatch.objects.without_file().select_related("student__user")
    batch = batches.filter(pk=pk, student__user=user).first()
    if batch is None:
        raise Http404("No such import.")
    return batch


def get_research_for_edit(user: User, pk: int) -> Research:
    """Return what the user read or watched themselves. Raises Http404 for anybody else's."""
    rows = Research.objects.select_related("student", "contact")
    row = rows.filter(pk=pk, student__user=user).first()
    if row is None:
        raise Http404("No such research.")
    return row
