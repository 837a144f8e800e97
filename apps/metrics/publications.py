"""Publishing on request: somebody asks, a worker makes the release or says why there is none."""

from datetime import datetime

import structlog
from django.db.models import F

from apps.accounts.models import User
from apps.metrics.alone import BROKE, MOST_TRIES, alone_with
from apps.metrics.facts import one_instant
from apps.metrics.models import Audience, Publication
from apps.metrics.publishing import NotReady, one_at_a_time, publish_report
from apps.metrics.scope import Scope
from apps.students.models import Cohort, Term

log = structlog.get_logger(__name__)

WORK = 8_141
"""The first half of the lock's number; the second is the publication."""


def ask_to_publish(
    *,
    term: Term,
    scope: Scope,
    audience: Audience,
    compare_to: Term | None,
    by: User | None,
    now: datetime,
) -> Publication:
    """Ask for a release. Asking again while the same one is under way returns that wish."""
    cohort = Cohort.objects.get(pk=scope.cohort) if scope.cohort else None
    publication, _ = Publication.objects.waiting().get_or_create(
        term=term,
        cohort=cohort,
        program=scope.program,
        class_year=scope.class_year,
        audience=audience,
        compare_to=compare_to,
        done_at=None,
        defaults={"asked_by": by, "asked_at": now},
    )
    return publication


def publish_what_was_asked(*, publication_id: int, now: datetime) -> bool:
    """Make the release that was asked for; return whether this run brought the wish to its end.

    Of two runs at once the second leaves it to the first. The release and the end of the wish are
    one transaction, so that a worker that dies between leaves neither.
    """
    with alone_with(WORK, publication_id) as is_ours:
        publication = _begin(publication_id) if is_ours else None
        if publication is None:
            return False
        if publication.tries > MOST_TRIES:
            return _end(publication, now, problem=BROKE)
        try:
            return _publish(publication, now)
        except NotReady as refused:
            many = len(refused.findings)
            words = f"{many} finding{'s are' if many > 1 else ' is'} neither mended nor waived."
        except Cohort.DoesNotExist:
            words = "The term to compare with has no class of this name."
        return _end(publication, now, problem=words)


def _begin(publication_id: int) -> Publication | None:
    """Count the try, which stays counted if this process dies; return None if all is done."""
    wish = Publication.objects.waiting().filter(pk=publication_id)
    wish.order_by().update(tries=F("tries") + 1)
    return wish.select_related("term", "compare_to", "asked_by").first()


def _publish(publication: Publication, now: datetime) -> bool:
    # The lock on the term comes first: what it guards is seen only by a snapshot taken after it.
    with one_at_a_time(publication.term), one_instant(writes=True):
        locked = Publication.objects.waiting().select_for_update().filter(pk=publication.pk)
        if not locked.exists():
            return False
        release = publish_report(
            term=publication.term,
            scope=publication.scope,
            audience=Audience(publication.audience),
            compare_to=publication.compare_to,
            by=publication.asked_by,
            now=now,
        )
        return bool(locked.order_by().update(done_at=now, release=release))


def _end(publication: Publication, now: datetime, *, problem: str) -> bool:
    log.info("report not published", publication=publication.pk, tries=publication.tries)
    wish = Publication.objects.waiting().filter(pk=publication.pk).order_by()
    return bool(wish.update(done_at=now, problem=problem))
