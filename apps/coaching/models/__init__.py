from apps.coaching.models.care import (
    Nudge,
    NudgeTemplate,
    Place,
    Resource,
    ResourceUse,
    Shelf,
    WordSpoken,
)
from apps.coaching.models.feedback import (
    Criterion,
    Level,
    Piece,
    Question,
    Rubric,
    RubricVersion,
    Submission,
)
from apps.coaching.models.note import Note

__all__ = [
    "Criterion",
    "Level",
    "Note",
    "Nudge",
    "NudgeTemplate",
    "Piece",
    "Place",
    "Question",
    "Resource",
    "ResourceUse",
    "Rubric",
    "RubricVersion",
    "Shelf",
    "Submission",
    "WordSpoken",
]
