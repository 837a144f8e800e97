from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.exchange import access, actions
from apps.exchange.forms import WorkbookForm
from apps.exchange.models import ImportRun
from apps.exchange.workbook.tables import TABLES

RUNS_SHOWN = 50
PROBLEMS_ON_A_PAGE = 100


@requires(Permission.IMPORT_SEMESTER)
@require_safe
def import_list(request: SignedInRequest) -> HttpResponse:
    return _list_page(request, WorkbookForm())


@requires(Permission.IMPORT_SEMESTER)
@require_POST
def import_upload(request: SignedInRequest) -> HttpResponse:
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list_page(request, form)
    run = actions.start_import(upload=form.upload(), by=request.user)
    return redirect("import_detail", pk=run.pk)


@requires(Permission.IMPORT_SEMESTER)
@require_safe
def import_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    run = access.get_import_run(request.user, pk)
    context = {
        "run": run,
        "problems": Paginator(run.problems, PROBLEMS_ON_A_PAGE).get_page(request.GET.get("page")),
        "tables": [(name, run.counts[name]) for name in TABLES if name in run.counts],
    }
    return render(request, "exchange/import_detail.html", context)


@requires(Permission.IMPORT_SEMESTER)
@require_safe
def import_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer the page that waits: how far the worker is, or please load the page again."""
    run = access.get_import_run(request.user, pk)
    if not run.is_with_worker:
        return HttpResponseClientRefresh()
    return render(request, "exchange/_progress.html", {"run": run})


@requires(Permission.IMPORT_SEMESTER)
@require_POST
def import_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    run = access.get_import_run(request.user, pk)
    if not actions.confirm_import(run=run, by=request.user):
        messages.warning(request, "This import has moved on meanwhile.")
    return redirect("import_detail", pk=pk)


@requires(Permission.IMPORT_SEMESTER)
@require_POST
def import_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    run = access.get_import_run(request.user, pk)
    if not actions.discard_import(run=run, by=request.user):
        messages.warning(request, "This import is finished, so it can no longer be discarded.")
        return redirect("import_detail", pk=pk)
    messages.success(request, "Discarded. Nothing of the file was kept.")
    return redirect("import_list")


def _list_page(request: SignedInRequest, form: WorkbookForm) -> HttpResponse:
    runs = ImportRun.objects.visible_to(request.user).without_file()
    context = {"form": form, "runs": runs.select_related("created_by")[:RUNS_SHOWN]}
    return render(request, "exchange/import_list.html", context)
