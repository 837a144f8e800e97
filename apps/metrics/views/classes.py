from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.coaching.actions.words import note_word_spoken
from apps.common.csv_text import write_csv
from apps.metrics import access
from apps.metrics.class_board import class_board as board_of
from apps.metrics.class_counts import class_counts
from apps.metrics.class_table import class_table
from apps.metrics.forms.board import BoardForm, SpokenForm
from apps.students.models import Cohort


@requires(Permission.SEE_CLASS_COUNTS)
@require_safe
def class_list(request: SignedInRequest) -> HttpResponse:
    """Show the classes with their totals; who may open a board finds it from here."""
    user = request.user
    context = {
        "counts": list(class_counts(Cohort.objects.counted_by(user), timezone.now())),
        "opens_boards": user.may(Permission.SEE_CLASS_BOARD),
        "may_keep_holidays": user.may(Permission.KEEP_HOLIDAYS),
        "may_read_stories": user.may(Permission.READ_CLASS_STORIES),
    }
    return render(request, "metrics/class_list.html", context)


@requires(Permission.SEE_CLASS_BOARD)
@require_safe
def class_board(request: SignedInRequest, pk: int) -> HttpResponse:
    cohort, others = access.get_classes_for_board(request.user, pk)
    board, form = board_of(cohort, timezone.now()), BoardForm(request.GET)
    context = {
        "board": board,
        "rows": form.rows(board),
        "heads": form.heads(),
        "chips": form.chips(board),
        "others": others,
    }
    return render(request, "metrics/class_board.html", context)


@requires(Permission.SEE_CLASS_BOARD)
@require_safe
def class_export(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the whole table as a file, those who withdrew included."""
    cohort = access.get_cohort_for_board(request.user, pk)
    text = write_csv(class_table(board_of(cohort, timezone.now())))
    answer = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="class-{cohort.pk}.csv"'
    return answer


@requires(Permission.COACH)
@require_POST
def class_spoken(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the reasons rest that a counselor was shown and has spoken about."""
    cohort = access.get_cohort_for_board(request.user, pk)
    form = SpokenForm(request.POST)
    if form.is_valid():
        student = access.get_student_of_class(cohort, form.cleaned_data["student"])
        word = note_word_spoken(
            student=student,
            cohort=cohort,
            reasons=form.cleaned_data["reasons"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(
            request,
            f"Noted. What was said about {student.name} rests until {word.rests_until:%B %-d}.",
        )
    return redirect("class_board", pk=pk)
