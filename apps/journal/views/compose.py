from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.common.templatetags.clock import clock
from apps.contacts.access import get_contact_for_edit
from apps.contacts.models import Contact
from apps.journal.composing import suggested_kind, ways_to_begin
from apps.journal.story import Story
from apps.meetings.revisions import StaleText
from apps.outreach.actions.drafts import discard_draft, save_draft
from apps.outreach.channels import suggested_channel
from apps.outreach.forms.compose import ComposeForm
from apps.outreach.models import Draft, NoteKind
from apps.outreach.notes import Note, note_to
from apps.outreach.protection import advice
from apps.outreach.reading import how_it_reads
from apps.outreach.writing import with_one_more
from apps.students.models import Accomplishment

PICK = "pick-"
ACHIEVEMENTS = "achievements"  # the slot in which what the student did belongs


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def compose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write a note to a contact, with how it reads beside it."""
    now = timezone.now()
    contact = get_contact_for_edit(request.user, pk)
    if request.method == "POST":
        return _write(request, contact, now)
    if advice(contact, now=now).is_refused:
        return redirect("contact", pk=pk)
    story = Story.of(contact, now=now)
    kind = _kind(request) or suggested_kind(story)
    note = note_to(contact, kind, template=request.GET.get("template", ""), now=now)
    return _page(request, ComposeForm(note=note), story)


def _write(request: SignedInRequest, contact: Contact, now: datetime) -> HttpResponse:
    kind = _kind(request) or NoteKind.FIRST_NOTE
    version = request.POST.get("version", "")
    form = ComposeForm(request.POST, note=note_to(contact, kind, version=version, now=now))
    is_by_itself = "X-Autosave" in request.headers
    if not form.is_valid():
        return (
            _not_saved(form) if is_by_itself else _page(request, form, Story.of(contact, now=now))
        )
    if is_by_itself:
        return _autosave(form, now)
    return _act(request, form, now)


def _act(request: SignedInRequest, form: ComposeForm, now: datetime) -> HttpResponse:
    """Do what the pressed button says; all but letting go saves first."""
    note, do = form.as_typed(), request.POST.get("do", "save")
    if do == "discard":
        discard_draft(contact=note.contact, kind=note.kind)
        messages.success(request, "The draft is gone.")
        return redirect("contact", pk=note.contact.pk)
    story = Story.of(note.contact, now=now)
    if do.startswith(PICK):
        note = _with_achievement(note, do.removeprefix(PICK))
    if do == "switch" and not (note.is_saved or form.has_changed()):
        return _switch(request, note)
    try:
        _save(form, note, now)
    except StaleText:
        stored = note_to(note.contact, note.kind, now=now)
        return _page(request, form, story, newer=stored)
    if do == "switch":
        return _switch(request, note)
    if do == "review":
        if not (problems := note.problems()):
            return redirect(_address("note_send", note))
        form.add_problems(problems)
        saved = note_to(note.contact, note.kind, now=now)
        return _page(request, form, story, revision=saved.revision)
    if do == "save":
        messages.success(request, "The draft is saved. Only you see it.")
    return redirect(f"{_address('compose', note)}{'#parts' if do.startswith(PICK) else ''}")


def _save(form: ComposeForm, note: Note, now: datetime) -> Draft:
    return save_draft(
        note=note,
        subject=note.subject,
        parts=note.parts,
        revision=form.cleaned_data["revision"],
        now=now,
    )


def _autosave(form: ComposeForm, now: datetime) -> HttpResponse:
    try:
        draft = _save(form, form.as_typed(), now)
    except StaleText as reason:
        return JsonResponse({"words": str(reason)}, status=409)
    saved = clock(timezone.localtime(draft.saved_at))
    return JsonResponse({"revision": draft.revision, "saved": saved})


def _not_saved(form: ComposeForm) -> HttpResponse:
    words = " ".join(str(word) for problems in form.errors.values() for word in problems)
    return JsonResponse({"words": f"Not saved. {words}"}, status=422)


def _with_achievement(note: Note, key: str) -> Note:
    """Put something from the student's library into the part for it."""
    own = Accomplishment.objects.filter(student=note.contact.student_id)
    chosen = own.filter(pk=key).first() if key.isascii() and key.isdecimal() else None
    if chosen is None or ACHIEVEMENTS not in note.parts:
        return note
    text = with_one_more(note.parts[ACHIEVEMENTS], chosen.text)
    return note.saying(subject=note.subject, parts={**note.parts, ACHIEVEMENTS: text})


def _switch(request: SignedInRequest, note: Note) -> HttpResponse:
    kind, _, template = request.POST.get("template", "").partition(":")
    if kind not in NoteKind:
        return redirect(_address("compose", note))
    return redirect(f"{reverse('compose', args=[note.contact.pk])}?kind={kind}&template={template}")


def _kind(request: SignedInRequest) -> NoteKind | None:
    kind = request.GET.get("kind", "")
    return NoteKind(kind) if kind in NoteKind else None


def _address(name: str, note: Note) -> str:
    return f"{reverse(name, args=[note.contact.pk])}?kind={note.kind}"


def _page(
    request: SignedInRequest,
    form: ComposeForm,
    story: Story,
    *,
    revision: int | None = None,
    newer: Note | None = None,
) -> HttpResponse:
    note = form.as_typed()
    choices, begun_with = ways_to_begin(note)
    library = Accomplishment.objects.filter(student=note.contact.student_id).order_by("-pk")
    context = {
        **how_it_reads(note),
        "contact": note.contact,
        "story": story,
        "now": story.now,
        "form": form,
        "revision": newer.revision if newer else note.revision if revision is None else revision,
        "newer": _differences(note, newer) if newer else None,
        "is_newer_gone": newer is not None and not newer.is_saved,
        "advice": advice(note.contact, now=story.now),
        "channel": suggested_channel(note.contact),
        "choices": choices,
        "begun_with": begun_with,
        "achievements": ACHIEVEMENTS,
        "library": library,
        "required": sum(slot["is_required"] for slot in note.slots),
        "here": _address("compose", note),
        "coach_url": _address("compose_coach", note),
    }
    return render(request, "journal/compose.html", context, status=409 if newer else 200)


@dataclass(frozen=True)
class Difference:
    label: str
    text: str


def _differences(typed: Note, newer: Note) -> list[Difference]:
    """Return what stands in the newer draft where something else was typed."""
    texts = [("Subject", typed.subject, newer.subject)]
    texts += [
        (slot["label"], typed.parts.get(slot["key"], ""), newer.parts.get(slot["key"], ""))
        for slot in newer.slots
    ]
    return [
        Difference(label, theirs or "Nothing") for label, mine, theirs in texts if mine != theirs
    ]
