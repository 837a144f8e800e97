from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.common.templatetags.clock import clock
from apps.journal.preparation import (
    Preparation,
    earlier_pitches,
    first_finding,
    other_question,
)
from apps.journal.story import Story
from apps.meetings.access import get_meeting_to_plan
from apps.meetings.actions import prepare as actions
from apps.meetings.forms.prepare import PrepForm, QuestionsForm, QuestionStep
from apps.meetings.models import BankQuestion, Etiquette, Meeting, PlannedQuestion, PrepSheet
from apps.meetings.revisions import StaleText
from apps.students.models import Accomplishment


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def meeting_prepare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Prepare one conversation.

    Every button of the page saves the sheet, so that nothing typed is lost without scripts. With
    them the sheet saves itself, and a step with the questions answers with what it changed.
    """
    now = timezone.now()
    meeting = get_meeting_to_plan(request.user, pk)
    is_fragment = "HX-Request" in request.headers
    if request.method == "POST":
        if "X-Autosave" in request.headers:
            return _autosave(request, meeting, now)
        if is_fragment:
            return _take_step(request, meeting, now)
        return _save_all(request, meeting, now)
    preparation = Preparation.of(meeting, now=now)
    if is_fragment:
        context = {"preparation": preparation, "meeting": meeting}
        return render(request, "journal/_prepare_state.html", context)
    form = PrepForm(instance=preparation.sheet, meeting=meeting)
    return _page(request, preparation, form, QuestionsForm(), now=now)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def meeting_prepare_print(request: SignedInRequest, pk: int) -> HttpResponse:
    """One page of paper to take along."""
    meeting = get_meeting_to_plan(request.user, pk)
    preparation = Preparation.of(meeting, now=timezone.now())
    sheet = preparation.sheet
    chosen = Accomplishment.objects.filter(prep_sheets=sheet.pk).order_by("pk")
    context = {"preparation": preparation, "meeting": meeting, "accomplishments": chosen}
    return render(request, "journal/prepare_print.html", context)


def _save_all(request: SignedInRequest, meeting: Meeting, now: datetime) -> HttpResponse:
    """Save the sheet, then take the step with the questions that the button stands for, if any."""
    form = PrepForm(request.POST, instance=PrepSheet(meeting=meeting), meeting=meeting)
    questions = QuestionsForm(request.POST)
    newer = None
    if form.is_valid() and questions.is_valid():
        step = questions.step
        if step.verb == "pitch" and not form.cleaned_data["pitch"]:
            form.cleaned_data["pitch"] = _earlier_pitch(meeting, step.key)
        try:
            with transaction.atomic():  # one button, so all of it or nothing
                more = form.cleaned_data["new_accomplishment"]
                _save(form, meeting, now, new_accomplishment=more)
                if questions.cleaned_data["question"] and step.verb != "add":
                    _do(QuestionStep("add"), questions.cleaned_data["question"], meeting, now)
                _do(step, questions.cleaned_data["question"], meeting, now)
        except StaleText:
            newer = PrepSheet.objects.get(meeting=meeting)
        else:
            messages.success(request, "Saved.")
            anchor = {"": "", "save": "", "pitch": "#pitch"}.get(step.verb, "#questions")
            return redirect(reverse("meeting_prepare", args=[meeting.pk]) + anchor)
    preparation = Preparation.of(meeting, now=now)
    return _page(request, preparation, form, questions, now=now, newer=newer)


def _take_step(request: SignedInRequest, meeting: Meeting, now: datetime) -> HttpResponse:
    """Take one step with the questions, and answer with the parts of the page that it changed."""
    questions = QuestionsForm(request.POST)
    step = None
    if questions.is_valid():
        step = questions.step
        _do(step, questions.cleaned_data["question"], meeting, now)
        if step.verb == "add":
            questions = QuestionsForm()
    preparation = Preparation.of(meeting, now=now)
    context = {
        "meeting": meeting,
        "preparation": preparation,
        "questions": questions,
        "focus": _focus(step, preparation) if step else "",
    }
    return render(request, "journal/_prepare_step.html", context)


def _focus(step: QuestionStep, preparation: Preparation) -> str:
    """Say where the keyboard goes on, as the button that was pressed is replaced or gone."""
    if step.verb in ("up", "down") and preparation.lines:
        first, last = preparation.lines[0], preparation.lines[-1]
        if step.key == first.question.pk:
            return first.down
        return last.up if step.key == last.question.pk else f"{step.verb}-{step.key}"
    goes_to = {"remove": "questions", "reword": "questions", "carry": "questions", "borrow": "bank"}
    return goes_to.get(step.verb, "field")


def _do(step: QuestionStep, typed: str, meeting: Meeting, now: datetime) -> None:
    match step.verb:
        case "add":
            actions.add_question(meeting=meeting, text=typed, now=now)
        case "borrow":
            bank = BankQuestion.objects.offered_to(meeting.student)
            actions.borrow_question(
                meeting=meeting, bank_question=get_object_or_404(bank, pk=step.key), now=now
            )
        case "carry":
            actions.carry_questions_over(meeting=meeting, now=now)
        case "remove":
            actions.remove_question(meeting=meeting, question=step.key, now=now)
        case "up" | "down":
            by = -1 if step.verb == "up" else 1
            actions.move_question(meeting=meeting, question=step.key, by=by)
        case "reword":
            question = get_object_or_404(PlannedQuestion, pk=step.key, meeting=meeting)
            finding = first_finding(question.text)
            if finding and (text := other_question(finding)):
                actions.reword_question(meeting=meeting, question=step.key, text=text, now=now)


def _earlier_pitch(meeting: Meeting, sheet: int) -> str:
    sheets = PrepSheet.objects.filter(meeting__student=meeting.student_id)
    return get_object_or_404(sheets, pk=sheet).pitch


def _page(
    request: SignedInRequest,
    preparation: Preparation,
    form: PrepForm,
    questions: QuestionsForm,
    *,
    now: datetime,
    newer: PrepSheet | None = None,
) -> HttpResponse:
    meeting = preparation.meeting
    meeting.contact.student = meeting.student
    context = {
        "meeting": meeting,
        "contact": meeting.contact,
        "preparation": preparation,
        "form": form,
        "questions": questions,
        "newer": _differences(form, newer) if newer else None,
        "pitches": [] if preparation.sheet.pitch else earlier_pitches(meeting),
        "story": Story.of(meeting.contact, now=now),
        "now": now,
    }
    return render(request, "journal/prepare.html", context, status=409 if newer else 200)


def _differences(form: PrepForm, newer: PrepSheet) -> list[tuple[str, str]]:
    """Return what stands in the newer sheet where something else was typed, by label."""
    stored = PrepForm(instance=newer, meeting=form.meeting)
    found = []
    for name, field in stored.fields.items():
        typed, kept = form.cleaned_data.get(name), stored.get_initial_for_field(field, name)
        if name in form.details and typed != kept:
            words = kept
            if name == "etiquette":
                words = ", ".join(label for key, label in Etiquette.choices if key in kept)
            elif isinstance(kept, bool):
                words = "Yes" if kept else "No"
            found.append((str(stored[name].label), words or "Nothing"))
    chosen = {row.pk for row in newer.accomplishments.all()} if newer.pk else set()
    if chosen != {row.pk for row in form.cleaned_data["accomplishments"]}:
        texts = ", ".join(row.text for row in newer.accomplishments.order_by("pk"))
        found.append(("Accomplishments to speak of", texts or "Nothing"))
    return found


def _autosave(request: SignedInRequest, meeting: Meeting, now: datetime) -> HttpResponse:
    """Save the sheet only: a question or an accomplishment may be half typed."""
    form = PrepForm(request.POST, instance=PrepSheet(meeting=meeting), meeting=meeting)
    if not form.is_valid():
        words = " ".join(str(word) for problems in form.errors.values() for word in problems)
        return JsonResponse({"words": f"Not saved. {words}"}, status=422)
    try:
        sheet = _save(form, meeting, now)
    except StaleText as reason:
        return JsonResponse({"words": str(reason)}, status=409)
    saved = clock(timezone.localtime(sheet.saved_at))
    return JsonResponse({"revision": sheet.revision, "saved": saved})


def _save(form: PrepForm, meeting: Meeting, now: datetime, **more: str) -> PrepSheet:
    return actions.save_prep_sheet(
        meeting=meeting,
        revision=form.cleaned_data["revision"],
        details=form.details,
        accomplishments=form.cleaned_data["accomplishments"],
        now=now,
        **more,
    )
