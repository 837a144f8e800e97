from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.contacts.actions.person import add_contact
from apps.contacts.forms.person import QuickAddForm
from apps.contacts.models import Contact
from apps.journal.forms import PeopleFilter
from apps.journal.people import People
from apps.journal.stages import find_own_list
from apps.students.access import get_own_student
from apps.students.models import Student


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def contact_list(request: SignedInRequest) -> HttpResponse:
    own = find_own_list(request.user)
    if own is None:
        return render(request, "journal/not_enrolled.html")
    return _page(request, own, request.GET)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def contact_quick_add(request: SignedInRequest) -> HttpResponse:
    """Add somebody from the list, and show the list again as it was filtered."""
    student = get_own_student(request.user)
    query = QueryDict(request.POST.get("back", ""))
    form = QuickAddForm(request.POST)
    is_added = form.is_valid()
    if is_added:
        contact = add_contact(student=student, details=form.details(), now=timezone.now())
        messages.success(request, f"{contact.name} is on your list.")
        if not _wants_fragment(request):
            back = query.urlencode()
            return redirect(reverse("contact_list") + (f"?{back}" if back else ""))
    own = find_own_list(request.user)
    assert own
    return _page(request, own, query, None if is_added else form)


def _page(
    request: SignedInRequest,
    own: tuple[Student, list[str]],
    query: QueryDict,
    quick_add: QuickAddForm | None = None,
) -> HttpResponse:
    student, tags = own
    chosen = PeopleFilter(query, tags=tags)
    people = People(student=student, chosen=chosen, now=timezone.now(), page=query.get("page", ""))
    context = {
        "is_fragment": _wants_fragment(request),
        "filter": chosen,
        "chosen": chosen.values,
        "people": people,
        "lanes": people.lanes,
        "page": people.page,
        "rows": people.rows,
        "query": query.urlencode(),
        "typed": {
            name: quick_add.data.get(name, "") if quick_add else ""
            for name in QuickAddForm.base_fields
        },
        "problems": quick_add.errors if quick_add else {},
        "known_as": QuickAddForm.known_as_choices,
        "is_next": request.method == "POST",  # one name often brings the next to mind
        "has_nobody": not people.counts and not Contact.objects.filter(student=student).exists(),
    }
    if page := people.page:
        context |= {
            "previous_link": chosen.link(page=str(page.number - 1)),
            "next_link": chosen.link(page=str(page.number + 1)),
        }
    if context["is_fragment"]:
        return render(request, "journal/_people.html", context)
    return render(request, "journal/contact_list.html", context)


def _wants_fragment(request: SignedInRequest) -> bool:
    return "HX-Request" in request.headers
