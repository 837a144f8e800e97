"""What waits for a counselor's word, and giving it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.models import User
from apps.accounts.roles import Permission
from apps.coaching import access
from apps.coaching.actions import feedback as actions
from apps.coaching.forms.feedback import (
    NO_RUBRIC,
    ChooseRubricForm,
    QueueFilter,
    ReturnForm,
    usual_version,
)
from apps.coaching.marking import marks_of
from apps.coaching.models import Rubric, Submission
from apps.coaching.queue import Queue, returned_lately

RETURNED_SHOWN = 20


@requires(Permission.COACH)
@require_safe
def feedback_queue(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    kind = QueueFilter(request.GET).chosen()
    context = {
        "queue": Queue.of(request.user, kind=kind, now=now),
        "kind": kind,
        "returned": returned_lately(request.user, now=now)[:RETURNED_SHOWN],
    }
    return render(request, "coaching/feedback_queue.html", context)


@requires(Permission.COACH)
@require_POST
def feedback_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open what a student handed in. From now on they cannot take it back."""
    row = access.get_submission_to_read(request.user, pk)
    try:
        actions.begin_to_read(submission=row, by=request.user, now=timezone.now())
    except actions.TooLate:
        messages.warning(request, "It was taken back a moment ago.")
        return redirect("feedback_queue")
    return redirect("feedback", pk=pk)


@requires(Permission.COACH)
@require_http_methods(["GET", "POST"])
def feedback(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read one piece, comment on it, and give it back."""
    row = access.get_submission_to_read(request.user, pk)
    rounds = list(row.earlier_rounds())
    before = rounds[0] if rounds else None
    chooser = ChooseRubricForm(
        request.POST or request.GET, before=before.rubric_version if before else None
    )
    version = chooser.version(usual=_usual(request.user, row, before, chooser))
    form = ReturnForm(request.POST or None, version=version)
    context: dict[str, Any] = {
        "submission": row,
        "contact": row.person,
        "chooser": chooser,
        "chosen_rubric": str(version.pk) if version else NO_RUBRIC,
        "form": form,
        "marks": marks_of(row),
        "rounds": [(one, marks_of(one)) for one in rounds],
        "overtaken_by": None,
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "coaching/feedback.html", context)
    try:
        actions.return_submission(
            submission=row,
            comment=form.cleaned_data["comment"],
            rubric_version=form.version_used,
            scores=form.scores,
            is_to_be_revised="again" in request.POST,
            by=request.user,
            now=timezone.now(),
        )
    except actions.TooLate as late:
        context |= {"overtaken_by": late.submission, "marks": marks_of(late.submission)}
        return render(request, "coaching/feedback.html", context, status=409)
    messages.success(request, f"Returned to {row.student.name}.")
    return redirect("feedback_queue")


def _usual(
    user: User, row: Submission, before: Submission | None, chooser: ChooseRubricForm
) -> Any:
    if before and before.rubric_version:
        return before.rubric_version
    returned = Submission.objects.filter(
        returned_by=user, piece=row.piece, rubric_version__isnull=False
    )
    last = returned.order_by("-returned_at").values_list("rubric_version__rubric", flat=True)
    rubric = Rubric.objects.filter(pk__in=last[:1]).first()
    return usual_version(list(chooser.versions.values()), rubric)
