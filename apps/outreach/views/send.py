from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import dateformat, timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.contacts.access import get_contact_for_edit
from apps.contacts.models import Contact
from apps.meetings.moves import NotPossible
from apps.meetings.revisions import StaleText
from apps.meetings.thank_you import Letter
from apps.outreach.actions.attempts import BetterToWait
from apps.outreach.actions.drafts import record_sent
from apps.outreach.actions.links import make_link
from apps.outreach.channels import suggested_channel
from apps.outreach.forms.compose import SentForm
from apps.outreach.links import address_of
from apps.outreach.mail_links import MailLinks
from apps.outreach.models import ASKING, NoteKind
from apps.outreach.notes import Note, note_to
from apps.outreach.protection import Advice, Notice, advice
from apps.outreach.reading import how_it_reads
from apps.outreach.state import Kind, state_of

LINK_LINE = "If it is easier, you can answer here, without an account: {address}"


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def note_send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a finished note with the ways to send it, and note that the student did."""
    now = timezone.now()
    contact = get_contact_for_edit(request.user, pk)
    if request.GET.get("kind") not in NoteKind:
        raise Http404("No such kind of note.")
    note = note_to(contact, NoteKind(request.GET["kind"]), now=now)
    told = _told(note, advice(contact, now=now))
    if told.is_refused or not note.is_saved:  # the second tap on "I sent it" ends here as well
        return redirect("contact", pk=pk)
    if note.problems():
        return redirect(_writing(note))
    text = note.whole_text
    is_sent = request.POST.get("do") == "sent"
    form = SentForm(
        request.POST if is_sent else None,
        note=note,
        advice=told if note.kind in ASKING else Advice(),  # nothing else wants a reason
        channel=suggested_channel(contact).channel,
        now=now,
    )
    if is_sent and form.is_valid() and (answer := _sent(request, note, form)):
        return answer
    has_link = request.POST.get("do") == "link"
    if has_link:
        _, token = make_link(contact=contact, now=now)
        text = note.with_line(LINK_LINE.format(address=address_of(token)))
    context = {
        **how_it_reads(note),
        "contact": contact,
        "advice": told,
        "form": form,
        "text": text,
        "has_link": has_link,
        "asks": note.kind in ASKING,
        "links": MailLinks.of(Letter(contact.email, note.subject, text)),
        "writing": _writing(note),
    }
    return render(request, "outreach/note_send.html", context)


def _told(note: Note, told: Advice) -> Advice:
    """Leave out what only concerns asking, for a note that asks for nothing."""
    is_told = note.kind in ASKING or told.notice in (Notice.NEVER, Notice.PAUSED)
    return told if is_told else Advice()


def _writing(note: Note) -> str:
    return f"{reverse('compose', args=[note.contact.pk])}?kind={note.kind}"


def _sent(request: SignedInRequest, note: Note, form: SentForm) -> HttpResponse | None:
    """Write it down and go on to the contact; None if the page has to be shown once more."""
    said: dict[str, Any] = {
        name: form.cleaned_data[name]
        for name in ("revision", "channel", "sent_at", "reason")
        if name in form.cleaned_data
    }
    try:
        record_sent(note=note, now=form.now, **said)
    except (StaleText, BetterToWait):  # since a moment ago
        form.add_error(None, "Something has changed since you opened this. Please look again.")
        return None
    except NotPossible as reason:
        form.add_error(None, str(reason))
        return None
    messages.success(request, f"Noted: you wrote to {note.contact.name}. {_what_next(note, form)}")
    return redirect("contact", pk=note.contact.pk)


def _what_next(note: Note, form: SentForm) -> str:
    if note.kind not in ASKING:
        return "That keeps what is there alive."
    day = _follow_up_day(note.contact, form)
    return f"If nothing comes back, Today reminds you on {day}." if day else "Now it is their turn."


def _follow_up_day(contact: Contact, form: SentForm) -> str:
    """Return the day of the next note; "" if this was the last one, or not of just now."""
    state = state_of(contact, form.now)
    if state.kind != Kind.WAITING or state.is_last or state.again_on is None:
        return ""
    return dateformat.format(state.again_on, "l, F j")
