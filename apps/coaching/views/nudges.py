from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.coaching.access import get_cohort_in_care, get_students_of_class
from apps.coaching.actions import nudges as actions
from apps.coaching.first_steps import first_steps
from apps.coaching.forms.care import NudgeForm, NudgeTemplateForm, SelectionForm
from apps.coaching.models import NudgeTemplate
from apps.coaching.nudging import FIELDS, Letter, letters
from apps.common.localtime import local_date
from apps.students.models import Cohort, Enrolment, Student, institution_zone


@requires(Permission.COACH)
@require_http_methods(["GET", "POST"])
def nudge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write to one student or several of a class, and see how each would read it."""
    now = timezone.now()
    cohort = get_cohort_in_care(request.user, pk)
    data = request.POST if request.method == "POST" else request.GET
    students = get_students_of_class(cohort, _keys(data.getlist("student")))
    selection = _selection(data, cohort, students, now)
    if not students:
        context = {"cohort": cohort, "selection": selection}
        return render(request, "coaching/nudge_choose.html", context)
    form = NudgeForm(request.POST or None, initial=_first_words(selection))
    if request.method == "POST" and form.is_valid() and request.POST.get("do") == "send":
        return _send(request, cohort, students, selection, form, now)
    words = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    found = letters(
        cohort,
        students,
        subject=words.get("subject", ""),
        body=words.get("body", ""),
        steps=first_steps(students, now),
        by=request.user,
        now=now,
    )
    context = {
        "cohort": cohort,
        "selection": selection,
        "form": form,
        "fields": FIELDS.items(),
        "resource": selection.cleaned_data.get("resource"),
        "letters": sorted(found, key=lambda letter: bool(letter.hindrance)),
    }
    return render(request, "coaching/nudge.html", context)


@requires(Permission.COACH)
@require_safe
def nudge_template_list(request: SignedInRequest) -> HttpResponse:
    rows = NudgeTemplate.objects.order_by("pk")
    context = {
        "in_use": [row for row in rows if not row.is_retired],
        "retired": [row for row in rows if row.is_retired],
    }
    return render(request, "coaching/nudge_template_list.html", context)


@requires(Permission.COACH)
@require_http_methods(["GET", "POST"])
def nudge_template_new(request: SignedInRequest) -> HttpResponse:
    return _template_page(request, None)


@requires(Permission.COACH)
@require_http_methods(["GET", "POST"])
def nudge_template(request: SignedInRequest, pk: int) -> HttpResponse:
    return _template_page(request, get_object_or_404(NudgeTemplate, pk=pk))


@requires(Permission.COACH)
@require_POST
def nudge_template_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(NudgeTemplate, pk=pk)
    is_retired = "again" not in request.POST
    actions.retire_nudge_template(template=row, is_retired=is_retired)
    messages.success(request, "Laid aside." if is_retired else "In use again.")
    return redirect("nudge_template_list")


def _template_page(request: SignedInRequest, row: NudgeTemplate | None) -> HttpResponse:
    form = NudgeTemplateForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        actions.save_nudge_template(template=row, details=form.cleaned_data)
        messages.success(request, "Saved. Nudges can begin with it.")
        return redirect("nudge_template_list")
    context = {"form": form, "row": row, "fields": FIELDS.items()}
    return render(request, "coaching/nudge_template_form.html", context)


def _keys(texts: Sequence[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19]


def _selection(
    data: object, cohort: Cohort, students: list[Student], now: datetime
) -> SelectionForm:
    """Return the form of the selection; it offers whom the class has, or those selected."""
    if not students:
        here = Enrolment.objects.filter(cohort=cohort).current(local_date(now, institution_zone()))
        offered = list(Student.objects.filter(enrolments__in=here).by_name())
    else:
        offered = students
    form = SelectionForm(data, students=[(student.pk, student.name) for student in offered])
    form.is_valid()  # what it does not know is left out
    return form


def _first_words(selection: SelectionForm) -> dict[str, str]:
    template = selection.cleaned_data.get("template")
    resource = selection.cleaned_data.get("resource")
    if template:
        return {"subject": template.subject, "body": template.body}
    if resource:
        return {
            "subject": resource.title,
            "body": "This may help you with your next step. It takes a few minutes to read.",
        }
    return {"subject": "", "body": ""}


def _send(
    request: SignedInRequest,
    cohort: Cohort,
    students: list[Student],
    selection: SelectionForm,
    form: NudgeForm,
    now: datetime,
) -> HttpResponse:
    queued, others = actions.queue_nudges(
        cohort=cohort,
        students=students,
        **form.cleaned_data,
        steps=first_steps(students, now),
        template=selection.cleaned_data.get("template"),
        resource=selection.cleaned_data.get("resource"),
        by=request.user,
        now=now,
    )
    if queued:
        messages.success(request, _said(queued))
    if others:
        messages.warning(request, _unsaid(others))
    return redirect("class_board", pk=cohort.pk)


def _said(queued: list[Letter]) -> str:
    who = queued[0].student.name if len(queued) == 1 else f"{len(queued)} students"
    return f"A nudge to {who} is on its way. Whoever acts before it leaves gets none."


def _unsaid(others: list[Letter]) -> str:
    if len(others) == 1:
        return f"None to {others[0].student.name}. {others[0].hindrance or 'One went already.'}"
    return f"None to {len(others)} others, who have had enough mail, want none or are not here."
