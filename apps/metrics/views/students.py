from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.metrics import access
from apps.metrics.forms.board import StudentForm
from apps.metrics.forms.visit import VisitForm
from apps.metrics.student_page import open_visit, student_page
from apps.students.actions.visits import record_visit
from apps.students.models import Reason


@requires(Permission.COACH)
@require_POST
def class_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a student's record from the board, which says the reason by itself: the class."""
    cohort = access.get_cohort_for_board(request.user, pk)
    form = StudentForm(request.POST)
    if not form.is_valid():
        return redirect("class_board", pk=pk)
    now = timezone.now()
    student = access.get_student_of_class(cohort, form.cleaned_data["student"])
    if open_visit(student, request.user, now) is None:
        record_visit(student=student, viewer=request.user, reason=Reason.CLASS, now=now)
    return redirect("class_student", cohort=pk, pk=student.pk)


@requires(Permission.COACH)
@require_http_methods(["GET", "POST"])
def class_student(request: SignedInRequest, cohort: int, pk: int) -> HttpResponse:
    """Show a student's record once a reason was given today; ask for it before."""
    now = timezone.now()
    of_class = access.get_cohort_for_board(request.user, cohort)
    student = access.get_student_of_class(of_class, pk)
    form = VisitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        record_visit(student=student, viewer=request.user, reason=reason, now=now)
        return redirect("class_student", cohort=cohort, pk=pk)
    visit = open_visit(student, request.user, now)
    if visit is None:
        context = {"student": student, "cohort": of_class, "form": form}
        return render(request, "metrics/student_reason.html", context)
    page = student_page(student, of_class, request.user, now)
    context = {"page": page, "student": student, "visit": visit}
    return render(request, "metrics/student.html", context)
