from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.coaching import access
from apps.coaching.actions import questions as actions
from apps.coaching.asking import PageAskedFrom, class_to_ask
from apps.coaching.forms.feedback import AnswerForm
from apps.coaching.forms.question import AskForm
from apps.coaching.models import Question
from apps.students.access import get_own_student

SHOWN = 50


@requires(Permission.ASK_COUNSELOR)
@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask the counselors of one's class, and read what they answered before."""
    now = timezone.now()
    student = get_own_student(request.user)
    cohort = class_to_ask(student, now)
    address = request.POST.get("page", "") or request.GET.get("from", "")
    page = PageAskedFrom.of(address)
    form = AskForm(request.POST or None, initial={"page": page.path})
    if request.method == "POST" and cohort and form.is_valid():
        actions.ask(
            student=student,
            cohort=cohort,
            text=form.cleaned_data["text"],
            page=page.path,
            about=page.words,
            now=now,
        )
        messages.success(request, "Asked. The answer comes here, and by mail.")
        return redirect("ask")
    asked = Question.objects.filter(student=student).select_related("answered_by")
    context = {
        "form": form,
        "page": page,
        "cohort": cohort,
        "counselors": cohort.counselors.filter(is_active=True).order_by("pk") if cohort else [],
        "questions": asked.order_by("-asked_at", "-pk")[:SHOWN],
    }
    return render(request, "coaching/ask.html", context)


@requires(Permission.ASK_COUNSELOR)
@require_POST
def answer_seen(request: SignedInRequest, pk: int) -> HttpResponse:
    question = access.get_own_question(request.user, pk)
    actions.see_answer(question=question, now=timezone.now())
    return redirect("ask")


@requires(Permission.COACH)
@require_http_methods(["GET", "POST"])
def question(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read a question with the page it came up on, and answer it."""
    row = access.get_question_to_answer(request.user, pk)
    form = AnswerForm(request.POST or None)
    context = {"question": row, "form": form, "is_overtaken": False}
    if request.method != "POST" or not form.is_valid():
        return render(request, "coaching/question.html", context)
    try:
        actions.answer(
            question=row, text=form.cleaned_data["answer"], by=request.user, now=timezone.now()
        )
    except actions.AnsweredAlready as late:
        context |= {"question": late.question, "is_overtaken": True}
        return render(request, "coaching/question.html", context, status=409)
    messages.success(request, f"Your answer is on its way to {row.student.name}.")
    return redirect("feedback_queue")
