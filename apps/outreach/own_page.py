"""What a contact sees on their own page: who asks, the note, the times, and what is held of them.

Nothing of anybody else is on it, nor what the student keeps for themselves.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from apps.common.localtime import zone_names
from apps.contacts.actions.person import TYPED_IN
from apps.contacts.models import Contact
from apps.contacts.wishes import Wishes
from apps.meetings.clocks import Clock
from apps.meetings.models import Meeting
from apps.outreach.links import proposal_of, without_addresses
from apps.outreach.models import Attempt, ContactLink
from apps.outreach.protection import known_by, wishes_by_key
from apps.students.models import Student


@dataclass(frozen=True)
class OwnPage:
    """`clock` is the one that the times are read on; `keys` what the person is known by."""

    link: ContactLink
    clock: Clock
    now: datetime
    note: str
    proposal: Meeting | None
    times: list[datetime]
    keys: frozenset[str]
    wishes: Wishes

    @property
    def contact(self) -> Contact:
        return self.link.contact

    @property
    def student(self) -> Student:
        return self.link.student

    @property
    def first_name(self) -> str:
        """What the student is called where there is little room."""
        return self.student.given_name or self.student.name

    @property
    def last_day(self) -> str:
        return self.clock.day(self.link.expires_at)

    @property
    def place(self) -> str:
        """Where the clock hangs, and how far from UTC it stands, unless that is about to change."""
        offsets = {self.clock.offset(moment) for moment in self.times or [self.now]}
        return ", ".join([self.clock.place, *(offsets if len(offsets) == 1 else [])])

    @property
    def held(self) -> list[tuple[str, str]]:
        """The person's own details on this list, as label and words, without empty ones."""
        contact = self.contact
        held = {
            "Name": contact.name,
            "Role": contact.job_title,
            "Organization": contact.organization,
            "E-mail": ", ".join([*contact.emails, *contact.flagged_emails]),
            "Phone": ", ".join(contact.phones),
            "Profiles": ", ".join(contact.links),
            "Time zone": contact.time_zone.replace("_", " "),
            "Good times": contact.preferred_times,
        }
        return [(label, words) for label, words in held.items() if words]

    @property
    def source(self) -> str:
        return self.contact.data_source or TYPED_IN


def own_page(link: ContactLink, *, zone: str, now: datetime) -> OwnPage:
    """Gather the page of a link. `zone` is the one that the reader chose; "" or nonsense is none.

    Then it is the contact's, else the student's. A link that was just used knows the times of its
    answer only.
    """
    proposal = proposal_of(link)
    keys = known_by(link.contact)
    proposed = proposal.proposed_times if proposal else []
    return OwnPage(
        link=link,
        clock=Clock(_zone(zone, link)),
        now=now,
        note=_note_to(link.contact),
        proposal=proposal,
        times=link.answer.times
        if link.used_at
        else [moment for moment in proposed if moment > now],
        keys=keys,
        wishes=Wishes.of(wishes_by_key(keys).values()),
    )


def _zone(chosen: str, link: ContactLink) -> ZoneInfo:
    known = [name for name in (chosen, link.contact.time_zone) if name in zone_names()]
    return ZoneInfo(known[0]) if known else link.student.zone


def _note_to(contact: Contact) -> str:
    sent = Attempt.objects.filter(contact=contact).exclude(text="").order_by("-sent_at", "-pk")
    return without_addresses(sent.values_list("text", flat=True).first() or "")
