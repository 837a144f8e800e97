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
    Note,
    Piece,
    Question,
    Rubric,
    RubricVersion,
    Submission,
)

__all__ = [
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
