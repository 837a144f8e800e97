from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.contacts.access import get_contact_for_edit
from apps.outreach.forms.compose import ComposeForm
from apps.outreach.models import NoteKind
from apps.outreach.notes import note_to
from apps.outreach.reading import how_it_reads


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def compose_coach(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say how a note reads that is being typed. Nothing of it is kept."""
    contact = get_contact_for_edit(request.user, pk)
    kind = request.GET.get("kind", "")
    if kind not in NoteKind:
        raise Http404("No such kind of note.")
    version = request.POST.get("version", "")
    note = note_to(contact, NoteKind(kind), version=version, now=timezone.now())
    form = ComposeForm(request.POST, note=note)
    form.is_valid()  # what cannot be taken is left as it was, and said when it is saved
    return render(request, "outreach/_coach.html", {**how_it_reads(form.as_typed()), "oob": True})
