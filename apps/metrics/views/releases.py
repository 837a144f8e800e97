"""Publishing: the check before it, the wish to publish, and the releases that came of it."""

from typing import Any

import structlog
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import parse_etags
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.metrics import access, orders, publishing
from apps.metrics.files import CONTENT_TYPES, file_name
from apps.metrics.files.lines import hidden_words
from apps.metrics.findings import findings
from apps.metrics.forms.release import PublishForm, ReasonForm, WaiveForm
from apps.metrics.models import Audience, FileFormat, Publication, Release, ReportOrder
from apps.metrics.publications import ask_to_publish
from apps.metrics.release_page import (
    changed_rows,
    counts_of_changes,
    methods_of_release,
    tables_of_release,
)
from apps.students.models import Term

log = structlog.get_logger(__name__)

ROWS_ON_A_PAGE = 200


@requires(Permission.PUBLISH_REPORTS)
@require_safe
def report_check(request: SignedInRequest, code: str) -> HttpResponse:
    """Name all that does not add up in a term, and offer to publish once it does."""
    term = access.get_term_for_report(request.user, code)
    return _check_page(request, term, publish=PublishForm(term=term))


@requires(Permission.PUBLISH_REPORTS)
@require_POST
def finding_waive(request: SignedInRequest, code: str) -> HttpResponse:
    term = access.get_term_for_report(request.user, code)
    form = WaiveForm(request.POST)
    now = timezone.now()
    is_one = form.data.get("finding") in {finding.key for finding in findings(term, now)}
    if not is_one:
        messages.success(request, "That is mended already.")
        return redirect("report_check", code=term.code)
    if not form.is_valid():
        return _check_page(request, term, publish=PublishForm(term=term), waive=form)
    publishing.waive(
        term=term,
        finding=form.cleaned_data["finding"],
        reason=form.cleaned_data["reason"],
        by=request.user,
        now=now,
    )
    messages.success(request, "Waived. The reason is printed in the methods note.")
    return redirect("report_check", code=term.code)


@requires(Permission.PUBLISH_REPORTS)
@require_POST
def report_publish(request: SignedInRequest, code: str) -> HttpResponse:
    term = access.get_term_for_report(request.user, code)
    form = PublishForm(request.POST, term=term)
    now = timezone.now()
    if any(not finding.is_waived for finding in findings(term, now)):
        messages.warning(request, "Not published: mend or waive each open finding first.")
        return _check_page(request, term, publish=form)
    if not form.is_valid():
        return _check_page(request, term, publish=form)
    publication = ask_to_publish(
        term=term,
        scope=form.scope(),
        audience=Audience(form.cleaned_data["audience"]),
        compare_to=form.cleaned_data["compare"],
        by=request.user,
        now=now,
    )
    return redirect("publication", pk=publication.pk)


@requires(Permission.PUBLISH_REPORTS)
@require_safe
def publication(request: SignedInRequest, pk: int) -> HttpResponse:
    return render(
        request, "metrics/release_making.html", {"publication": access.get_publication(pk)}
    )


@requires(Permission.PUBLISH_REPORTS)
@require_safe
def publication_state(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer the page that waits: how far the worker is, or please load the page again."""
    wish = access.get_publication(pk)
    if wish.done_at:
        return HttpResponseClientRefresh()
    return render(request, "metrics/_release_making.html", {"publication": wish})


@requires(Permission.SEE_OUTCOMES)
@require_safe
def release_list(request: SignedInRequest, code: str) -> HttpResponse:
    term = access.get_term_for_report(request.user, code)
    releases = Release.objects.visible_to(request.user).light().filter(term=term)
    context = {
        "term": term,
        "terms": Term.objects.visible_to(request.user),
        "releases": releases.select_related("cohort", "published_by"),
        **_order(request),
    }
    return render(request, "metrics/release_list.html", context)


@requires(Permission.SEE_OUTCOMES)
@require_safe
def release(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a release; with `verify` in the address, compute its checksums again and say so."""
    found = access.get_release(request.user, pk)
    verification = publishing.verify(found) if "verify" in request.GET else None
    return _release_page(request, found, verification=verification)


@requires(Permission.SEE_OUTCOMES)
@require_safe
@cache_control(private=True, no_cache=True)
def release_file(request: SignedInRequest, pk: int, file_format: str) -> HttpResponse:
    """Give a file as it was published. Its tag is its checksum: the same tag, the same bytes."""
    file = access.get_release_file(request.user, pk, file_format)
    tag = f'"{file.sha256}"'
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers={"ETag": tag})
    log.info("release downloaded", release=pk, format=file_format, by=request.user.pk)
    kind = FileFormat(file.format)
    name = file_name(file.release.document, kind).replace(".", f"-release-{pk}.")
    return HttpResponse(
        bytes(file.content),
        content_type=CONTENT_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "ETag": tag,
        },
    )


