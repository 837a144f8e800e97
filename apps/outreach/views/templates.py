from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.outreach.actions import templates as actions
from apps.outreach.forms.template import TemplateForm, VersionForm, slot_rows
from apps.outreach.models import NoteKind, NoteTemplate, TemplateVersion
from apps.outreach.writing import FIELDS


@requires(Permission.KEEP_TEMPLATES)
@require_safe
def template_list(request: SignedInRequest) -> HttpResponse:
    """Show what students begin their notes with, by kind."""
    latest = {version.template_id: version for version in _versions().order_by("number")}
    rows = [(row, latest.get(row.pk)) for row in NoteTemplate.objects.order_by("pk")]
    in_use = [
        (kind.label, [pair for pair in rows if pair[0].kind == kind and not pair[0].is_retired])
        for kind in NoteKind
    ]
    context = {"kinds": in_use, "retired": [pair for pair in rows if pair[0].is_retired]}
    return render(request, "outreach/template_list.html", context)


@requires(Permission.KEEP_TEMPLATES)
@require_http_methods(["GET", "POST"])
def template_new(request: SignedInRequest) -> HttpResponse:
    data = request.POST or None
    form, version, slots = TemplateForm(data), VersionForm(data), slot_rows(data)
    if request.method == "POST" and all(part.is_valid() for part in (form, version, slots)):
        template = actions.create_template(
            **form.cleaned_data,
            subject=version.cleaned_data["subject"],
            slots=slots.slots,
            by=request.user,
        )
        messages.success(request, f"Students can begin with “{template.name}” from now on.")
        return redirect("template", pk=template.pk)
    return _page(request, form=form, version=version, slots=slots, template=None)


@requires(Permission.KEEP_TEMPLATES)
@require_http_methods(["GET", "POST"])
def template(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a template with its versions, and publish the next one."""
    row = get_object_or_404(NoteTemplate, pk=pk)
    versions = list(_versions().filter(template=row).order_by("-number"))
    latest = versions[0] if versions else None
    data = request.POST or None
    form = TemplateForm(data, instance=row)
    version = VersionForm(data, initial={"subject": latest.subject if latest else ""})
    slots = slot_rows(data, version=latest)
    if request.method == "POST" and all(part.is_valid() for part in (form, version, slots)):
        actions.describe_template(template=row, **form.cleaned_data)
        published = actions.publish_version(
            template=row,
            subject=version.cleaned_data["subject"],
            slots=slots.slots,
            by=request.user,
        )
        is_new = latest is None or published.number > latest.number
        messages.success(request, _word(published) if is_new else "Saved. Its words are the same.")
        return redirect("template", pk=pk)
    return _page(request, form=form, version=version, slots=slots, template=row, versions=versions)


@requires(Permission.KEEP_TEMPLATES)
@require_POST
def template_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(NoteTemplate, pk=pk)
    is_retired = "again" not in request.POST
    actions.retire_template(template=row, is_retired=is_retired)
    words = "Laid aside. Notes that began with it stay." if is_retired else "In use again."
    messages.success(request, words)
    return redirect("template_list")


def _versions() -> Any:
    return TemplateVersion.objects.select_related("published_by").annotate(
        notes=Count("attempts", distinct=True) + Count("touches", distinct=True)
    )


def _word(version: TemplateVersion) -> str:
    return f"Version {version.number} is out. Drafts that began with an earlier one keep it."


def _page(request: SignedInRequest, *, template: NoteTemplate | None, **more: Any) -> HttpResponse:
    context = {"template_row": template, "versions": [], "fields": FIELDS.items(), **more}
    return render(request, "outreach/template_form.html", context)
