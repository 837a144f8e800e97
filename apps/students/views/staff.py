from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.models import User
from apps.accounts.roles import Permission
from apps.students.access import get_cohort_to_staff
from apps.students.actions import staff
from apps.students.forms.staff import FORMS, PersonForm
from apps.students.models import Cohort


@requires(Permission.HAND_OVER_CLASSES)
@require_http_methods(["GET", "POST"])
def cohort_people(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show who looks after a class, and bring somebody in; `do` says as what."""
    cohort = get_cohort_to_staff(request.user, pk)
    chosen = request.POST.get("do", "")
    forms = {
        do: form(request.POST if do == chosen else None, cohort=cohort)
        for do, form in FORMS.items()
    }
    if request.method == "POST" and chosen in forms and forms[chosen].is_valid():
        messages.success(request, _bring_in(forms[chosen], cohort, request.user))
        is_still_theirs = Cohort.objects.taught_by(request.user).filter(pk=pk).exists()
        return redirect("cohort_people", pk=pk) if is_still_theirs else redirect("class_list")
    context = {
        "cohort": cohort,
        "counselors": cohort.counselors.order_by("family_name", "full_name", "email"),
        "substitutions": cohort.substitutions.select_related("user").order_by("starts_on", "pk"),
        "workers": cohort.workers.order_by("family_name", "full_name", "email"),
        "forms": forms,
        "today": timezone.localdate(),
    }
    return render(request, "students/cohort_people.html", context)


def _bring_in(form: PersonForm, cohort: Cohort, by: User) -> str:
    """Do what the form says; return the words for it."""
    user: User = form.cleaned_data["user"]
    if form.do == "stand_in":
        starts_on, ends_on = form.cleaned_data["starts_on"], form.cleaned_data["ends_on"]
        staff.add_substitute(cohort=cohort, user=user, starts_on=starts_on, ends_on=ends_on, by=by)
        return f"{user.name} stands in from {starts_on:%B %-d} to {ends_on:%B %-d}."
    if form.do == "help":
        staff.add_worker(cohort=cohort, user=user, by=by)
        return f"{user.name} sees the totals of this class, and nothing about one student."
    if form.do == "hand_over":
        staff.hand_over(cohort=cohort, to=[user], by=by)
        return f"{cohort.name} is in the hands of {user.name} now."
    staff.add_counselor(cohort=cohort, user=user, by=by)
    return f"{user.name} looks after this class as well."


@requires(Permission.HAND_OVER_CLASSES)
@require_POST
def counselor_remove(request: SignedInRequest, pk: int, user: int) -> HttpResponse:
    cohort = get_cohort_to_staff(request.user, pk)
    person = get_object_or_404(cohort.counselors, pk=user)
    if staff.remove_counselor(cohort=cohort, user=person, by=request.user):
        messages.success(request, f"{person.name} no longer looks after this class.")
    else:
        messages.warning(request, "Somebody has to look after the class. Hand it over instead.")
    is_still_theirs = Cohort.objects.taught_by(request.user).filter(pk=pk).exists()
    return redirect("cohort_people", pk=pk) if is_still_theirs else redirect("class_list")


@requires(Permission.HAND_OVER_CLASSES)
@require_POST
def substitute_remove(request: SignedInRequest, pk: int, row: int) -> HttpResponse:
    cohort = get_cohort_to_staff(request.user, pk)
    substitution = get_object_or_404(cohort.substitutions, pk=row)
    staff.remove_substitute(substitution=substitution, by=request.user)
    messages.success(request, "Taken off the list of substitutes.")
    return redirect("cohort_people", pk=pk)


@requires(Permission.HAND_OVER_CLASSES)
@require_POST
def worker_remove(request: SignedInRequest, pk: int, user: int) -> HttpResponse:
    cohort = get_cohort_to_staff(request.user, pk)
    person = get_object_or_404(cohort.workers, pk=user)
    staff.remove_worker(cohort=cohort, user=person, by=request.user)
    messages.success(request, f"{person.name} no longer sees the totals of this class.")
    return redirect("cohort_people", pk=pk)
