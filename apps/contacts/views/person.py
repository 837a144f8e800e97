from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.contacts.access import get_contact_for_edit, get_contacts_for_edit
from apps.contacts.actions import person as actions
from apps.contacts.forms.person import ContactForm, MarkedForm
from apps.contacts.models import Contact
from apps.students.access import get_own_student
from apps.students.models import Student


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def contact_add(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    student = get_own_student(request.user)
    form = ContactForm(request.POST or None, student=student, today=student.today(now))
    if request.method == "POST" and form.is_valid():
        try:
            contact = actions.add_contact(student=student, details=form.cleaned_data, now=now)
        except actions.NotToBeKept as reason:
            form.add_error(None, str(reason))
        else:
            _say(request, contact, f"{contact.name} is on your list.")
            return redirect("contact", pk=contact.pk)
    return render(request, "contacts/contact_form.html", {"form": form})


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def contact_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    contact = get_contact_for_edit(request.user, pk)
    name, student = contact.name, contact.student  # the form writes into its contact
    form = ContactForm(
        request.POST or None, instance=contact, student=student, today=student.today(now)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_contact(
                student=student, contact=contact, details=form.cleaned_data, now=now
            )
        except actions.IntroductionCycle as reason:
            form.add_error("introduced_by", str(reason))
        except actions.NotToBeKept as reason:
            form.add_error(None, str(reason))
        else:
            _say(request, contact, "Saved.")
            return redirect("contact", pk=contact.pk)
    return render(
        request, "contacts/contact_form.html", {"form": form, "contact": contact, "name": name}
    )


def _say(request: SignedInRequest, contact: Contact, words: str) -> None:
    if contact.has_channel:
        messages.success(request, words)
    else:
        messages.warning(request, f"{words} There is no way to reach {contact.name} yet.")


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def contact_archive(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = get_contact_for_edit(request.user, pk)
    actions.archive_contacts(student=contact.student, contacts=[pk], now=timezone.now())
    messages.success(request, f"{contact.name} rests now. Nothing is lost.")
    return redirect("contact", pk=pk)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def contact_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = get_contact_for_edit(request.user, pk)
    actions.restore_contacts(student=contact.student, contacts=[pk], now=timezone.now())
    messages.success(request, f"{contact.name} is back on your list.")
    return redirect("contact", pk=pk)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def contact_bulk(request: SignedInRequest) -> HttpResponse:
    """Do one thing with all people who are marked, and go back to the list as it was."""
    student = get_own_student(request.user)
    form = MarkedForm(request.POST)
    if form.is_valid():
        get_contacts_for_edit(student, form.cleaned_data["contact"])
        messages.success(request, _done(form, student=student, now=timezone.now()))
    for problems in form.errors.values():
        messages.error(request, " ".join(str(problem) for problem in problems))
    back = QueryDict(request.POST.get("back", "")).urlencode()
    return redirect(reverse("contact_list") + (f"?{back}" if back else ""))


def _done(form: MarkedForm, *, student: Student, now: datetime) -> str:
    """Do what was asked for, and say what was done."""
    marked: list[int] = form.cleaned_data["contact"]
    if form.cleaned_data["action"] == "tag":
        tags = form.cleaned_data["tags"]
        number = actions.tag_contacts(student=student, contacts=marked, tags=tags, now=now)
        words = ", ".join(f"“{tag}”" for tag in tags)
        return f"Tagged {_people(number)} with {words}." if number else f"All had {words} already."
    if form.cleaned_data["action"] == "restore":
        number = actions.restore_contacts(student=student, contacts=marked, now=now)
        return f"Brought back {_people(number)}."
    number = actions.archive_contacts(student=student, contacts=marked, now=now)
    return f"Let {_people(number)} rest. You find them under Resting; nothing is lost."


def _people(number: int) -> str:
    return "one person" if number == 1 else f"{number} people"
