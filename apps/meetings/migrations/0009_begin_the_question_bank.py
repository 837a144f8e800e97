"""Questions that a programme can begin with, in the three groups. It may lay any of them aside."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

QUESTIONS = {
    "who_they_are": [
        "How did you come to this work?",
        "What did you think this job was before you had it?",
        "What did you want to do when you were my age?",
        "Which step on your way turned out to matter most?",
        "Which detour taught you something you still use?",
        "Who helped you along the way, and how?",
        "What did you study, and what of it do you use?",
        "What was your first job, and what did you take from it?",
        "What are you good at that nobody taught you?",
        "What do people often get wrong about what you do?",
        "How would a colleague describe you at work?",
        "What are you curious about just now?",
    ],
    "why_they_do_it": [
        "What makes a good day at work for you?",
        "Which day last month would you repeat?",
        "What keeps you in this field?",
        "Which part of the work would you miss most?",
        "Which part of the work would you gladly give away?",
        "What are you proud of from the last year?",
        "Who is better off because of what your team does?",
        "When did you know that this was right for you?",
        "What nearly made you leave, and why did you stay?",
        "What would you do if this field vanished tomorrow?",
        "What do you hope to learn next?",
        "What would you tell yourself on your first day?",
    ],
    "what_it_is_like": [
        "What does an ordinary week look like?",
        "How do decisions get made when people disagree?",
        "What do new people get wrong at first?",
        "What would surprise a student in the first month?",
        "Which skills does your team miss most?",
        "Which tools do you use every day?",
        "How does your team know that it has done well?",
        "What has changed here in the last two years?",
        "How do people here give each other feedback?",
        "What is hard about this place?",
        "How does this place differ from others in the field?",
        "Which trends should somebody new to the field follow?",
        "What could a student like me read, see or try to understand it better?",
    ],
}


def begin(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    bank = apps.get_model("meetings", "BankQuestion")
    bank.objects.bulk_create(
        [bank(group=group, text=text) for group, texts in QUESTIONS.items() for text in texts],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0008_refer_to_own_contacts")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
