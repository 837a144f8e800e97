from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import SignedInRequest, signed_in
from apps.accounts.models import User
from apps.common.localtime import local_date
from apps.mail.weekly_cap import received
from apps.reminders.actions import save_preference
from apps.reminders.delivery_log import delivery_log
from apps.reminders.forms import PreferenceForm
from apps.reminders.models import Preference
from apps.reminders.preview import next_mail

PAUSE = timedelta(weeks=2)


@signed_in(reason="Everybody who gets mail may say when, and see what became of it.")
@require_http_methods(["GET", "POST"])
def reminder_settings(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    preference = Preference.of(request.user)
    if request.method == "POST" and "pause" in request.POST:
        today = local_date(now, request.user.zone)
        is_wanted = request.POST["pause"] == "yes"
        preference.paused_until = today + PAUSE if is_wanted else None
        save_preference(preference=preference, now=now)
        messages.success(request, "Paused." if is_wanted else "Your reminders come again.")
        return redirect("reminder_settings")
    form = PreferenceForm(request.POST or None, instance=preference)
    if request.method == "POST" and form.is_valid():
        form.choose(now)
        messages.success(request, "Saved.")
        return redirect("reminder_settings")
    # A form fills its instance even with what does not go.
    saved = Preference.of(User.objects.get(pk=request.user.pk))
    return render(
        request,
        "reminders/settings.html",
        {
            "form": form,
            "preference": saved,
            "is_paused": saved.is_paused_on(local_date(now, saved.user.zone)),
            "next_mail": next_mail(saved, now),
            "received": received([request.user.pk], now)[request.user.pk],
            "log": delivery_log(request.user),
        },
    )
