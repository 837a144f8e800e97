from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.contacts.access import get_contact_for_edit, get_research_for_edit
from apps.contacts.actions import research as actions
from apps.contacts.forms.research import ResearchForm
from apps.contacts.models import Contact, Research
from apps.students.access import get_own_student
from apps.students.models import Student

SHOWN = 200


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def research_list(request: SignedInRequest) -> HttpResponse:
    """Show all the student read and watched, and log something about an organization."""
    student = get_own_student(request.user)
    form = ResearchForm(
        request.POST or None,
        contact=None,
        initial={"organization": request.GET.get("organization", "")[:200]},
    )
    if request.method == "POST" and form.is_valid():
        _log(request, student, None, form)
        return redirect("research_list")
    rows = Research.objects.filter(student=student).select_related("contact")
    context = {"form": form, "rows": rows.order_by("-noted_on", "-pk")[:SHOWN]}
    return render(request, "contacts/research_list.html", context)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def research_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Log something about a contact."""
    contact = get_contact_for_edit(request.user, pk)
    form = ResearchForm(request.POST or None, contact=contact)
    if request.method == "POST" and form.is_valid():
        _log(request, contact.student, contact, form)
        return redirect("contact", pk=pk)
    return _form_page(request, form, contact, None)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def research_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_research_for_edit(request.user, pk)
    form = ResearchForm(request.POST or None, contact=row.contact, instance=row)
    if request.method == "POST" and form.is_valid():
        actions.edit_research(research=row, details=form.cleaned_data)
        messages.success(request, "Saved.")
        return _back(row)
    return _form_page(request, form, row.contact, row)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def research_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_research_for_edit(request.user, pk)
    actions.remove_research(research=row)
    messages.success(request, "Taken out of your research.")
    return _back(row)


def _log(
    request: SignedInRequest, student: Student, contact: Contact | None, form: ResearchForm
) -> None:
    actions.log_research(
        student=student,
        contact=contact,
        details=form.cleaned_data,
        today=student.today(timezone.now()),
    )
    messages.success(request, "Logged. It prepares a conversation and is not counted as one.")


def _back(row: Research) -> HttpResponse:
    return redirect("contact", pk=row.contact_id) if row.contact_id else redirect("research_list")


def _form_page(
    request: SignedInRequest, form: ResearchForm, contact: Contact | None, row: Research | None
) -> HttpResponse:
    context = {"form": form, "contact": contact, "row": row}
    return render(request, "contacts/research_form.html", context)
