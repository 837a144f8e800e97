from django.shortcuts import get_object_or_404

from apps.accounts.models import User
from apps.exchange.models import ImportRun


def get_import_run(user: User, pk: int) -> ImportRun:
    """Return a run without its file, or answer 404. All administrators see all runs."""
    runs = ImportRun.objects.visible_to(user).without_file()
    return get_object_or_404(runs.select_related("created_by", "decided_by", "term"), pk=pk)
