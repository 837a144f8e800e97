from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.students.access import get_accomplishment, get_own_student
from apps.students.actions.campaign import (
    add_accomplishment,
    edit_accomplishment,
    remove_accomplishment,
    set_campaign,
)
from apps.students.forms.campaign import AccomplishmentForm, CampaignForm
from apps.students.models import Accomplishment, Campaign


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def campaign(request: SignedInRequest) -> HttpResponse:
    student = get_own_student(request.user)
    form = CampaignForm(
        request.POST or None, instance=Campaign.objects.filter(student=student).first()
    )
    if request.method == "POST" and form.is_valid():
        set_campaign(student=student, details=form.cleaned_data, now=timezone.now())
        messages.success(request, "Saved. Take the list along when you talk with people.")
        return redirect("campaign")
    return render(request, "students/campaign.html", {"form": form})


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def campaign_print(request: SignedInRequest) -> HttpResponse:
    """One page to show around: what the student is after, and nothing about anybody's address."""
    student = get_own_student(request.user)
    campaign = Campaign.objects.filter(student=student).first() or Campaign(student=student)
    return render(
        request, "students/campaign_print.html", {"student": student, "campaign": campaign}
    )


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def accomplishments(request: SignedInRequest) -> HttpResponse:
    """Show the library that prep sheets choose from, and add to it."""
    student = get_own_student(request.user)
    form = AccomplishmentForm(request.POST or None, student=student)
    if request.method == "POST" and form.is_valid():
        add_accomplishment(student=student, text=form.cleaned_data["text"])
        messages.success(request, "In your library. Choose it where you prepare a conversation.")
        return redirect("accomplishments")
    rows = Accomplishment.objects.filter(student=student).order_by("-pk")
    return render(request, "students/accomplishments.html", {"form": form, "rows": rows})


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def accomplishment_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_accomplishment(request.user, pk)
    form = AccomplishmentForm(request.POST or None, instance=row, student=row.student)
    if request.method == "POST" and form.is_valid():
        edit_accomplishment(accomplishment=row, text=form.cleaned_data["text"])
        messages.success(request, "Saved.")
        return redirect("accomplishments")
    return render(request, "students/accomplishment_form.html", {"form": form, "row": row})


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def accomplishment_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    remove_accomplishment(accomplishment=get_accomplishment(request.user, pk))
    messages.success(request, "Taken out of your library.")
    return redirect("accomplishments")
