from datetime import datetime

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.common.templatetags.clock import clock
from apps.meetings.access import get_meeting_to_plan
from apps.meetings.actions.talk import save_jottings
from apps.meetings.forms.talk import JottingsForm
from apps.meetings.models import Jottings, Meeting, PlannedQuestion, PrepSheet
from apps.meetings.revisions import StaleText


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def meeting_talk(request: SignedInRequest, pk: int) -> HttpResponse:
    """One screen for the conversation itself."""
    meeting = get_meeting_to_plan(request.user, pk)
    stored = _stored(meeting)
    asked = PlannedQuestion.objects.filter(meeting=meeting, is_asked=True)
    form = JottingsForm(
        instance=stored,
        initial={"revision": stored.revision, "asked": list(asked.values_list("pk", flat=True))},
    )
    return _page(request, meeting, form, stored, now=timezone.now())


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def jottings(request: SignedInRequest, pk: int) -> HttpResponse:
    """Save what was jotted down and ticked: by itself while one types, or by a button."""
    now = timezone.now()
    meeting = get_meeting_to_plan(request.user, pk)
    is_autosave = "X-Autosave" in request.headers
    form = JottingsForm(request.POST, instance=Jottings(meeting=meeting))
    if not form.is_valid():
        words = " ".join(str(word) for problems in form.errors.values() for word in problems)
        if is_autosave:
            return JsonResponse({"words": f"Not saved. {words}"}, status=422)
        return _page(request, meeting, form, _stored(meeting), now=now)
    try:
        saved = save_jottings(
            meeting=meeting,
            revision=form.cleaned_data["revision"],
            text=form.cleaned_data["text"],
            asked=form.cleaned_data["asked"],
            now=now,
        )
    except StaleText as reason:
        if is_autosave:
            return JsonResponse({"words": str(reason)}, status=409)
        return _page(request, meeting, form, _stored(meeting), now=now, is_stale=True)
    if is_autosave:
        at = clock(timezone.localtime(saved.saved_at))
        return JsonResponse({"revision": saved.revision, "saved": at})
    return redirect("meeting_debrief" if "debrief" in request.POST else "meeting_talk", pk=pk)


def _stored(meeting: Meeting) -> Jottings:
    return Jottings.objects.filter(meeting=meeting).first() or Jottings(meeting=meeting)


def _page(
    request: SignedInRequest,
    meeting: Meeting,
    form: JottingsForm,
    stored: Jottings,
    *,
    now: datetime,
    is_stale: bool = False,
) -> HttpResponse:
    ticked = {int(key) for key in form["asked"].value() or [] if str(key).isdecimal()}
    questions = list(PlannedQuestion.objects.filter(meeting=meeting).order_by("position", "pk"))
    context = {
        "meeting": meeting,
        "sheet": PrepSheet.objects.filter(meeting=meeting).first(),
        "questions": [(question, question.pk in ticked) for question in questions],
        "form": form,
        "stored": stored,
        "now": now,
        "is_stale": is_stale,
    }
    return render(request, "meetings/talk.html", context, status=409 if is_stale else 200)
