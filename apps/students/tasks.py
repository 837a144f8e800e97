from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from apps.students.actions.roster import forget_undecided_rosters
from apps.students.actions.roster_folder import look_into_roster_folder


@shared_task
def look_after_class_lists() -> None:
    """Bring in what has changed in the nightly folder, and forget lists that nobody decided on."""
    now = timezone.now()
    forget_undecided_rosters(now=now)
    if settings.ROSTER_DROP_FOLDER:
        look_into_roster_folder(folder=Path(settings.ROSTER_DROP_FOLDER), now=now)
