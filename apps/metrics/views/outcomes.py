from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission, Role
from apps.metrics import access, actions
from apps.metrics.forms.scope import ScopeForm
from apps.metrics.models import ReportSnapshot
from apps.metrics.paths import counted_offers, trace
from apps.metrics.reply_rates import reply_rates as rates_of
from apps.metrics.report import DEFINITIONS
from apps.metrics.report_page import Change, change_since, report_page
from apps.students.models import Cohort, Term


@requires(Permission.SEE_OUTCOMES)
@require_safe
def outcomes(request: SignedInRequest) -> HttpResponse:
    """Send people on to the report of the latest term that has begun."""
    terms = Term.objects.visible_to(request.user)
    begun = terms.filter(starts_on__lte=timezone.localdate()).first()
    term = begun or terms.first()
    if term is None:
        return render(request, "metrics/no_terms.html")
    return redirect("report", code=term.code)


@requires(Permission.SEE_OUTCOMES)
@require_safe
def report(request: SignedInRequest, code: str) -> HttpResponse:
    term = access.get_term_for_report(request.user, code)
    cohorts = Cohort.objects.visible_to(request.user).filter(term=term).order_by("name")
    earlier = Term.objects.visible_to(request.user).before(term)
    form = ScopeForm(request.GET)
    cohort = access.get_scope_for_report(request.user, term, form.chosen_cohort())
    snapshot = _snapshot(term, cohort)
    context = {
        "term": term,
        "terms": Term.objects.visible_to(request.user),
        "cohort": cohort,
        "cohorts": cohorts,
        "earlier": earlier,
        "sees_whole_term": request.user.has_role(Role.ADMINISTRATOR),
        "snapshot": snapshot,
    }
    if snapshot is None or snapshot.report is None:
        return render(request, "metrics/report_waiting.html", context)
    compare_to = earlier.filter(code=form.chosen_term()).first() or earlier.first()
    return render(
        request,
        "metrics/report.html",
        {
            **context,
            "page": report_page(term, snapshot.report),
            "change": compare_to and _change(compare_to, cohort, snapshot),
            "compare_to": compare_to,
            "paths": counted_offers(term, snapshot.report["paths"]),
        },
    )


@requires(Permission.SEE_OUTCOMES)
@require_POST
def report_refresh(request: SignedInRequest, code: str) -> HttpResponse:
    term = access.get_term_for_report(request.user, code)
    cohort = access.get_scope_for_report(
        request.user, term, ScopeForm(request.POST).chosen_cohort()
    )
    actions.request_report(term=term, cohort=cohort, now=timezone.now())
    messages.success(request, "Fresh figures are on their way. They take a few seconds.")
    query = f"?cohort={cohort.pk}" if cohort else ""
    return redirect(reverse("report", args=[term.code]) + query)


@requires(Permission.SEE_OUTCOMES)
@require_safe
def report_state(request: SignedInRequest, code: str) -> HttpResponse:
    """Answer the page that waits: still computing, or please load again."""
    term = access.get_term_for_report(request.user, code)
    cohort = access.get_scope_for_report(request.user, term, ScopeForm(request.GET).chosen_cohort())
    snapshot = _snapshot(term, cohort)
    if snapshot is not None and not snapshot.is_waiting:
        return HttpResponseClientRefresh()
    return render(request, "metrics/_computing.html", {"term": term, "cohort": cohort})


@requires(Permission.SEE_OUTCOMES)
@require_safe
def offer_path(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    term = access.get_term_for_report(request.user, code)
    offer = access.get_offer_for_path(request.user, term, pk)
    return render(request, "metrics/offer_path.html", {"term": term, "traced": trace(offer)})


@requires(Permission.SEE_OUTCOMES)
@require_safe
def reply_rates(request: SignedInRequest, code: str) -> HttpResponse:
    """Show how many of the people who were asked replied, by what may go with it."""
    term = access.get_term_for_report(request.user, code)
    cohort = access.get_scope_for_report(request.user, term, ScopeForm(request.GET).chosen_cohort())
    context = {
        "term": term,
        "terms": Term.objects.visible_to(request.user),
        "cohort": cohort,
        "cohorts": Cohort.objects.visible_to(request.user).filter(term=term).order_by("name"),
        "sees_whole_term": request.user.has_role(Role.ADMINISTRATOR),
        "rates": rates_of(term, cohort),
    }
    return render(request, "metrics/reply_rates.html", context)


def _snapshot(term: Term, cohort: Cohort | None) -> ReportSnapshot | None:
    return ReportSnapshot.objects.filter(term=term, cohort=cohort, definitions=DEFINITIONS).first()


def _change(compare_to: Term, cohort: Cohort | None, snapshot: ReportSnapshot) -> Change | None:
    """Return the change since another term's stored report, of the cohort of the same name."""
    same = compare_to.cohorts.filter(name=cohort.name).first() if cohort else None
    if cohort is not None and same is None:
        return None
    before = _snapshot(compare_to, same)
    if before is None or before.report is None or snapshot.report is None:
        return None
    return change_since(compare_to, snapshot.report, before.report)
