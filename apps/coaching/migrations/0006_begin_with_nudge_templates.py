"""Words that a counselor can begin a nudge with. They may be changed, or laid aside."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TEMPLATES = [
    (
        "Nobody on the list yet",
        "Five names are enough to begin",
        "The first name is the hardest one, so do not look for the right person. Write down five "
        "people you could talk with: a relative, somebody you worked for, a classmate who is a "
        "year ahead, a neighbor, somebody you only know by name. Nobody has to be important, and "
        "nobody is written to yet.\n\n"
        "Ten minutes will do. If something else is in the way, answer this mail and tell me.\n\n"
        "{counselor}",
    ),
    (
        "Notes without an answer",
        "Silence is mostly a full inbox",
        "You have written to people, and little has come back. That is the usual course: most "
        "notes that are answered were answered the second time. Send the first note again with "
        "two friendly lines on top, and say that any short time suits you.\n\n"
        "Open first on your list: {next_step}. If you would like me to read a note before it goes, "
        "hand it in.\n\n"
        "{counselor}",
    ),
    (
        "Thank-yous that wait",
        "Two lines of thanks",
        "Somebody gave you their time and has not heard from you since. Two lines are enough: what "
        "you took along, and what you did with it. Late thanks are welcome, too; nobody counts the "
        "days but us.\n\n"
        "{counselor}",
    ),
    (
        "After a good start",
        "One conversation, when you are ready",
        "You began well, and then it went quiet. That happens in a full term. You need no plan to "
        "go on, only the next small step: {next_step}.\n\n"
        "If {class} asks for more than you can give at the moment, tell me, and we look at the "
        "goal together.\n\n"
        "{counselor}",
    ),
]


def begin(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    NudgeTemplate = apps.get_model("coaching", "NudgeTemplate")
    for name, subject, body in TEMPLATES:
        NudgeTemplate.objects.create(name=name, subject=subject, body=body)


class Migration(migrations.Migration):
    dependencies = [("coaching", "0005_begin_with_a_rubric")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
