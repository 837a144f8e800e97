"""A file of the report as it stands: ask, wait for a worker, take it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.metrics import access
from apps.metrics.files import CONTENT_TYPES
from apps.metrics.forms.scope import ScopeForm
from apps.metrics.models import FileFormat
from apps.metrics.report_files import ask_for_file, asked_of
from apps.students.models import Term


@requires(Permission.SEE_OUTCOMES)
@require_POST
def report_file_ask(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask for a file of an internal report; lead to publishing for one that may leave the office.

    Only releases are remembered by the next audit: two files that nobody remembers could give
    away together what each hides.
    """
    file_format = request.POST.get("format", "")
    if file_format not in FileFormat.values:
        raise Http404("No such format.")
    form = ScopeForm(request.POST)
    asked = access.get_report_with_somebody(request.user, code, **form.chosen_part())
    if asked.is_shareable:
        messages.info(request, "What leaves the office is published first: then it has its files.")
        return redirect("report_check", code=asked.term.code)
    compare_to = Term.objects.visible_to(request.user).filter(code=form.chosen_term()).first()
    file = ask_for_file(
        asked=asked,
        compare_to=compare_to,
        format=FileFormat(file_format),
        by=request.user,
        now=timezone.now(),
    )
    return redirect("report_file", pk=file.pk)


@requires(Permission.SEE_OUTCOMES)
@require_safe
def report_file(request: SignedInRequest, pk: int) -> HttpResponse:
    file = access.get_report_file(request.user, pk)
    return render(
        request,
        "metrics/report_file.html",
        {"file": file, "report": asked_of(file).address("report")},
    )


@requires(Permission.SEE_OUTCOMES)
@require_safe
def report_file_state(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer the page that waits: how far the worker is, or please load the page again."""
    file = access.get_report_file(request.user, pk)
    if file.done_at:
        return HttpResponseClientRefresh()
    return render(request, "metrics/_report_file_making.html", {"file": file})


@requires(Permission.SEE_OUTCOMES)
@require_safe
@never_cache
def report_file_download(request: SignedInRequest, pk: int) -> HttpResponse:
    file = access.get_report_file(request.user, pk)
    if file.content is None:
        return redirect("report_file", pk=pk)
    return HttpResponse(
        bytes(file.content),
        content_type=CONTENT_TYPES[FileFormat(file.format)],
        headers={
            "Content-Disposition": f'attachment; filename="{file.name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
