from apps.contacts.models.batch import BatchState, ContactChange, ImportBatch, Merge
from apps.contacts.models.contact import Closeness, Contact, Introduction, Seniority, Source
from apps.contacts.models.duplicate import NotDuplicate
from apps.contacts.models.research import Research, ResearchKind
from apps.contacts.models.wish import Wish

__all__ = [
    "BatchState",
    "Closeness",
    "Contact",
    "ContactChange",
    "ImportBatch",
    "Introduction",
    "Merge",
    "NotDuplicate",
    "Research",
    "ResearchKind",
    "Seniority",
    "Source",
    "Wish",
]
