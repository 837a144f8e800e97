from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.common.localtime import local_date
from apps.common.refusals import Refusal
from apps.students.access import get_cohort_for_roster, get_roster_import
from apps.students.actions.invitations import Invited, invite_students
from apps.students.actions.roster import (
    PlanHasChanged,
    confirm_roster,
    discard_roster,
    read_roster_file,
    set_columns,
    undo_roster,
)
from apps.students.forms.roster import ColumnsForm, DecisionsForm, InviteForm, RosterFileForm
from apps.students.models import (
    RosterDrop,
    RosterImport,
    RosterState,
    Student,
    institution_zone,
)
from apps.students.roster.choices import Choices, compare
from apps.students.roster.listing import class_list
from apps.students.roster.table import Table

SHOWN_IMPORTS = 10
MOST_LISTED = 400  # rows of each table on a page
TOO_LATE = "This list has been decided on meanwhile."
LOOK_AGAIN = "The class has changed since you looked. This is what would happen now."


@requires(Permission.KEEP_ROSTERS)
@require_safe
def roster(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show who is in the class, and how far each has come in."""
    cohort, now = get_cohort_for_roster(request.user, pk), timezone.now()
    imports = RosterImport.objects.filter(cohort=cohort).exclude(state=RosterState.DISCARDED)
    context = {
        "cohort": cohort,
        "list": class_list(cohort, today=local_date(now, institution_zone()), now=now),
        "imports": imports.defer("table").select_related("by").order_by("-pk")[:SHOWN_IMPORTS],
        "may_see_folder": request.user.may(Permission.IMPORT_SEMESTER),
    }
    return render(request, "students/roster.html", context)


@requires(Permission.KEEP_ROSTERS)
@require_POST
def roster_invite(request: SignedInRequest, pk: int) -> HttpResponse:
    cohort = get_cohort_for_roster(request.user, pk)
    form = InviteForm(request.POST)
    if form.is_valid():
        only = form.cleaned_data["enrolment"] or None
        invited = invite_students(cohort=cohort, only=only, by=request.user, now=timezone.now())
        _say_who_was_invited(request, invited)
    return redirect("roster", pk=pk)


@requires(Permission.KEEP_ROSTERS)
@require_http_methods(["GET", "POST"])
def roster_import(request: SignedInRequest, pk: int) -> HttpResponse:
    cohort = get_cohort_for_roster(request.user, pk)
    is_sent = request.method == "POST"
    form = RosterFileForm(request.POST, request.FILES) if is_sent else RosterFileForm()
    if form.is_valid():
        name, data = form.name_and_data()
        try:
            read = read_roster_file(
                cohort=cohort, name=name, data=data, by=request.user, now=timezone.now()
            )
        except Refusal as why:
            form.add_error(None, f"{why.problem.problem} {why.problem.remedy}")
        else:
            return redirect("roster_file", pk=read.pk)
    return render(request, "students/roster_import.html", {"form": form, "cohort": cohort})


@requires(Permission.KEEP_ROSTERS)
@require_http_methods(["GET", "POST"])
def roster_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what the columns are taken for, to be put right; later, what became of the list."""
    file = get_roster_import(request.user, pk)
    if not file.is_open:
        return _decided(request, file)
    table, choices = Table.from_json(file.table), Choices.from_json(file.choices)
    data = request.POST if request.method == "POST" else None
    form = ColumnsForm(data, table=table, choices=choices, cohort=file.cohort)
    if form.is_valid():
        set_columns(roster=file, choices=form.choices())
        return redirect("roster_check", pk=pk)
    context = {"file": file, "cohort": file.cohort, "table": table, "form": form}
    return render(request, "students/roster_columns.html", context)


@requires(Permission.KEEP_ROSTERS)
@require_safe
def roster_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what saving the list would do. Nothing is saved before the yes."""
    file = get_roster_import(request.user, pk)
    if not file.is_open:
        return redirect("roster_file", pk=pk)
    table, choices = Table.from_json(file.table), Choices.from_json(file.choices)
    plan = compare(cohort=file.cohort, table=table, choices=choices, by=request.user)
    context = {
        "file": file,
        "cohort": file.cohort,
        "table": table,
        "choices": choices,
        "plan": plan,
        "counts": plan.counts(),
        "digest": plan.digest(),
        "most": MOST_LISTED,
        "remarks": [*table.remarks, *plan.remarks],
    }
    return render(request, "students/roster_check.html", context)


@requires(Permission.KEEP_ROSTERS)
@require_POST
def roster_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    file = get_roster_import(request.user, pk)
    form = DecisionsForm(request.POST)
    if not form.is_valid():
        messages.warning(request, LOOK_AGAIN)
        return redirect("roster_check", pk=pk)
    try:
        saved = confirm_roster(
            roster=file,
            shown=form.cleaned_data["shown"],
            decisions=form.decisions(),
            by=request.user,
            now=timezone.now(),
        )
    except PlanHasChanged:
        messages.warning(request, LOOK_AGAIN)
        return redirect("roster_check", pk=pk)
    except Refusal as why:
        messages.warning(request, f"{why.problem.problem} {why.problem.remedy}")
        return redirect("roster_check", pk=pk)
    if saved is None:
        messages.warning(request, TOO_LATE)
    return redirect("roster_file", pk=pk)


@requires(Permission.KEEP_ROSTERS)
@require_POST
def roster_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    file = get_roster_import(request.user, pk)
    if not discard_roster(roster=file):
        messages.warning(request, TOO_LATE)
        return redirect("roster_file", pk=pk)
    messages.success(request, "Nothing of the list was kept.")
    return redirect("roster_import", pk=file.cohort_id)


@requires(Permission.KEEP_ROSTERS)
@require_POST
def roster_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    file = get_roster_import(request.user, pk)
    try:
        undone = undo_roster(roster=file, now=timezone.now())
    except Refusal as why:
        messages.warning(request, f"{why.problem.problem} {why.problem.remedy}")
    else:
        if undone is None:
            messages.warning(request, TOO_LATE)
    return redirect("roster_file", pk=pk)


@requires(Permission.IMPORT_SEMESTER)
@require_safe
def roster_folder(request: SignedInRequest) -> HttpResponse:
    """Show what came of the files in the nightly folder."""
    drops = RosterDrop.objects.select_related("roster_import__cohort")
    return render(request, "students/roster_folder.html", {"drops": drops})


def _decided(request: HttpRequest, file: RosterImport) -> HttpResponse:
    undone = file.result.get("undone", {})
    kept = {one["student"]: one["why"] for one in undone.get("kept", ())}
    students = Student.objects.filter(pk__in=kept).by_name()[:MOST_LISTED]
    context: dict[str, Any] = {
        "file": file,
        "cohort": file.cohort,
        "counts": file.result.get("counts", {}),
        "problems": file.result.get("problems", []),
        "undone": undone,
        "kept": [{"name": one.name, "why": kept[one.pk]} for one in students],
    }
    return render(request, "students/roster_result.html", context)


def _say_who_was_invited(request: HttpRequest, invited: Invited) -> None:
    if invited.sent:
        people = "One person is" if invited.sent == 1 else f"{invited.sent} people are"
        messages.success(request, f"{people} invited. The mail is on its way.")
    else:
        messages.success(request, "Nobody new to invite: all have come in or been invited.")
    if invited.without_address:
        messages.warning(request, f"{invited.without_address} without an e-mail address.")
    if invited.taken:
        words = "with an address that is another student’s account. Put it right first."
        messages.warning(request, f"{invited.taken} {words}")
