"""Texts that the library begins with. Counselors may change them, add to them or lay them aside."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

RESOURCES = [
    (
        "From a list to a thank-you, step by step",
        "step_by_step",
        "library",
        True,
        """\
An informational conversation is a short talk with somebody whose work you are curious about. You learn in two ways: by reading, and by asking people. This is the second one, and it gives you what no page can: how the work feels, and who else to ask. It also begins an acquaintance that may last.

# The six steps
1. Say what you want to find out. One or two sentences; they will change.
2. List the people you know, and the people you would like to know. Leave nobody out.
3. Write to one of them. Say why them, who you are in two facts, and when you will be in touch again.
4. Settle a time. Fit their calendar, and expect to try more than once.
5. Prepare: what you hope to learn, your questions, what you read about them, and two minutes about yourself.
6. Talk, thank them within a day, and write down one thing to do differently next time.

# Begin small
Start with people you know well. The first two or three talks are practice, and it shows less than you fear. Later most of your talks should be with people you do not know yet: they know what you and your friends do not.

You stay in charge of all of it. Your notes are yours, and you decide whom to ask.""",
    ),
    (
        "Think of five people in ten minutes",
        "set_up",
        "empty_list",
        False,
        """\
You know more people than you think, and they know people, too. Do not ask yet who could help. Only write down names; a first name is enough.

# Go through these, one after the other
- Family, and the friends of your family.
- People you worked for or with, in any job, paid or not.
- Classmates, and those a year or two ahead of you.
- Teachers and professors.
- People you meet for sport, music, faith or any other pastime.
- People whose work you once noticed: a speaker, an author, somebody in the news.

# Where names hide
Look through your phone, the people you are linked with online, the list for holiday cards, and old group chats. Ask the two friends who know everybody.

# If a job already draws you
Think of somebody who has it, then of the people beside them, then of whoever they report to, and then of anybody else in the same house. If you are stuck, try people who fill such jobs, or the same job at a rival.

Stop at five for now and write to one of them. A short list that is used beats a long one that waits. Nobody is ever thrown out: people can rest on the list until their day comes.""",
    ),
    (
        "Set up so that nothing gets lost",
        "set_up",
        "library",
        False,
        """\
Half an hour now saves you from looking for addresses later.

# Your purpose
Write under Targets what you would like to find out. Then, in this order: which kinds of work, where that work is done, and who does it there. You may show this one page to people you talk with. They will tell you who is missing.

# Your people
Bring in the contacts you have: from your phone, your mail program or a professional network. You see what is new before anything is saved, and you can take an import back. Add a word about how you know each person. It decides what we suggest: with somebody you know well a call is fine, with others a note comes first.

# Your accomplishments
Put four or five facts about yourself into your library: something you made, ran, improved or learned, with a number if there is one. Every note and every preparation can draw on them, and you need not think each time.

# Your reminders
Choose the hour, the days and how many mails a week you want at most. That ceiling holds for everything we send, also for a word from your counselor; only a conversation of yours is always named.

# A look ahead
Decide on one morning a week for this. One note and one follow-up each week are a good pace, and one talk a week is plenty.""",
    ),
    (
        "A first note that gets a yes",
        "step_by_step",
        "first_draft",
        False,
        """\
The best notes are short, friendly and easy to answer. The reader should know after ten seconds who you are, why you chose them, and what it costs to say yes.

# What belongs in it
- Their first name, if that is how people speak where they work.
- Why them: a fact that you could write to nobody else.
- Who you are: where you stand, and one or two things you have done.
- What you want: an insider's view, fifteen or twenty minutes, by phone or however they like.
- What you do not want: no job, no strings to pull. Say it once and lightly.
- That you fit around their calendar.
- A question at the end that can be answered with yes or no.

# What to leave out
Your résumé. Praise that anybody could write. The word "opportunity" twice. Anything that sounds as if you would take whatever there is: you are curious, not stranded. Leave open whether the work would suit you; you truly do not know yet.

# When it goes
Send it by mail if you can: it is read when it suits, and it is easy to answer. If a week passes, send it again with two lines on top. Change a template until it sounds like you. If two people could get the same note, it is not finished.""",
    ),
    (
        "Questions to begin with",
        "questions",
        "first_conversation",
        False,
        """\
Your own questions come first. Ask what matters to you, even if it seems small. When you run out, three groups help: who they are, why they do it, and what it is like there.

# Who they are
- How did you come to this work? Which turn was not planned?
- What did you do before that helps you now?

# Why they do it
- What makes a day a good one?
- What keeps you here, and what would make you leave?

# What it is like
- What did you do yesterday, hour by hour?
- What takes more time than outsiders think?
- Which skill did you have to learn on the job?
- How do people who are new here find their feet?