@requires(Permission.PUBLISH_REPORTS)
@require_POST
def release_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_release(request.user, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _release_page(request, found, withdraw=form)
    reason = form.cleaned_data["reason"]
    publishing.withdraw(release=found, reason=reason, by=request.user, now=timezone.now())
    messages.success(request, "Withdrawn. It stays readable, and says so.")
    return redirect("release", pk=pk)


@requires(Permission.SEE_OUTCOMES)
@require_safe
def release_changes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set the rows behind a release against those of now; names only for an internal one."""
    found = access.get_release_for_rows(request.user, pk)
    changes = publishing.changed_since(found)
    is_named = found.audience == Audience.INTERNAL
    page = Paginator(changes, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "release": found,
        "count": len(changes),
        "counts": counts_of_changes(changes),
        "page": page if is_named else None,
        "rows": changed_rows(list(page.object_list), found.term) if is_named else [],
        "compared_at": timezone.now(),
    }
    return render(request, "metrics/release_changes.html", context)


@requires(Permission.PUBLISH_REPORTS)
@require_POST
def report_order(request: SignedInRequest, code: str) -> HttpResponse:
    """Order or cancel the mail about each term's close; the term is only where one came from."""
    term = access.get_term_for_report(request.user, code)
    if request.POST.get("order") == "yes":
        orders.order_report(user=request.user, now=timezone.now())
        messages.success(request, "Ordered. The link comes by mail once a term has closed.")
    else:
        orders.cancel_report_order(user=request.user)
        messages.success(request, "Cancelled. No such mail comes any more.")
    return redirect("release_list", code=term.code)


@requires(Permission.PUBLISH_REPORTS)
@require_safe
def report_ready(request: SignedInRequest, code: str) -> HttpResponse:
    """Lead from the mail to what there is by now: the release, or the check before one."""
    term = access.get_term_for_report(request.user, code)
    latest = Release.objects.standing().light().filter(term=term).first()
    if latest is None:
        return redirect("report_check", code=term.code)
    return redirect("release", pk=latest.pk)


def _check_page(
    request: SignedInRequest, term: Term, *, publish: PublishForm, waive: WaiveForm | None = None
) -> HttpResponse:
    found = findings(term, timezone.now())
    context = {
        "term": term,
        "terms": Term.objects.visible_to(request.user),
        "open": [finding for finding in found if not finding.is_waived],
        "waived": [finding for finding in found if finding.is_waived],
        "publish": publish,
        "waive": waive or WaiveForm(),
        "refused": waive.data.get("finding") if waive else "",
        "waiting": Publication.objects.waiting().filter(term=term).select_related("cohort"),
        **_order(request),
    }
    return render(request, "metrics/findings.html", context)


def _order(request: SignedInRequest) -> dict[str, Any]:
    may_publish = request.user.may(Permission.PUBLISH_REPORTS)
    is_ordered = may_publish and ReportOrder.objects.filter(user=request.user).exists()
    return {"may_publish": may_publish, "is_ordered": is_ordered}


def _release_page(
    request: SignedInRequest,
    found: Release,
    *,
    verification: publishing.Verification | None = None,
    withdraw: ReasonForm | None = None,
) -> HttpResponse:
    is_internal = found.audience == Audience.INTERNAL
    may_publish = request.user.may(Permission.PUBLISH_REPORTS)
    context = {
        "release": found,
        "files": found.files.defer("content").order_by("format"),
        "tables": tables_of_release(found),
        "methods": methods_of_release(found),
        "hidden_words": hidden_words(found.document),
        "verification": verification,
        "withdraw": withdraw or ReasonForm(),
        "may_publish": may_publish,
        "may_see_rows": is_internal or may_publish,
    }
    return render(request, "metrics/release.html", context)
