from apps.outreach.models.attempt import Attempt, Channel, Reply
from apps.outreach.models.draft import Draft
from apps.outreach.models.lift import CooldownLift
from apps.outreach.models.link import Answer, ContactAnswer, ContactLink
from apps.outreach.models.template import (
    ASKING,
    Audience,
    NoteKind,
    NoteTemplate,
    Slot,
    TemplateVersion,
)
from apps.outreach.models.touch import Cadence, Touch, TouchKind

__all__ = [
    "ASKING",
    "Answer",
    "Attempt",
    "Audience",
    "Cadence",
    "Channel",
    "ContactAnswer",
    "ContactLink",
    "CooldownLift",
    "Draft",
    "NoteKind",
    "NoteTemplate",
    "Reply",
    "Slot",
    "TemplateVersion",
    "Touch",
    "TouchKind",
]