# The last two
- What should I read, watch or try before I talk with the next person?
- Who else should I talk with? May I say that you sent me?

Ask the last one always. Plan five or six questions and be glad if you get to four. Do not ask whether they are hiring: people close up, and it is not why you came. Questions get better as you learn, so drop what three people have answered alike, and take along what nobody could tell you.""",
    ),
    (
        "The twenty minutes themselves",
        "step_by_step",
        "library",
        False,
        """\
You asked for the talk, so you lead it. That is easier than it sounds, because people like to speak of their work.

# Before
Read about the person, their task and the organization: what they wrote, a talk of theirs, a page about the firm. Log it under the contact; it is research and counts as such. Say your two minutes about yourself aloud once. Choose something you can give: an article, a name, how your generation sees what they make.

# The first two minutes
Thank them, say how long you have, and say in two sentences what you hope to learn. Then ask, and be quiet.

# In the middle
Write down words, not sentences. Follow up on what makes their voice change. If they mention a problem, ask how people try to solve it.

# The last five minutes
Keep an eye on the clock; they will not. Say that time is nearly up, and ask whom else you should talk with. If they offer something, repeat it with a day, so that both of you know what was said.

# After
Within the hour, write down what was new, what it changes, and what you will do differently. Within a day, send your thanks. There may be no opening and no sequel, and it was still worth it: each talk makes the next one better.""",
    ),
    (
        "Manners that people remember",
        "etiquette",
        "library",
        False,
        """\
People who say yes do you a favor in the middle of a full day. A few habits make them glad they did.

- Come on time, and end on time. Offer to stop two minutes early.
- Let them choose the day, the hour and the way you talk. In person is best if it is no trouble for them.
- If you have to move it, say so as early as you can, and offer two other times.
- Say at the start if you would like to take notes. Never record.
- Use the name they use for themselves.
- Keep what they tell you about colleagues to yourself.
- If they give you a name, ask whether you may mention theirs.
- Thank them within a day, and name one thing you took along.
- Do what you promised, and tell them how it went.

# Later
Write again after some months, when you have news: you read the book, you met the person, you decided. A line is enough and asks for nothing. People who hear how their advice turned out think of you when something comes up, and one day you can return it. When a student asks you, say yes.""",
    ),
    (
        "What annoys the people who are asked",
        "etiquette",
        "library",
        False,
        """\
These are the things that make busy people regret that they said yes. All of them are easy to avoid.

- A job in disguise. They agreed to a talk and are asked to hire, or to pass a résumé on.
- A résumé that nobody asked for, in the first mail or pushed across the table.
- "Can I pick your brain?" with no hint of what about.
- Questions that the first page of the website answers.
- Somebody who has no questions and waits to be entertained.
- Being late, or staying half an hour longer than agreed.
- A note that was plainly sent to twenty people.
- Pleading. "I would do anything" makes people sorry for you, and it does not make them want to work with you.
- Asking for "the right person" before asking anything about them.
- Never hearing again. No thanks, no word about what became of it.

# The other side
Somebody who is short, curious and relaxed, who knows a little already and is honest about the rest, is a pleasant break in the day. So is somebody who takes a no well. If a person has no role for you, say that information is all you came for. It is true, and they will remember it.""",
    ),
    (
        "Why not just apply?",
        "set_up",
        "library",
        False,
        """\
Applying online is easy to start and hard to learn from. You send something off, and mostly you hear nothing, or a line that could be for anybody. After twenty of those it is hard to believe in yourself, and you know no more than before.

A conversation is the other way round. It takes courage to ask for, and then you always come home with something: a picture of the work, a word you did not know, another name. One author who has long taught this practice puts it as a rule of thumb that only about a fifth of all jobs are ever posted. Nobody has counted it well, so take it as what it is: a claim from long practice. What we do count is what happens here, and your report shows it with its uncertainty.

# Do both, if you like
Nobody asks you to stop applying. Compare the two for a month: how many hours went into each, and what came back?

# It is slow
Some people found their place after a handful of talks, others after more than a hundred. Small goals for each week help more than a big one for the year. It may feel as if it led nowhere. Then look at what you did not know three talks ago.

Fear before the first call is normal. It mostly turns into pleasure once the two of you are talking.""",
    ),
]


def begin(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    Resource = apps.get_model("coaching", "Resource")
    for title, shelf, place, is_pinned, body in RESOURCES:
        Resource.objects.create(
            title=title, shelf=shelf, place=place, is_pinned=is_pinned, body=body
        )


class Migration(migrations.Migration):
    dependencies = [("coaching", "0006_begin_with_nudge_templates")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
