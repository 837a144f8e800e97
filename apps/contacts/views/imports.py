from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.contacts.access import get_import_batch
from apps.contacts.actions import imports as actions
from apps.contacts.files.wording import HOW_TO_EXPORT, KIND_NAMES
from apps.contacts.forms.imports import ChoicesForm, ContactFileForm
from apps.contacts.importing.preview import words_for
from apps.contacts.models import BatchState, Contact, ImportBatch
from apps.students.access import get_own_student

BATCHES_SHOWN = 20
NAMES_SHOWN = 100
TOO_LATE = "This import has moved on meanwhile."


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def contact_import(request: SignedInRequest) -> HttpResponse:
    student = get_own_student(request.user)
    is_sent = request.method == "POST"
    form = ContactFileForm(request.POST, request.FILES) if is_sent else ContactFileForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        batch = actions.start_import(
            student=student, name=file.name or "", data=file.read(), now=timezone.now()
        )
        return redirect("contact_import_detail", pk=batch.pk)
    batches = ImportBatch.objects.without_file().filter(student=student)
    batches = batches.exclude(state=BatchState.DISCARDED).order_by("-pk")
    context = {
        "form": form,
        "batches": batches[:BATCHES_SHOWN],
        "ways": [(KIND_NAMES[kind], words) for kind, words in HOW_TO_EXPORT.items()],
    }
    return render(request, "contacts/import.html", context)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def contact_import_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = get_import_batch(request.user, pk)
    context: dict[str, Any] = {"batch": batch, "preview": batch.preview}
    if batch.state == BatchState.UNDONE:
        context["stayed"] = _stayed(batch)
    return render(request, "contacts/import_detail.html", context)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def contact_import_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer the page that waits: how far the worker is, or please load the page again."""
    batch = get_import_batch(request.user, pk)
    if not batch.is_with_worker:
        return HttpResponseClientRefresh()
    return render(request, "contacts/_import_progress.html", {"batch": batch})


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def contact_import_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = get_import_batch(request.user, pk)
    if batch.state != BatchState.CHECKED:
        messages.warning(request, TOO_LATE)
        return redirect("contact_import_detail", pk=pk)
    form = ChoicesForm(request.POST, preview=batch.preview)
    if not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, " ".join(map(str, problems)))
    elif not actions.confirm_import(batch=batch, choices=form.choices(), now=timezone.now()):
        messages.warning(request, TOO_LATE)
    return redirect("contact_import_detail", pk=pk)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def contact_import_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = get_import_batch(request.user, pk)
    if not actions.discard_import(batch=batch):
        messages.warning(request, TOO_LATE)
        return redirect("contact_import_detail", pk=pk)
    messages.success(request, "Nothing of the file was kept.")
    return redirect("contact_import")


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def contact_import_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = get_import_batch(request.user, pk)
    if actions.undo_import(batch=batch, now=timezone.now()) is None:
        messages.warning(request, TOO_LATE)
    return redirect("contact_import_detail", pk=pk)


def _stayed(batch: ImportBatch) -> list[dict[str, Any]]:
    """Return who is not as before the import, since they were used or edited after it."""
    undone = batch.preview["undone"]
    why = {pk: "Used since: something is written down about them." for pk in undone["used"]}
    why |= dict.fromkeys(undone["edited"], "Edited since.")
    for pk, fields in undone["kept"].items():
        why[int(pk)] = f"Edited since, so these stay: {words_for(fields)}."
    contacts = Contact.objects.filter(student=batch.student, pk__in=why).order_by("search_text")
    return [
        {"contact": contact, "why": why[contact.pk]}
        for contact in contacts.only("name")[:NAMES_SHOWN]
    ]
