"""Signs of life: a part of the machinery writes down that it has just run."""

from datetime import timedelta

from django.db.models.functions import Now

from apps.mail.models import Tick, TickSource

# Often enough to tell within minutes, and seldom enough to cost nothing.
EVERY = timedelta(seconds=20)


def note_tick(source: TickSource) -> None:
    """Write down that this part is alive, unless that was just done."""
    fresh = Tick.objects.filter(source=source, at__gt=Now() - EVERY)
    if not fresh.exists():
        Tick.objects.update_or_create(source=source, defaults={"at": Now()})
