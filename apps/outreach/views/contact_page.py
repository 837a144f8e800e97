"""The page of a contact, who has no account: the token in its address is the whole permission.

A GET shows and changes nothing, since the scanners of mail systems follow every address they see.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from apps.accounts.access import is_person, public
from apps.common.knocks import knock
from apps.contacts.actions.person import NotToBeKept
from apps.meetings.moves import NotPossible
from apps.outreach.actions.answers import record_answer
from apps.outreach.actions.links import LinkIsSpent
from apps.outreach.actions.own_data import (
    correct_details,
    erase_at_own_request,
    record_own_wishes,
    stop_all_requests,
)
from apps.outreach.forms.contact_page import (
    AnswerForm,
    CorrectForm,
    OwnEraseForm,
    OwnWishesForm,
    ZoneForm,
)
from apps.outreach.links import find_link
from apps.outreach.models import ContactAnswer, ContactLink
from apps.outreach.own_page import OwnPage, own_page

HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
# The frame of the page as a stranger sees it, whoever else may be signed in in this browser.
STRANGER: dict[str, Any] = {"user": AnonymousUser(), "nav": [], "messages": []}

View = Callable[[HttpRequest, str], HttpResponse]


def kept_to_oneself(view: View) -> View:
    """Let no cache, no search engine and no other site learn of the page or its address."""

    @wraps(view)
    def kept(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return kept


@public(reason="Who was asked has no account; the token in the address is the permission.")
# No cookie takes part here, so another site that wants to send this form has to know the token,
# and whoever knows it needs no other site. A cookie against that would only be set by a GET.
@csrf_exempt
@kept_to_oneself
@require_http_methods(["GET", "HEAD", "POST"])
def contact_page(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    does = request.POST.get("does", "")
    link = find_link(token, now=now, pressed_twice=does == "answer")
    if link is None:
        return _nothing_here(request)
    page = own_page(link, zone=request.GET.get("zone", ""), now=now)
    if does in NEED_A_KEY and not page.keys:
        does = ""
    if _is_the_students_own(request, link):
        return _page(request, page, is_preview=True)
    try:
        return DEEDS.get(does, _page)(request, page)
    except LinkIsSpent:
        return _nothing_here(request)


def _answer(request: HttpRequest, page: OwnPage) -> HttpResponse:
    form = AnswerForm(request.POST, page=page)
    if form.is_valid():
        try:
            answer = record_answer(link=page.link, said=form.said, now=page.now)
        except NotPossible as reason:
            page = own_page(page.link, zone=page.clock.zone.key, now=page.now)
            form = AnswerForm(request.POST, page=page)
            form.is_valid()
            form.add_error("answer", str(reason))
        else:
            return _done(request, page, answer.answer, answer)
    if page.link.used_at:
        raise LinkIsSpent  # another answer than the one that was just given
    return _page(request, page, answer_form=form)


def _wish(request: HttpRequest, page: OwnPage) -> HttpResponse:
    form = OwnWishesForm(request.POST, page=page)
    if not form.is_valid():
        return _page(request, page, wish_form=form)
    record_own_wishes(link=page.link, **form.cleaned_data)
    return _noted(request, page, "What you wish is noted. Every student is told from now on.")


def _stop(request: HttpRequest, page: OwnPage) -> HttpResponse:
    stop_all_requests(link=page.link, now=page.now)
    return _done(request, page, "never")


def _correct(request: HttpRequest, page: OwnPage) -> HttpResponse:
    form = CorrectForm(request.POST, page=page)
    if form.is_valid():
        try:
            correct_details(link=page.link, details=form.cleaned_data, now=page.now)
        except NotToBeKept as reason:
            form.add_error("email", str(reason))
        else:
            return _noted(request, page, f"Corrected. {page.first_name} sees it as you wrote it.")
    return _page(request, page, correct_form=form)


def _erase(request: HttpRequest, page: OwnPage) -> HttpResponse:
    """Ask once more, with what will be erased in view; erase at the second yes."""
    form = OwnEraseForm(request.POST if "confirmed" in request.POST else None, page=page)
    if not form.is_valid():
        return _show(request, "outreach/contact_page_erase.html", page=page, form=form)
    erase_at_own_request(link=page.link, keys=form.keys, now=page.now)
    return _done(request, page, "erased")


DEEDS: dict[str, Callable[[HttpRequest, OwnPage], HttpResponse]] = {
    "answer": _answer,
    "wish": _wish,
    "stop": _stop,
    "correct": _correct,
    "erase": _erase,
}

NEED_A_KEY = {"wish", "stop"}
"""Nobody else would know of whom this is without an address or a profile."""


def _done(
    request: HttpRequest, page: OwnPage, what: str, answer: ContactAnswer | None = None
) -> HttpResponse:
    """Say thank you, and what was heard. The link opens nothing from here on."""
    times = [page.clock.words(moment) for moment in answer.times] if answer else []
    return _show(request, "outreach/contact_page_done.html", page=page, done=what, times=times)


def _noted(request: HttpRequest, page: OwnPage, words: str) -> HttpResponse:
    page.contact.refresh_from_db()
    page = own_page(page.link, zone=page.clock.zone.key, now=page.now)
    return _page(request, page, noted=words)


def _page(request: HttpRequest, page: OwnPage, **context: Any) -> HttpResponse:
    forms: dict[str, BaseForm] = {
        "zone_form": ZoneForm(page=page),
        "answer_form": AnswerForm(page=page),
        "wish_form": OwnWishesForm(page=page),
        "correct_form": CorrectForm(page=page),
    }
    shown = {**forms, "page": page, "noted": "", "is_preview": False, **context}
    return _show(request, "outreach/contact_page.html", **shown)


def _is_the_students_own(request: HttpRequest, link: ContactLink) -> bool:
    """Say whether the student looks who made the link: what only the other may say is locked."""
    return is_person(request.user) and request.user.pk == link.student.user_id


def _nothing_here(request: HttpRequest) -> HttpResponse:
    """Answer alike whatever is wrong with a token; and briefly, whoever has tried many."""
    wait = knock(request.META.get("REMOTE_ADDR", ""), now=timezone.now())
    if wait:
        response = _show(request, "outreach/contact_page_busy.html", status=429)
        response["Retry-After"] = str(wait)
        return response
    return _show(request, "outreach/contact_page_gone.html", status=404)


def _show(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, template, {**context, **STRANGER}, status=status)
