"""The student's side of a contact's own page: making the link, taking it back, answering."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.contacts.access import get_contact_for_edit
from apps.meetings.clocks import Clock
from apps.meetings.moves import NotPossible
from apps.outreach.access import get_answer_for_edit, get_link_for_edit
from apps.outreach.actions.answers import agree_on_suggestion
from apps.outreach.actions.links import make_link, revoke_link
from apps.outreach.answers import answers_of
from apps.outreach.forms.answers import AgreeForm
from apps.outreach.links import address_of, proposals_to
from apps.outreach.models import ContactLink
from apps.outreach.protection import advice


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
@cache_control(private=True, no_store=True)
def contact_link_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a link. Its address is on the answer to this POST and on no page afterwards."""
    now = timezone.now()
    contact = get_contact_for_edit(request.user, pk)
    told = advice(contact, now=now)
    address = ""
    if request.method == "POST" and not told.is_refused:
        _, token = make_link(contact=contact, now=now)
        address = address_of(token)
    context = {
        "contact": contact,
        "advice": told,
        "address": address,
        "proposal": proposals_to(contact).first(),
        "answers": answers_of(contact),
        "open_link": ContactLink.objects.usable(now).filter(contact=contact).last(),
    }
    return render(request, "outreach/contact_link.html", context)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def contact_link_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    link = get_link_for_edit(request.user, pk)
    if revoke_link(link=link, now=timezone.now()):
        messages.success(request, "The link opens nothing any more.")
    else:
        messages.info(request, "This link opened nothing any more anyway.")
    return redirect("contact_link_new", pk=link.contact_id)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def answer_agree(request: SignedInRequest, pk: int) -> HttpResponse:
    """Agree on one of the times that a contact suggested."""
    answer = get_answer_for_edit(request.user, pk)
    contact = answer.link.contact
    form = AgreeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose one of the times they suggested.")
        return redirect("contact", pk=contact.pk)
    starts_at = form.cleaned_data["starts_at"]
    try:
        agree_on_suggestion(answer=answer, starts_at=starts_at, now=timezone.now())
    except NotPossible as reason:
        messages.error(request, str(reason))
    else:
        when = Clock(answer.link.student.zone).words(starts_at)
        messages.success(request, f"Agreed: {when}. Confirm it to {contact.name} in a line.")
    return redirect("contact", pk=contact.pk)
