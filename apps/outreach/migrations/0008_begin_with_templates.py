"""Templates that a programme can begin with. It may write other versions, or lay them aside.

{curly} words are filled in from what is known; [square] ones are the student's to fill.
"""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def slot(
    key: str, label: str, text: str, hint: str = "", *, joins: bool = False, optional: bool = False
) -> dict[str, Any]:
    return {
        "key": key,
        "label": label,
        "hint": hint,
        "text": text,
        "is_required": not optional,
        "joins": joins,
    }


GREETING = slot("greeting", "Greeting", "Hi {first_name},", "By first name, if you know them.")
SIGN_OFF = slot("sign_off", "Your name", "{my_name}")
TEMPLATES: list[tuple[str, str, str, list[dict[str, Any]]]] = [
    (
        "first_note",
        "Somebody I have not talked with for a while",
        "Catching up, and a few questions",
        [
            GREETING,
            slot(
                "time_since",
                "How long it has been",
                "It has been [months or years] since we last talked.",
                "Say it lightly. Nobody minds.",
            ),
            slot("good_wishes", "Good wishes", "I hope [you and yours are well].", joins=True),
            slot(
                "why_you",
                "Why they came to mind",
                "You came to mind because you work at {organization}.",
                "One fact that only this person could read about themselves.",
            ),
            slot(
                "my_context",
                "Where you are",
                "I am thinking about my next steps and am curious about [the kind of work].",
                joins=True,
            ),
            slot(
                "hedge",
                "What is open",
                "I do not know yet whether it would suit me, so I would value an insider’s view.",
                "Leave open whether it fits you.",
                joins=True,
            ),
            slot(
                "small_ask",
                "One small ask",
                "Could I ask you a few questions by phone, for {minutes} minutes?",
                "One ask, with its length.",
            ),
            slot(
                "mutual",
                "What is in it for both",
                "It would also be good to hear how you are.",
                joins=True,
            ),
            slot(
                "disclaimer",
                "What you are not asking for",
                "I am not looking for a particular job, and there are no strings to pull. "
                "If it is a bad time, just say so.",
            ),
            slot(
                "flexibility",
                "Their time comes first",
                "I am happy to fit around your schedule.",
                joins=True,
            ),
            slot(
                "closing_question",
                "A question to answer with yes or no",
                "Would [one day] or [another day] suit you?",
                "The last sentence asks for a time.",
            ),
            SIGN_OFF,
        ],
    ),
    (
        "first_note",
        "Somebody I have never met",
        "A question about your work at {organization}",
        [
            GREETING,
            slot(
                "why_you",
                "Why them",
                "I read [what they wrote, said or made], and [what stayed with you].",
                "Only this person could get this note.",
            ),
            slot(
                "achievements",
                "Two things you did",
                "[Something you did, with a number.] [Something else that fits their work.]",
                "A couple of facts, not a life story.",
            ),
            slot(
                "follow_up",
                "How it goes on",
                "Would a talk of {minutes} minutes by phone or video be possible in the week of "
                "[a date]? I am happy to fit your schedule, and I will write again [a day] in case "
                "this gets buried.",
                "One small ask with length and week, and when you will write again.",
            ),
            SIGN_OFF,
        ],
    ),
    (
        "referral_intro",
        "Introduced by somebody",
        "{introducer} suggested that I write",
        [
            GREETING,
            slot("introduced_by", "Who sent you", "{introducer} suggested that I write to you."),
            slot(
                "why_you",
                "Why them",
                "I am curious how [what they do at {organization}] works from the inside.",
                "Only this person could get this note.",
                joins=True,
            ),
            slot("achievements", "Something you did", "[One or two facts that fit their work.]"),
            slot(
                "small_ask",
                "One small ask",
                "Would {minutes} minutes by phone or video be possible in the week of [a date]? "
                "I am happy to fit your schedule.",
            ),
            SIGN_OFF,
        ],
    ),
    (
        "follow_up",
        "A short line on top of my first note",
        "",
        [
            GREETING,
            slot(
                "reminder",
                "One line",
                "I know how full an inbox gets, so here is my note once more.",
                "No reproach. Your first note follows below.",
            ),
            slot(
                "small_ask",
                "The same small ask",
                "Could we talk for {minutes} minutes by phone this week, whenever it suits you?",
            ),
            SIGN_OFF,
        ],
    ),
    (
        "meeting_request",
        "Finding a time",
        "A time to talk",
        [
            GREETING,
            slot("thanks", "Thanks for the yes", "Thank you for being willing to talk."),
            slot(
                "times",
                "A few times",
                "Would one of these suit you, for {minutes} minutes: [two or three times, "
                "in their time zone]?",
                "Two or three times on their clock. Another one is always fine.",
                joins=True,
            ),
            slot("flexibility", "Their time comes first", "Any other time works too."),
            SIGN_OFF,
        ],
    ),
    (
        "confirmation",
        "Confirming a time",
        "Our talk on [day]",
        [
            GREETING,
            slot(
                "time",
                "When and how",
                "I look forward to talking on [day and hour, on their clock], [by phone, video or "
                "at which place], for {minutes} minutes.",
            ),
            slot(
                "questions",
                "What you will ask",
                "I would like to hear about [two or three things].",
                "So that they can think ahead.",
                joins=True,
                optional=True,
            ),
            SIGN_OFF,
        ],
    ),
    (
        "thank_you",
        "Thanks after a conversation",
        "Thank you for your time",
        [
            GREETING,
            slot(
                "thanks",
                "Thanks",
                "Thank you for talking with me [on which day]. What stayed with me: [one thing "
                "they said].",
                "One detail that shows that you listened.",
            ),
            slot(
                "next",
                "What you do with it",
                "I will [what you do next because of it], and let you know how it goes.",
            ),
            SIGN_OFF,
        ],
    ),
    (
        "keep_in_touch",
        "News to keep in touch",
        "Some news",
        [
            GREETING,
            slot("doing", "What you are up to", "Since we last talked, I have [what you did]."),
            slot(
                "good_at",
                "What you are good at",
                "What I like most so far is [what you are good at and enjoy].",
                joins=True,
            ),
            slot(
                "still_looking",
                "What you are curious about now",
                "I am still finding out about [the field or question], and your advice on [their "
                "advice] still helps.",
                "That you are still looking is a fact, not a request.",
            ),
            SIGN_OFF,
        ],
    ),
    (
        "landed",
        "I have landed",
        "Good news, and thank you",
        [
            GREETING,
            slot(
                "news",
                "The news",
                "I wanted you to hear it from me: from [date] on I will be [what and where].",
            ),
            slot(
                "their_part",
                "Their part in it",
                "Our talk helped: [how it helped]. Thank you.",
                joins=True,
            ),
            slot("offer_back", "Something back", "If I can ever do something for you, please ask."),
            SIGN_OFF,
        ],
    ),
]


def begin(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    templates = apps.get_model("outreach", "NoteTemplate")
    versions = apps.get_model("outreach", "TemplateVersion")
    for kind, name, subject, slots in TEMPLATES:
        template = templates.objects.create(kind=kind, name=name)
        versions.objects.create(template=template, number=1, subject=subject, slots=slots)


class Migration(migrations.Migration):
    dependencies = [("outreach", "0007_write_to_own_contacts")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
