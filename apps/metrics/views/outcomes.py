from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission, Role
from apps.metrics import access
from apps.metrics.forms.scope import ScopeForm
from apps.metrics.paths import trace
from apps.metrics.reply_rates import reply_rates as rates_of
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
