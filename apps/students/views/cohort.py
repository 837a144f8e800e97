from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.students.access import get_cohort_for_settings
from apps.students.actions.cohort import add_holidays, remove_holidays, set_cohort_settings
from apps.students.forms.cohort import CohortSettingsForm, DaysForm, HolidayForm
from apps.students.holidays import spells


@requires(Permission.KEEP_COHORT_SETTINGS)
@require_http_methods(["GET", "POST"])
def cohort_settings(request: SignedInRequest, pk: int) -> HttpResponse:
    cohort = get_cohort_for_settings(request.user, pk)
    form = CohortSettingsForm(request.POST or None, instance=cohort)
    if request.method == "POST" and form.is_valid():
        set_cohort_settings(cohort=cohort, details=form.cleaned_data, by=request.user)
        messages.success(request, f"Saved for {cohort.name}. It holds from now on.")
        return redirect("class_board", pk=pk)
    context = {
        "form": form,
        "cohort": cohort,
        "may_keep_holidays": request.user.may(Permission.KEEP_HOLIDAYS),
    }
    return render(request, "students/cohort_settings.html", context)


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
