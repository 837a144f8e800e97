from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.contacts.access import get_contact_for_edit
from apps.contacts.actions import merge as actions
from apps.contacts.duplicates import find_pairs
from apps.contacts.forms.merge import MergeForm, in_words
from apps.contacts.merging import NAMES, Side, fixed_introduction
from apps.contacts.models import Contact, ContactChange, Merge
from apps.students.access import get_own_student
from apps.students.models import Student

SHOWN = 50  # pairs at a time; the others come up as these go
MERGES_SHOWN = 20

_ALSO_EDITED = {
    "archived_at": "whether they rest",
    "introduction": "introduced by",
    "introduced_on": "introduced by",
}


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def contact_duplicates(request: SignedInRequest) -> HttpResponse:
    student = get_own_student(request.user)
    pairs = find_pairs(student)
    shown = pairs[:SHOWN]
    return render(
        request,
        "contacts/duplicates.html",
        {
            "likely": [pair for pair in shown if not pair.is_hint],
            "hints": [pair for pair in shown if pair.is_hint],
            "more": len(pairs) - len(shown),
            "merged": _merged(student),
        },
    )


@dataclass(frozen=True)
class Merged:
    merge: Merge
    other_name: str
    can_be_undone: bool  # the last one into a person goes first


def _merged(student: Student) -> list[Merged]:
    """Return what was merged last, the newest first."""
    gone = ContactChange.objects.filter(after__isnull=True)
    merges = list(
        Merge.objects.filter(student=student, kept__erased_at__isnull=True)
        .select_related("kept")
        .prefetch_related(Prefetch("changes", queryset=gone, to_attr="gone"))
        .order_by("-pk")[:MERGES_SHOWN]
    )
    last_into = {merge.kept_id: merge for merge in reversed(merges)}
    return [
        Merged(
            merge,
            other_name="".join(change.before["name"] for change in merge.gone if change.before),
            can_be_undone=last_into[merge.kept_id] == merge,
        )
        for merge in merges
    ]


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def contact_compare(request: SignedInRequest, pk: int, other_pk: int) -> HttpResponse:
    """Show two contacts side by side; POST makes one person of them, under the first one's key."""
    kept, other = _two(request, pk, other_pk)
    form = MergeForm(request.POST or None, kept=kept, other=other)
    if request.method == "POST" and form.is_valid():
        try:
            actions.merge_contacts(
                student=kept.student,
                kept=kept,
                other=other,
                choices=form.cleaned_data,
                now=timezone.now(),
            )
        except actions.CannotMerge as reason:
            form.add_error(None, str(reason))
        else:
            kept.refresh_from_db()
            messages.success(
                request,
                f"{kept.name} is one person now. All that happened with either is kept; "
                "below you can take it back.",
            )
            return redirect("contact_duplicates")
    context = {"form": form, "kept": kept, "other": other, "both": (kept, other)}
    return render(request, "contacts/compare.html", context | _introduction(kept, other))


def _introduction(kept: Contact, other: Contact) -> dict[str, str]:
    """Say who will have introduced them, where that leaves no choice."""
    side = fixed_introduction(kept, other)
    if side is None:
        words = in_words(kept, "introduced_by") or in_words(other, "introduced_by")
        return {"introduced_by": words}
    first, second = (kept, other) if side is Side.KEPT else (other, kept)
    introduced_by = in_words(first, "introduced_by") or "nobody, or not known"
    return {"introduced_by": introduced_by, "led": first.name, "led_to": second.name}


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def contact_tell_apart(request: SignedInRequest, pk: int, other_pk: int) -> HttpResponse:
    one, two = _two(request, pk, other_pk)
    actions.tell_apart(student=one.student, one=one, two=two)
    messages.success(request, f"{one.name} and {two.name} stay two people.")
    return redirect("contact_duplicates")


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def contact_merge_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    merge = get_object_or_404(Merge, pk=pk, student__user=request.user)
    try:
        edited = actions.undo_merge(merge=merge)
    except actions.CannotUndo as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _undone(merge, edited))
    return redirect("contact_duplicates")


def _undone(merge: Merge, edited: list[str]) -> str:
    name = Contact.objects.get(pk=merge.kept_id).name
    words = f"They are two people again. What you added since stays with {name}."
    names = [_ALSO_EDITED.get(field) or NAMES.get(field, "").lower() for field in edited]
    names = list(dict.fromkeys(filter(None, names)))
    if names:
        words += f" You changed this since, and it stays as you wrote it: {', '.join(names)}."
    return words


def _two(request: SignedInRequest, pk: int, other_pk: int) -> tuple[Contact, Contact]:
    one, two = (get_contact_for_edit(request.user, key) for key in (pk, other_pk))
    if one == two or one.is_erased or two.is_erased:
        raise Http404("It takes two people.")
    return one, two
