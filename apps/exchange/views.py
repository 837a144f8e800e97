import structlog
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.common.csv_text import BadTableError
from apps.exchange import access, actions
from apps.exchange.destinations import Words, read_destinations, write_destinations
from apps.exchange.forms import (
    DestinationFileForm,
    EarlierFileForm,
    GradebookFileForm,
    GradebookForm,
    WorkbookForm,
)
from apps.exchange.gradebook import Program, columns_of, compare, sheet_of, write_gradebook
from apps.exchange.models import ImportRun
from apps.exchange.workbook.tables import TABLES
from apps.outcomes.access import get_term_for_destinations
from apps.outcomes.graduates import graduates
from apps.students.access import get_cohort_for_settings

log = structlog.get_logger(__name__)

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


@requires(Permission.COACH)
@require_http_methods(["GET", "POST"])
def gradebook(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose what goes into the gradebook of a class, or compare a file with it."""
    cohort = get_cohort_for_settings(request.user, pk)
    columns = columns_of(cohort)
    upload = GradebookFileForm(request.POST or None, request.FILES or None)
    context = {
        "cohort": cohort,
        "form": GradebookForm(columns=columns),
        "upload": upload,
        "compared": None,
    }
    if request.method == "POST" and upload.is_valid():
        file = upload.cleaned_data["gradebook"]
        now = sheet_of(
            cohort, file.program, keys=[column.key for column in columns], now=timezone.now()
        )
        context["compared"] = compare(file, now)
    return render(request, "exchange/gradebook.html", context)


@requires(Permission.COACH)
@require_safe
@cache_control(private=True, no_store=True)
def gradebook_file(request: SignedInRequest, pk: int) -> HttpResponse:
    cohort = get_cohort_for_settings(request.user, pk)
    columns = columns_of(cohort)
    form = GradebookForm(request.GET, columns=columns)
    if not form.is_valid():
        context = {"cohort": cohort, "form": form, "upload": GradebookFileForm(), "compared": None}
        return render(request, "exchange/gradebook.html", context, status=422)
    program = Program(form.cleaned_data["program"])
    now = timezone.now()
    sheet = sheet_of(cohort, program, keys=form.cleaned_data["columns"], now=now)
    log.info("gradebook exported", cohort=cohort.pk, program=program, by=request.user.pk)
    name = f"gradebook-{program}-{cohort.pk}-{timezone.localdate(now).isoformat()}.csv"
    return HttpResponse(
        write_gradebook(sheet),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@requires(Permission.SEE_OUTCOMES)
@require_safe
@cache_control(private=True, no_store=True)
def destination_file(request: SignedInRequest, code: str) -> HttpResponse:
    """Give the first destinations of a term in uConnect's columns, or in Handshake's words."""
    term = get_term_for_destinations(request.user, code)
    form = DestinationFileForm({"words": Words.UCONNECT, **request.GET.dict()})
    if not form.is_valid():
        return redirect("destinations", code=code)
    words, with_ids = Words(form.cleaned_data["words"]), form.cleaned_data["ids"]
    text = write_destinations(graduates(term, request.user), term, words=words, with_ids=with_ids)
    name = f"first-destinations-{term.code}-{words}.csv"
    log.info("destinations exported", term=term.pk, by=request.user.pk, with_ids=with_ids)
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@requires(Permission.IMPORT_SEMESTER)
@require_http_methods(["GET", "POST"])
def destination_import(request: SignedInRequest, code: str) -> HttpResponse:
    """Look at an earlier file, and save it once somebody has looked and said yes."""
    term = get_term_for_destinations(request.user, code)
    form = EarlierFileForm(
        request.POST if request.method == "POST" else None, request.FILES or None
    )
    context = {"term": term, "form": form, "preview": None, "looked_at": ""}
    if request.method == "POST" and form.is_valid():
        fresh, looked_at = form.cleaned_data["file"], form.cleaned_data["looked_at"]
        try:
            if fresh:
                context["preview"] = read_destinations(fresh, term)
                context["looked_at"] = EarlierFileForm.signed(fresh)
            else:
                saved = actions.save_destinations(
                    term=term, data=looked_at, by=request.user, now=timezone.now()
                )
                if saved.is_good:
                    messages.success(
                        request,
                        f"Saved: {len(saved.new)} new, {len(saved.changed)} changed, "
                        f"{saved.unchanged} as before.",
                    )
                    return redirect("destinations", code=code)
                context["preview"] = saved
        except BadTableError as reason:
            form.add_error("file", str(reason))
    return render(request, "exchange/destination_import.html", context)


def _list_page(request: SignedInRequest, form: WorkbookForm) -> HttpResponse:
    runs = ImportRun.objects.visible_to(request.user).without_file()
    context = {"form": form, "runs": runs.select_related("created_by")[:RUNS_SHOWN]}
    return render(request, "exchange/import_list.html", context)
