from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.coaching.actions import rubrics as actions
from apps.coaching.forms.rubric import CRITERIA, LEVELS, RubricForm, RubricTable
from apps.coaching.models import Rubric, RubricVersion


@requires(Permission.COACH)
@require_safe
def rubric_list(request: SignedInRequest) -> HttpResponse:
    """Show the rubrics, which all counselors share, with how often each was used."""
    latest = {version.rubric_id: version for version in _versions().order_by("number")}
    rubrics = Rubric.objects.select_related("made_by").annotate(used=Count("versions__submissions"))
    rows = [(row, latest.get(row.pk)) for row in rubrics.order_by("is_retired", "name")]
    return render(request, "coaching/rubric_list.html", {"rows": rows})


@requires(Permission.COACH)
@require_http_methods(["GET", "POST"])
def rubric_new(request: SignedInRequest) -> HttpResponse:
    form = RubricForm(request.POST or None)
    if grown := _grown(request):
        table = RubricTable(request.POST, grown=grown)
        return _page(request, form=RubricForm(initial=request.POST.dict()), table=table)
    table = RubricTable(request.POST or None)
    if request.method == "POST" and form.is_valid() & table.is_valid():
        rubric = actions.create_rubric(
            name=form.cleaned_data["name"],
            levels=table.kept_levels,
            criteria=table.kept_criteria,
            by=request.user,
        )
        messages.success(request, f"“{rubric.name}” can be used from now on.")
        return redirect("rubric_list")
    return _page(request, form=form, table=table)


@requires(Permission.COACH)
@require_http_methods(["GET", "POST"])
def rubric(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a rubric with its versions, and publish the next one."""
    row = get_object_or_404(Rubric, pk=pk)
    versions = list(_versions().filter(rubric=row).order_by("-number"))
    latest = versions[0] if versions else None
    more = {"rubric": row, "versions": versions}
    if grown := _grown(request):
        table = RubricTable(request.POST, version=latest, grown=grown)
        return _page(request, form=RubricForm(initial=request.POST.dict()), table=table, **more)
    form = RubricForm(request.POST or None, instance=row)
    table = RubricTable(request.POST or None, version=latest)
    if request.method == "POST" and form.is_valid() & table.is_valid():
        actions.rename_rubric(rubric=row, name=form.cleaned_data["name"])
        published = actions.publish_version(
            rubric=row, levels=table.kept_levels, criteria=table.kept_criteria
        )
        is_new = latest is None or published.number > latest.number
        words = f"Version {published.number} is out. What came back by an earlier one keeps it."
        messages.success(request, words if is_new else "Saved. It says the same as before.")
        return redirect("rubric", pk=pk)
    return _page(request, form=form, table=table, **more)


@requires(Permission.COACH)
@require_POST
def rubric_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Rubric, pk=pk)
    is_retired = "again" not in request.POST
    actions.retire_rubric(rubric=row, is_retired=is_retired)
    words = "Laid aside. What came back by it stays." if is_retired else "In use again."
    messages.success(request, words)
    return redirect("rubric_list")


def _versions() -> Any:
    return RubricVersion.objects.annotate(used=Count("submissions"))


def _grown(request: SignedInRequest) -> str:
    another = request.POST.get("another", "")
    return another if another in (LEVELS, CRITERIA) else ""


def _page(request: SignedInRequest, **more: Any) -> HttpResponse:
    return render(request, "coaching/rubric_form.html", {"rubric": None, "versions": [], **more})
