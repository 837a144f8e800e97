from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.students.access import get_own_student
from apps.students.models import RecordVisit

PER_PAGE = 50


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def record_visits(request: SignedInRequest) -> HttpResponse:
    """Show the student who opened their record, when and why."""
    student = get_own_student(request.user)
    visits = (
        RecordVisit.objects.filter(student=student)
        .select_related("viewer")
        .order_by("-visited_at", "-pk")
    )
    page = Paginator(visits, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "journal/record_visits.html", {"page": page})
