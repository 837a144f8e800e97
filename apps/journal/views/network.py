from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.journal.network import Network
from apps.students.access import find_own_student


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def network(request: SignedInRequest) -> HttpResponse:
    student = find_own_student(request.user)
    if student is None:
        return render(request, "journal/not_enrolled.html")
    return render(
        request, "journal/network.html", {"network": Network(student=student, now=timezone.now())}
    )
