"""How to write to somebody first: by what they can be reached at, and how well they are known.

People known well were called in the oldest advice (B14); a note has no wrong hour and is easier to
follow up (E6). The cohort decides (`calls_people_known_well`).
"""

from dataclasses import dataclass

from apps.contacts.models import Closeness, Contact
from apps.outreach.models import Channel
from apps.students.models import Enrolment


@dataclass(frozen=True)
class Suggestion:
    channel: Channel
    why: str


def suggested_channel(contact: Contact) -> Suggestion:
    is_known_well = contact.closeness == Closeness.KNOWS_WELL
    if is_known_well and _calls(contact):
        if contact.phones:
            return Suggestion(Channel.PHONE, "You know each other well, so a call is natural.")
        why = "You know each other well, so a call is natural. Without a number, write first."
    elif is_known_well:
        why = "No hour is wrong for a note, and it is easier to follow up than a call."
    elif contact.closeness == Closeness.KNOWS:
        why = "You know each other only a little, so write first and call second."
    else:
        why = "You have not met yet, so write first and call second."
    channel = _written(contact)
    if channel == Channel.PHONE:
        why = "You have a number and no address, so call. The next page has a few lines for it."
    elif channel == Channel.LINKEDIN:
        why += " You have no e-mail, so a message on their profile will do."
    return Suggestion(channel, why)


def _written(contact: Contact) -> Channel:
    if contact.emails:
        return Channel.EMAIL
    if contact.links:
        return Channel.LINKEDIN
    return Channel.PHONE if contact.phones else Channel.EMAIL


def _calls(contact: Contact) -> bool:
    latest = Enrolment.objects.filter(student=contact.student_id).order_by(
        "-cohort__term__starts_on", "-pk"
    )
    return bool(latest.values_list("cohort__calls_people_known_well", flat=True).first())
