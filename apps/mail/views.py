from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from apps.accounts.access import public, requires
from apps.accounts.models import User
from apps.accounts.roles import Permission
from apps.mail.actions import accept, lift, refuse, suppress
from apps.mail.forms import AddressForm
from apps.mail.health import findings
from apps.mail.kinds import is_essential
from apps.mail.models import OutgoingEmail, StopReason, Suppression
from apps.mail.unsubscribe import read_token

MOST_SHOWN = 100


@public(reason="A mail program stops mails by this link, without cookies; its token is the right.")
@csrf_exempt  # RFC 8058: the mail program knows no CSRF token, and the signed one serves as well
@never_cache
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether a kind of mail shall stop, stop it, or take that back.

    The page is the same to the byte for every token, ours or made up.
    """
    if request.method == "GET":
        return render(request, "mail/unsubscribe.html", {"done": ""})
    wants_them = "again" in request.POST
    _apply(token, wants_them=wants_them)
    return render(request, "mail/unsubscribe.html", {"done": "again" if wants_them else "stopped"})


def _apply(token: str, *, wants_them: bool) -> None:
    meant = read_token(token)
    user = meant and User.objects.filter(pk=meant[0]).first()
    if not (meant and user) or is_essential(meant[1]):
        return
    change = accept if wants_them else refuse
    change(user=user, kind=meant[1])


@requires(Permission.KEEP_WATCH)
@require_http_methods(["GET", "POST"])
def mail_health(request: HttpRequest) -> HttpResponse:
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        suppress(address=form.cleaned_data["address"], reason=StopReason.BY_HAND)
        messages.success(request, "Nothing but sign-in mail goes there now.")
        return redirect("mail_health")
    context = {
        "form": form,
        "findings": findings(),
        "suppressions": Suppression.objects.in_force().order_by("-since")[:MOST_SHOWN],
        "unknown": OutgoingEmail.objects.unknown().order_by("-due_at")[:MOST_SHOWN],
        "most_shown": MOST_SHOWN,
    }
    return render(request, "mail/health.html", context)


@requires(Permission.KEEP_WATCH)
@require_http_methods(["POST"])
def suppression_lift(request: HttpRequest, pk: int) -> HttpResponse:
    lift(suppression=get_object_or_404(Suppression, pk=pk))
    messages.success(request, "From the next mail on, it is written to again.")
    return redirect("mail_health")
