from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.journal.news import news_round
from apps.students.access import get_own_student


@requires(Permission.KEEP_OWN_JOURNAL)
@require_safe
def news(request: SignedInRequest) -> HttpResponse:
    """Show whom to tell that one has landed, and who knows already."""
    told = news_round(get_own_student(request.user), timezone.now())
    return render(request, "journal/news.html", {"news": told})
