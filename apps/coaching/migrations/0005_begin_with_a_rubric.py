"""A rubric that a programme can begin with. It may publish other versions, or lay it aside."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NAME = "A conversation and what it taught"
LEVELS = [
    {"label": "Not there yet", "points": 0},
    {"label": "Good", "points": 1},
    {"label": "Very good", "points": 2},
]
CRITERIA = [
    {
        "key": "choice_of_person",
        "name": "Choice of person",
        "weight": 1,
        "says": [
            "Why this person is not clear, or somebody close stood in for them.",
            "Their work has to do with the purpose, and that is said.",
            "Just the right person, found with some effort, and the reason shows in the questions.",
        ],
    },
    {
        "key": "new_knowledge",
        "name": "New knowledge",
        "weight": 1,
        "says": [
            "What was learned stands on the web page as well.",
            "Things are told that only somebody who does the work can know.",
            "New things, tied to what earlier conversations said, with what is still open.",
        ],
    },
    {
        "key": "reflection",
        "name": "Reflection",
        "weight": 1,
        "says": [
            "It is retold and not yet weighed.",
            "It says what this means for the student’s own plans.",
            "It says what changed in the plans, why, and what comes next.",
        ],
    },
]


def begin_with_a_rubric(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rubric, is_new = apps.get_model("coaching", "Rubric").objects.get_or_create(name=NAME)
    if is_new:
        apps.get_model("coaching", "RubricVersion").objects.create(
            rubric=rubric, number=1, levels=LEVELS, criteria=CRITERIA
        )


class Migration(migrations.Migration):
    dependencies = [("coaching", "0004_keep_feedback_true")]

    operations = [migrations.RunPython(begin_with_a_rubric, migrations.RunPython.noop)]
