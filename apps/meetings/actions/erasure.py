from collections.abc import Collection

from django.db import transaction
from django.db.models import F

from apps.meetings.models import Jottings, Meeting, PrepSheet, Referral, Story


@transaction.atomic
def forget_person(*, contacts: Collection[int]) -> None:
    """Blank what conversations tell of contacts who were erased; that they took place stays.

    The revisions rise, so that a page which is still open cannot save the words back.
    """
    meetings = Meeting.objects.filter(contact__in=contacts)
    about = {"meeting__contact__in": contacts}
    theirs = Story.objects.filter(heard_in__contact__in=contacts)
    # A story that was shared with their name may say it in its words as well.
    theirs.filter(names_contact=True).update(shared_at=None, names_contact=False)
    theirs.update(heard_in=None)
    Jottings.objects.filter(**about).update(text="", revision=F("revision") + 1)
    PrepSheet.objects.filter(**about).update(research_person="", revision=F("revision") + 1)
    Referral.objects.filter(contact__in=contacts).update(before=None)
    meetings.update(place="", mode_reason="")
