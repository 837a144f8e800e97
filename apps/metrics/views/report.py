from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.models import User
from apps.accounts.roles import Permission, Role
from apps.metrics import access, actions
from apps.metrics.asked import Asked, current_report, snapshot_of
from apps.metrics.beside import Beside, terms_beside, with_change
from apps.metrics.files import CONTENT_TYPES, content_of, file_name
from apps.metrics.forms.scope import ScopeForm
from apps.metrics.models import Audience, FileFormat, ReportSnapshot, Waiver
from apps.metrics.paths import counted_offers
from apps.metrics.report import Figures
from apps.metrics.report_page import report_page
from apps.metrics.scope import parts_of
from apps.metrics.semester import checksum
from apps.students.models import Cohort, Term

MOST_PATHS = 200
"""Paths on the page; the files have all of them."""


@requires(Permission.SEE_OUTCOMES)
@require_safe
def report(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the report of a term or a part of it, beside other terms."""
    form, now = ScopeForm(request.GET), timezone.now()
    asked = access.get_report(request.user, code, **form.chosen_part())
    context = _choices(request.user, asked)
    if asked.has_nobody:
        return render(request, "metrics/report_waiting.html", context | {"snapshot": None})
    current = current_report(asked, now)
    context |= {"current": current, "snapshot": current.snapshot, "ahead": _ahead(current.snapshot)}
    if current.document is None:
        return render(request, "metrics/report_waiting.html", context)
    beside = _beside(request.user, asked, current.document)
    earlier = context["earlier"]
    compare_to = next((t for t in earlier if t.code == form.chosen_term()), None)
    chosen = compare_to or next(iter(earlier), None)
    paths = current.document.get("paths", [])
    context |= {
        "page": report_page(asked.term, current.document),
        "beside": beside,
        "compare_to": chosen,
        "change": chosen and beside.change_since(chosen),
        "paths": counted_offers(asked.term, paths[:MOST_PATHS]),
        "counted": len(paths),
        "files": _files(asked, compare_to),
        "waived": Waiver.objects.filter(term=asked.term).count(),
    }
    return render(request, "metrics/report.html", context)


@requires(Permission.SEE_OUTCOMES)
@require_POST
def report_refresh(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask for fresh figures, and with `beside` for those of the other terms as well."""
    part = ScopeForm(request.POST).chosen_part()
    asked = access.get_report_with_somebody(request.user, code, **part)
    now, scope = timezone.now(), asked.scope
    actions.request_report(term=asked.term, scope=scope, audience=asked.audience, now=now)
    if "beside" in request.POST:
        others = list(Term.objects.visible_to(request.user).exclude(pk=asked.term.pk))
        actions.request_beside(terms=others, scope=scope, audience=asked.audience, now=now)
    messages.success(request, "Fresh figures are on their way. They take a few seconds.")
    return redirect(asked.address("report"))


@requires(Permission.SEE_OUTCOMES)
@require_safe
def report_state(request: SignedInRequest, code: str) -> HttpResponse:
    """Answer the page that waits: still computing, or please load again."""
    asked = access.get_report(request.user, code, **ScopeForm(request.GET).chosen_part())
    snapshot = snapshot_of(asked)
    if snapshot is not None and not snapshot.is_waiting:
        return HttpResponseClientRefresh()
    context = {"links": _links(asked), "ahead": _ahead(snapshot)}
    return render(request, "metrics/_computing.html", context)


@requires(Permission.SEE_OUTCOMES)
@require_safe
@never_cache
def report_file(request: SignedInRequest, code: str, file_format: str) -> HttpResponse:
    """Give the report as a file: the figures that its page shows.

    What may leave the office is a release. Only releases are remembered by the next audit, and
    two files that nobody remembers could give away together what each hides.
    """
    if file_format not in FileFormat.values:
        raise Http404("No such format.")
    form = ScopeForm(request.GET)
    asked = access.get_report_with_somebody(request.user, code, **form.chosen_part())
    if asked.is_shareable:
        messages.info(request, "What leaves the office is published first: then it has its files.")
        return redirect("report_check", code=asked.term.code)
    document = _document(request.user, asked, form.chosen_term(), timezone.now())
    if document is None:
        return redirect(asked.address("report"))
    made = FileFormat(file_format)
    content = content_of(document, term=asked.term, waivers=[], format=made)
    answer = HttpResponse(content, content_type=CONTENT_TYPES[made])
    answer["Content-Disposition"] = f'attachment; filename="{file_name(document, made)}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _document(user: User, asked: Asked, compare: str, now: datetime) -> Figures | None:
    document = current_report(asked, now).document
    other = Term.objects.visible_to(user).filter(code=compare).first() if compare else None
    if document is None or other is None:
        return document
    document = with_change(asked, document, user, other)
    return {**document, "checksum": checksum(document)}


def _beside(user: User, asked: Asked, document: Figures) -> Beside:
    return terms_beside(asked, document, user, Term.objects.visible_to(user))


def _ahead(snapshot: ReportSnapshot | None) -> int:
    return ReportSnapshot.objects.ahead_of(snapshot).count() if snapshot else 0


def _choices(user: User, asked: Asked) -> dict[str, Any]:
    """Return what the page lets people choose: terms, classes, programs, years and the audience."""
    cohorts = Cohort.objects.visible_to(user).filter(term=asked.term).order_by("name")
    programs, years = parts_of(cohorts)
    terms = list(Term.objects.visible_to(user))
    sees_all = user.has_role(Role.ADMINISTRATOR)
    return {
        "asked": asked,
        "term": asked.term,
        "terms": terms,
        "cohorts": list(cohorts),
        "programs": programs,
        "years": years,
        "earlier": [term for term in terms if term.starts_on < asked.term.starts_on],
        "sees_whole_term": sees_all,
        "links": _links(asked),
        "audiences": _audiences(asked) if sees_all else [],
    }


def _links(asked: Asked) -> dict[str, str]:
    return {name: asked.address(name) for name in ("report", "report_state")}


def _audiences(asked: Asked) -> list[tuple[str, str, bool]]:
    """Return label and link of each audience, and whether this report is for it."""
    told = []
    for audience in Audience:
        other = Asked(
            term=asked.term,
            cohort=asked.cohort,
            program=asked.program,
            class_year=asked.class_year,
            audience=audience,
        )
        told.append((audience.label, other.address("report"), audience == asked.audience))
    return told


def _files(asked: Asked, compare_to: Term | None) -> list[tuple[str, str]]:
    if asked.is_shareable:
        return [("Check and publish", reverse("report_check", args=[asked.term.code]))]
    compare = compare_to.code if compare_to else ""
    return [
        (made.label, asked.address("report_file", made.value, compare=compare))
        for made in FileFormat
    ]
