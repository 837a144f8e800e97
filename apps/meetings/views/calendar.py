from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import SignedInRequest, public, requires
from apps.accounts.roles import Permission
from apps.meetings.access import get_meeting_to_plan
from apps.meetings.actions.feed import close_feed, open_feed
from apps.meetings.calendar import CONTENT_TYPE, feed, invitation, invitation_method, last_change
from apps.meetings.models import CalendarFeed, Meeting, Status
from apps.students.access import get_own_student


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
@cache_control(private=True, no_store=True)
def calendar(request: SignedInRequest) -> HttpResponse:
    """Where the student gives their calendar an address, changes it or takes it back."""
    student = get_own_student(request.user)
    if request.method == "POST":
        if "close" in request.POST:
            close_feed(student=student)
            messages.success(request, "The address no longer works.")
        elif "open" in request.POST:
            open_feed(student=student, now=timezone.now())
            messages.success(request, "Here is your address. Keep it to yourself.")
        return redirect("calendar")
    own = CalendarFeed.objects.filter(student=student).first()
    url = f"{settings.SITE_URL}{reverse('calendar_feed', args=[own.token])}" if own else ""
    return render(request, "meetings/calendar.html", {"feed": own, "url": url})


@public(reason="Calendar programs cannot sign in; the address itself is the secret.")
@require_safe
@cache_control(private=True, no_cache=True)
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    opened = CalendarFeed.objects.opened_by(token)
    if opened is None:
        raise Http404("No such calendar.")
    meetings = list(Meeting.objects.in_calendar().filter(student=opened.student))
    content = feed(meetings, site_url=settings.SITE_URL)
    etag = quote_etag(sha256(content).hexdigest())
    changed = int(last_change(meetings, since=opened.rotated_at).timestamp())
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'inline; filename="careerhub.ics"'
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    return get_conditional_response(request, etag, changed, response) or response


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
@cache_control(private=True, no_store=True)
def meeting_ics(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the student sends to the contact; there is nothing to send before a time is agreed."""
    meeting = get_meeting_to_plan(request.user, pk)
    if meeting.status not in {Status.SCHEDULED, Status.CANCELLED}:
        raise Http404("Nobody to invite.")
    method = invitation_method(meeting)
    response = HttpResponse(invitation(meeting), content_type=f"{CONTENT_TYPE}; method={method}")
    response["Content-Disposition"] = 'attachment; filename="invitation.ics"'
    return response
