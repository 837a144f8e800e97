from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.coaching import access
from apps.coaching.actions import notes as actions
from apps.coaching.forms.note import NoteForm
from apps.coaching.note_list import own_notes, shared_notes
from apps.students.access import get_own_student

STAYS = "A shared note is part of the record, so it stays as it is."


@requires(Permission.COACH)
@require_http_methods(["GET", "POST"])
def student_notes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one's own notes about a student, and write one that nobody else sees."""
    student = access.get_student_in_care(request.user, pk)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.write_note(
            student=student,
            author=request.user,
            text=form.cleaned_data["text"],
            now=timezone.now(),
        )
        messages.success(request, "Your note is saved. Only you see it.")
        return redirect("student_notes", pk=pk)
    context = {"student": student, "form": form, "notes": own_notes(request.user, student)}
    return render(request, "coaching/student_notes.html", context)


@requires(Permission.COACH)
@require_http_methods(["GET", "POST"])
def note_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a note of one's own that is not shared; the page is also where it can be shared."""
    note = access.get_own_note(request.user, pk)
    form = NoteForm(request.POST or None, initial={"text": note.text})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_note(note=note, text=form.cleaned_data["text"])
        except actions.SharedForGood:
            messages.warning(request, STAYS)
        return redirect("student_notes", pk=note.student_id)
    context = {"note": note, "student": note.student, "form": form}
    return render(request, "coaching/note.html", context)


@requires(Permission.COACH)
@require_POST
def note_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    note = access.get_own_note(request.user, pk)
    try:
        actions.remove_note(note=note)
    except actions.SharedForGood:
        messages.warning(request, STAYS)
    else:
        messages.success(request, "The note is gone.")
    return redirect("student_notes", pk=note.student_id)


@requires(Permission.COACH)
@require_POST
def note_share(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a note part of the student's record. It cannot be taken back."""
    note = access.get_own_note(request.user, pk)
    if request.POST.get("sure") != "yes":
        return redirect("note_edit", pk=pk)
    actions.share_note(note=note, now=timezone.now())
    messages.success(request, f"The note is in the record of {note.student.name}.")
    return redirect("student_notes", pk=note.student_id)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def record_notes(request: SignedInRequest) -> HttpResponse:
    """Show the student what counselors have put into their record."""
    student = get_own_student(request.user)
    return render(request, "coaching/record_notes.html", {"notes": shared_notes(student)})
