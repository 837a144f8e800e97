from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.contacts.access import get_contact_for_edit
from apps.outreach.actions import cadence as actions
from apps.outreach.forms.cadence import CadenceForm, TagCadenceForm
from apps.outreach.in_touch import InTouchList, Show, in_touch_of, usual_rhythm
from apps.students.access import get_own_student


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def in_touch(request: SignedInRequest) -> HttpResponse:
    """Show to whom it is time to write again, who comes soon, and how often."""
    student = get_own_student(request.user)
    asked_for = request.GET.get("show", "")
    show = Show(asked_for) if asked_for in Show else Show.DUE
    people = InTouchList(student=student, show=show, now=timezone.now())
    page = people.page(request.GET.get("page", ""))
    context = {"people": people, "page": page, "rows": people.rows(page)}
    return render(request, "outreach/in_touch.html", context)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def contact_cadence(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the student choose how often to be in touch with one contact."""
    contact = get_contact_for_edit(request.user, pk)
    told = in_touch_of(contact, timezone.now())
    form = CadenceForm(
        request.POST or None,
        contact_pk=pk,
        rhythm=told.rhythm,
        usual=usual_rhythm(contact),
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["how"] == "usual":
            actions.clear_cadence(contact=contact)
        else:
            actions.set_cadence(contact=contact, days=form.chosen_days())
        messages.success(request, f"Kept for {contact.name}.")
        return redirect("contact", pk=pk)
    context = {"form": form, "contact": contact, "in_touch": told}
    return render(request, "outreach/cadence_form.html", context)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def tag_cadence(request: SignedInRequest) -> HttpResponse:
    """Set how often to be in touch with all who carry a tag; without days, take it away."""
    student = get_own_student(request.user)
    form = TagCadenceForm(request.POST)
    if not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, " ".join(str(problem) for problem in problems))
        return redirect("in_touch")
    tag, days = form.cleaned_data["tag"], form.cleaned_data["days"]
    if days is None:
        actions.clear_tag_cadence(student=student, tag=tag)
        messages.success(request, f"Those tagged “{tag}” hear from you as usual.")
    else:
        actions.set_tag_cadence(student=student, tag=tag, days=days)
        messages.success(request, f"Kept for all tagged “{tag}”.")
    return redirect("in_touch")
