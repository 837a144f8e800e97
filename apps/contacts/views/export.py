from collections.abc import Callable, Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.contacts.export import contacts_to_export, person_of
from apps.contacts.files.person import ParsedPerson
from apps.contacts.files.writing import write_people_csv, write_vcards
from apps.students.access import get_own_student

UTF8_WITH_MARK = "utf-8-sig"  # without the mark, Excel reads a CSV file in the code page of old


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def contact_export(request: SignedInRequest) -> HttpResponse:
    people = contacts_to_export(get_own_student(request.user))
    resting = people.filter(archived_at__isnull=False).count()
    return render(request, "contacts/export.html", {"people": people.count(), "resting": resting})


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
@cache_control(private=True, no_store=True)
def contact_export_vcf(request: SignedInRequest) -> HttpResponse:
    return _file(request, write_vcards, "vcf", content_type="text/vcard; charset=utf-8")


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
@cache_control(private=True, no_store=True)
def contact_export_csv(request: SignedInRequest) -> HttpResponse:
    return _file(
        request,
        write_people_csv,
        "csv",
        content_type="text/csv; charset=utf-8",
        encoding=UTF8_WITH_MARK,
    )


def _file(
    request: SignedInRequest,
    write: Callable[[Iterable[ParsedPerson]], str],
    ending: str,
    *,
    content_type: str,
    encoding: str = "utf-8",
) -> HttpResponse:
    student = get_own_student(request.user)
    people = (person_of(one, row) for row, one in enumerate(contacts_to_export(student), 1))
    name = f"contacts-{student.today(timezone.now()).isoformat()}.{ending}"
    return HttpResponse(
        write(people).encode(encoding),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
