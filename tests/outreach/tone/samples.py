"""Whole drafts, written for these tests."""

# Eleven parts: greeting by first name, time since the last talk, good wishes, why this person,
# my context and curiosity, doubt about the fit, one small ask with its length, what both get,
# disclaimers, flexibility, a closing question about the time. 197 words, 10 sentences, 2 questions.
RECONNECT = """\
Hi Priya,

It has been almost two years since we last talked, at the end of the river clean-up. I hope \
you and the twins are doing well.

I thought of you this week because you spent a long time at Tern Energy before you moved to the \
city. I am finishing my degree in spring and thinking about my next steps, and I have become \
curious how a company like that decides what to build first. I am honestly not sure whether it \
would be a good fit for me, which is why I would love to hear the view from the inside.

Could I call you for 15 minutes and ask you four or five questions about your years there? It \
would also be a nice excuse to catch up and hear what you do now.

Just so you know, I am not asking about any particular job, and there are no strings for you to \
pull. If this is a bad month, please feel no pressure at all. I am flexible and happy to work \
around your calendar, early or late.

Would some time next week or the week after suit you?

Warmly,
Jonas
"""

SHORT = """\
Hi Sam, could I ask you about your job at Tern for 15 minutes this week? Any time works."""

# A question, then courtesies. The reader can still answer yes or no.
TO_RUTH = """\
Hi Ruth,

Dana Whitfield suggested I write. I keep thinking about your story of the oat-milk label, and I \
would value an insider's view of how a team decides what people mean by "natural".

This spring I surveyed 214 café guests on campus, and two menu names changed because of it.

Would 20 minutes by phone or video be possible in the week of October 19? I am happy to fit your \
schedule, and I will write again next Wednesday in case this gets buried.

Amara Okafor
"""

FOREIGN = """\
Dear Mr. Halvorsen,

I am student of second year in the energy engineering and I come from Chile. I have read about \
the heat pumps of your street and I find it very interesting how all neighbors have made it \
together. I do not search a job, only I want understand how you have begun.

It is possible to speak by phone 15 minutes? I can every evening. Which day is good for you?

Many greetings,
Rosario
"""

NEWS = """\
Hi Mr. Adeyemi,

A small update: I took your advice and learned to solder, and the first lamp works. I am still \
looking for an internship for the summer, and I am fine. Nothing needed on your end.

All the best,
Nils
"""

THANKS = """\
Dear Ms. Kaur,

Thank you for your time yesterday. Your story of the two bridges changed how I think about \
mistakes, and I have already ordered the book.

Kind regards,
Tom
"""

DESPERATE = """\
Dear Mr. Lang,

It is my dream to work for your company, and I would do anything to get in. I have attached my \
résumé; please forward it to the right person. Could we talk for 15 minutes?

Yours,
Bea
"""
