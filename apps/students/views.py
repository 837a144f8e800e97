from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.students.access import get_own_student
from apps.students.actions import set_campaign
from apps.students.forms import CampaignForm
from apps.students.models import Campaign


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def campaign(request: SignedInRequest) -> HttpResponse:
    student = get_own_student(request.user)
    form = CampaignForm(
        request.POST or None, instance=Campaign.objects.filter(student=student).first()
    )
    if request.method == "POST" and form.is_valid():
        set_campaign(student=student, details=form.cleaned_data)
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
