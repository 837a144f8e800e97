from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.meetings.access import get_own_question, get_programme_question
from apps.meetings.actions.bank import add_bank_question, edit_bank_question, lay_question_aside
from apps.meetings.forms.bank import BankQuestionForm
from apps.meetings.models import BankQuestion, QuestionGroup
from apps.meetings.models.prep import BankQuestionQuerySet
from apps.students.access import get_own_student
from apps.students.models import Student

Groups = list[tuple[str, list[BankQuestion]]]


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def question_bank(request: SignedInRequest) -> HttpResponse:
    """Show the student's own questions, and the programme's below to read."""
    student = get_own_student(request.user)
    own = BankQuestion.objects.filter(student=student)
    programme = BankQuestion.objects.of_programme().filter(is_retired=False)
    return _bank(request, student, own, programme=_grouped(programme))


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def question_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    return _edit(request, get_own_question(request.user, pk))


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def question_aside(request: SignedInRequest, pk: int) -> HttpResponse:
    return _lay_aside(request, get_own_question(request.user, pk))


@requires(Permission.KEEP_QUESTION_BANK)
@require_http_methods(["GET", "POST"])
def programme_questions(request: SignedInRequest) -> HttpResponse:
    """Keep the questions that every student is offered."""
    return _bank(request, None, BankQuestion.objects.of_programme(), programme=[])


@requires(Permission.KEEP_QUESTION_BANK)
@require_http_methods(["GET", "POST"])
def programme_question_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    return _edit(request, get_programme_question(pk))


@requires(Permission.KEEP_QUESTION_BANK)
@require_POST
def programme_question_aside(request: SignedInRequest, pk: int) -> HttpResponse:
    return _lay_aside(request, get_programme_question(pk))


def _bank(
    request: SignedInRequest,
    student: Student | None,
    questions: BankQuestionQuerySet,
    *,
    programme: Groups,
) -> HttpResponse:
    form = BankQuestionForm(request.POST or None, student=student)
    if request.method == "POST" and form.is_valid():
        add_bank_question(
            student=student,
            group=form.cleaned_data["group"],
            text=form.cleaned_data["text"],
            by=request.user,
        )
        messages.success(request, "Added.")
        return redirect(_page_of(student))
    context = {
        "form": form,
        "is_programme": student is None,
        "groups": _grouped(questions.filter(is_retired=False)),
        "aside": questions.filter(is_retired=True).order_by("pk"),
        "programme": programme,
    }
    return render(request, "meetings/question_bank.html", context)


def _edit(request: SignedInRequest, question: BankQuestion) -> HttpResponse:
    form = BankQuestionForm(request.POST or None, instance=question, student=question.student)
    if request.method == "POST" and form.is_valid():
        edit_bank_question(
            question=question, group=form.cleaned_data["group"], text=form.cleaned_data["text"]
        )
        messages.success(request, "Saved. Sheets that use it keep the words they have.")
        return redirect(_page_of(question.student))
    context = {"form": form, "question": question, "back": _page_of(question.student)}
    return render(request, "meetings/question_form.html", context)


def _lay_aside(request: SignedInRequest, question: BankQuestion) -> HttpResponse:
    is_aside = "again" not in request.POST
    lay_question_aside(question=question, is_aside=is_aside)
    messages.success(request, "Laid aside. Nothing is lost." if is_aside else "Back in the bank.")
    return redirect(_page_of(question.student))


def _page_of(student: Student | None) -> str:
    return "question_bank" if student else "programme_questions"


def _grouped(questions: BankQuestionQuerySet) -> Groups:
    rows = list(questions.order_by("pk"))
    return [
        (str(group.label), [row for row in rows if row.group == group]) for group in QuestionGroup
    ]
