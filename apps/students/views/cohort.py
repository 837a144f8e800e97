from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.students.access import get_cohort_for_settings, get_milestone_for_settings
from apps.students.actions.cohort import add_holidays, remove_holidays, set_cohort_settings
from apps.students.actions.milestones import copy_settings, remove_milestone, set_milestone
from apps.students.forms.cohort import CohortSettingsForm, DaysForm, HolidayForm
from apps.students.forms.milestone import CopyForm, MilestoneForm
from apps.students.holidays import spells
from apps.students.models import Cohort, Holiday
from apps.students.pace import weekly_targets
from apps.students.presets import presets


@requires(Permission.KEEP_COHORT_SETTINGS)
@require_http_methods(["GET", "POST"])
def cohort_settings(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep the settings of a class. `?preset=` fills in the form and saves nothing."""
    cohort = get_cohort_for_settings(request.user, pk)
    choice = presets(cohort)
    preset = choice.get(request.GET.get("preset", ""))
    form = CohortSettingsForm(
        request.POST or None, instance=cohort, initial=preset.settings if preset else None
    )
    if request.method == "POST" and form.is_valid():
        set_cohort_settings(cohort=cohort, details=form.cleaned_data, by=request.user)
        messages.success(request, f"Saved for {cohort.name}. It holds from now on.")
        return redirect("class_board", pk=pk)
    return _settings_page(request, cohort, form=form, presets=choice.items(), preset=preset)


def _settings_page(request: SignedInRequest, cohort: Cohort, **context: Any) -> HttpResponse:
    """Show the settings with the milestones and the pace that the goal asks for."""
    term = cohort.term
    off = Holiday.objects.filter(day__range=(term.starts_on, term.ends_on))
    weeks = weekly_targets(
        left=cohort.goal,
        since=term.starts_on,
        by=term.ends_on,
        days_off=set(off.order_by().values_list("day", flat=True)),
    )
    page = {
        "cohort": cohort,
        "weeks": weeks,
        "milestones": cohort.milestones.order_by("due_on"),
        "milestone_form": MilestoneForm(cohort=cohort),
        "copy_form": CopyForm(cohort=cohort, seen=Cohort.objects.visible_to(request.user)),
        "may_keep_holidays": request.user.may(Permission.KEEP_HOLIDAYS),
    }
    return render(request, "students/cohort_settings.html", {**page, **context})


@requires(Permission.KEEP_COHORT_SETTINGS)
@require_POST
def cohort_settings_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take over the settings and milestones of an earlier class."""
    cohort = get_cohort_for_settings(request.user, pk)
    form = CopyForm(request.POST, cohort=cohort, seen=Cohort.objects.visible_to(request.user))
    if form.is_valid():
        source = form.cleaned_data["source"]
        copy_settings(source=source, target=cohort, by=request.user)
        messages.success(
            request, f"Taken over from {source.name}, {source.term.name}. Please look them over."
        )
    return redirect("cohort_settings", pk=pk)


@requires(Permission.KEEP_COHORT_SETTINGS)
@require_POST
def milestone_set(request: SignedInRequest, pk: int) -> HttpResponse:
    cohort = get_cohort_for_settings(request.user, pk)
    form = MilestoneForm(request.POST, cohort=cohort)
    if not form.is_valid():
        settings_form = CohortSettingsForm(instance=cohort)
        choice = presets(cohort).items()
        return _settings_page(
            request, cohort, form=settings_form, presets=choice, preset=None, milestone_form=form
        )
    set_milestone(cohort=cohort, by=request.user, **form.cleaned_data)
    messages.success(request, "Milestone set. Students see it on Today.")
    return redirect("cohort_settings", pk=pk)


@requires(Permission.KEEP_COHORT_SETTINGS)
@require_POST
def milestone_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    milestone = get_milestone_for_settings(request.user, pk)
    remove_milestone(milestone=milestone, by=request.user)
    messages.success(request, "Milestone taken away.")
    return redirect("cohort_settings", pk=milestone.cohort_id)


@requires(Permission.KEEP_HOLIDAYS)
@require_http_methods(["GET", "POST"])
def holidays(request: SignedInRequest) -> HttpResponse:
    """Show the days off, and add some."""
    today = timezone.localdate()
    form = HolidayForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        number = add_holidays(**form.cleaned_data, by=request.user)
        messages.success(request, _added(number))
        return redirect("holidays")
    context = {"form": form, "spells": spells(since=today - HolidayForm.PAST), "today": today}
    return render(request, "students/holidays.html", context)


@requires(Permission.KEEP_HOLIDAYS)
@require_POST
def holidays_remove(request: SignedInRequest) -> HttpResponse:
    form = DaysForm(request.POST)
    if form.is_valid() and remove_holidays(**form.cleaned_data, by=request.user):
        messages.success(request, "Taken off the list. What is due follows the calendar again.")
    return redirect("holidays")


def _added(number: int) -> str:
    if not number:
        return "These days were on the list already."
    return "One day off added." if number == 1 else f"{number} days off added."
