from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.outcomes.access import get_own_place, get_student_of_term, get_term_for_destinations
from apps.outcomes.actions import save_destination
from apps.outcomes.destination_rates import TARGET
from apps.outcomes.forms import DestinationForm
from apps.outcomes.graduates import graduates, rates_of
from apps.outcomes.models import Destination, FirstDestination, Source
from apps.outcomes.views.offers import posted
from apps.students.models import Term


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def destination_own(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a graduate say what they do first."""
    place = get_own_place(request.user, pk)
    term, student = place.cohort.term, place.student
    said = FirstDestination.objects.filter(student=student, term=term, source=Source.GRADUATE)
    form = DestinationForm(posted(request), instance=said.first(), is_own=True)
    if request.method == "POST" and form.is_valid():
        save_destination(
            student=student,
            term=term,
            source=Source.GRADUATE,
            details=form.details,
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "Noted, and thank you. You can change it at any time.")
        return redirect("close_out", pk=pk)
    return render(request, "outcomes/destination_own.html", {"form": form, "place": place})


@requires(Permission.SEE_OUTCOMES)
@require_safe
def destination_terms(request: SignedInRequest) -> HttpResponse:
    """List the terms, the latest first."""
    terms = Term.objects.visible_to(request.user)
    return render(request, "outcomes/destination_terms.html", {"terms": terms})


@requires(Permission.SEE_OUTCOMES)
@require_safe
def destinations(request: SignedInRequest, code: str) -> HttpResponse:
    """Show both rates and what each graduate does first, as far as the reader may see them."""
    term = get_term_for_destinations(request.user, code)
    rows = graduates(term, request.user)
    rates = rates_of(rows)
    context = {
        "term": term,
        "rows": rows,
        "rates": rates,
        "target": TARGET,
        "may_import": request.user.may(Permission.IMPORT_SEMESTER),
        "counts": [(kind.label, rates.counts[kind.value]) for kind in Destination],
    }
    return render(request, "outcomes/destinations.html", context)


@requires(Permission.SEE_OUTCOMES)
@require_http_methods(["GET", "POST"])
def destination_edit(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Write down what a source says of one graduate, and show what all of them say."""
    term = get_term_for_destinations(request.user, code)
    student = get_student_of_term(request.user, term, pk)
    said = FirstDestination.objects.filter(student=student, term=term)
    form = DestinationForm(posted(request), instance=None, is_own=False)
    if request.method == "POST" and form.is_valid():
        save_destination(
            student=student,
            term=term,
            source=Source(form.cleaned_data["source"]),
            details=form.details,
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "Saved.")
        return redirect("destination_edit", code=code, pk=pk)
    context = {
        "term": term,
        "student": student,
        "form": form,
        "said": said.select_related("said_by").order_by("-is_primary", "said_on"),
    }
    return render(request, "outcomes/destination_edit.html", context)
