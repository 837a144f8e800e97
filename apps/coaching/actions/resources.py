from collections.abc import Mapping
from datetime import date
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F

from apps.accounts.models import User
from apps.coaching.models import Resource, ResourceUse

log = structlog.get_logger(__name__)


def save_resource(*, resource: Resource | None, details: Mapping[str, Any], by: User) -> Resource:
    """Put a text into the library, or change it. `details` are fields of Resource."""
    resource = resource or Resource()
    for name, value in details.items():
        setattr(resource, name, value)
    resource.save()
    log.info("resource saved", resource=resource.pk, by=by.pk)
    return resource


@transaction.atomic
def retire_resource(*, resource: Resource, is_retired: bool, by: User) -> None:
    """Lay a resource aside, or take it up again. Counts of its use stay; a pin goes."""
    Resource.objects.filter(pk=resource.pk).update(is_retired=is_retired, is_pinned=False)
    log.info("resource retired", resource=resource.pk, is_retired=is_retired, by=by.pk)


@transaction.atomic
def pin_resource(*, resource: Resource, is_pinned: bool, by: User) -> None:
    """Put one resource on top of the library, in place of the one that stood there."""
    pinned = Resource.objects.select_for_update().filter(is_pinned=True)
    list(pinned.order_by("pk"))  # two who pin at once wait for one another
    pinned.update(is_pinned=False)
    if is_pinned:
        Resource.objects.filter(pk=resource.pk, is_retired=False).update(is_pinned=True)
    log.info("resource pinned", resource=resource.pk, is_pinned=is_pinned, by=by.pk)


@transaction.atomic
def count_opening(*, resource: Resource, day: date) -> None:
    """Count that somebody opened it, and forget who."""
    use, is_new = ResourceUse.objects.get_or_create(
        resource=resource, day=day, defaults={"opened": 1}
    )
    if not is_new:
        ResourceUse.objects.filter(pk=use.pk).update(opened=F("opened") + 1)
