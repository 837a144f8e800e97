from datetime import timedelta

from django.contrib import messages
from django.db.models import Q, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission, Role
from apps.coaching.access import get_resource
from apps.coaching.actions import resources as actions
from apps.coaching.blocks import blocks
from apps.coaching.forms.care import ResourceForm
from apps.coaching.models import Resource, Shelf
from apps.common.localtime import local_date
from apps.students.models import Cohort, institution_zone

LATELY = timedelta(days=30)


@requires(Permission.READ_RESOURCES)
@require_safe
def resource_list(request: SignedInRequest) -> HttpResponse:
    """Show the four shelves; to those who keep them also how often each text was opened."""
    keeps = request.user.may(Permission.KEEP_RESOURCES)
    rows = list(_counted() if keeps else Resource.objects.filter(is_retired=False))
    rows.sort(key=lambda row: row.title)
    on_shelf = [row for row in rows if not row.is_retired]
    context = {
        "keeps": keeps,
        "pinned": next((row for row in on_shelf if row.is_pinned), None),
        "shelves": [
            (shelf, [row for row in on_shelf if row.shelf == shelf and not row.is_pinned])
            for shelf in Shelf
        ],
        "retired": [row for row in rows if row.is_retired],
    }
    return render(request, "coaching/resource_list.html", context)


@requires(Permission.READ_RESOURCES)
@require_safe
def resource(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_resource(request.user, pk)
    keeps = request.user.may(Permission.KEEP_RESOURCES)
    today = local_date(timezone.now(), institution_zone())
    running = Cohort.objects.visible_to(request.user).filter(
        term__starts_on__lte=today, term__closes_on__gte=today
    )
    context = {
        "row": row,
        "blocks": blocks(row.body),
        "keeps": keeps,
        "classes": running.order_by("name") if request.user.may(Permission.COACH) else [],
    }
    return render(request, "coaching/resource.html", context)


@requires(Permission.READ_RESOURCES)
@require_POST
def resource_opened(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hear from the page that a student opened it; the reading of those who keep it is not use."""
    row = get_resource(request.user, pk)
    if request.user.has_role(Role.STUDENT):
        actions.count_opening(resource=row, day=local_date(timezone.now(), institution_zone()))
    return HttpResponse(status=204)


@requires(Permission.KEEP_RESOURCES)
@require_http_methods(["GET", "POST"])
def resource_new(request: SignedInRequest) -> HttpResponse:
    return _form_page(request, None)


@requires(Permission.KEEP_RESOURCES)
@require_http_methods(["GET", "POST"])
def resource_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    return _form_page(request, get_resource(request.user, pk))


@requires(Permission.KEEP_RESOURCES)
@require_POST
def resource_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_resource(request.user, pk)
    is_retired = "again" not in request.POST
    actions.retire_resource(resource=row, is_retired=is_retired, by=request.user)
    messages.success(request, "Laid aside." if is_retired else "On its shelf again.")
    return redirect("resource_list")


@requires(Permission.KEEP_RESOURCES)
@require_POST
def resource_pin(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_resource(request.user, pk)
    is_pinned = "off" not in request.POST
    actions.pin_resource(resource=row, is_pinned=is_pinned, by=request.user)
    messages.success(request, "It stands on top now." if is_pinned else "Back on its shelf.")
    return redirect("resource_list")


def _form_page(request: SignedInRequest, row: Resource | None) -> HttpResponse:
    name = row.title if row else ""  # the form writes into its row
    form = ResourceForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        saved = actions.save_resource(resource=row, details=form.cleaned_data, by=request.user)
        messages.success(request, "Saved.")
        return redirect("resource", pk=saved.pk)
    return render(request, "coaching/resource_form.html", {"form": form, "row": row, "name": name})


def _counted() -> QuerySet[Resource]:
    since = local_date(timezone.now(), institution_zone()) - LATELY
    return Resource.objects.annotate(
        opened=Sum("uses__opened", default=0),
        opened_lately=Sum("uses__opened", filter=Q(uses__day__gt=since), default=0),
    )
