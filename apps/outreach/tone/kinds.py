"""Which kind of note a draft is, when nobody says.

What matters most is whether it asks for a conversation: only then it needs a length and a question.
"""

import re
from collections.abc import Iterator

from apps.outreach.tone import shape
from apps.outreach.tone.draft import Draft, Sentence
from apps.outreach.tone.rule import Kind

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|spring|summer|fall|autumn|winter)"
)
_THANKS = re.compile(
    r"\b(?:thank you|thanks|grateful|thankful|gratitude|appreciated?|enjoyed (?:our|meeting"
    r"|talking|speaking)|(?:it was|was) (?:so |very |really )?(?:good|great|nice|lovely|a"
    r" pleasure) (?:to|meeting|talking))\b"
)
_AGREED = re.compile(
    r"\b(?:agree(?:d|ing)|offer(?:ed|ing) to (?:see|meet|talk|speak)|being (?:willing|open|up)"
    r"|(?:are|were) (?:willing|open) to|saying yes|said (?:yes|that i could|i could|you could)"
    r"|repl(?:y|ying)|green light|getting back|accept(?:ed|ing)|answering|mak(?:e|ing) time|you"
    r" have time|are in|making it work|you wrote|works for (?:the|our)|happy to do|would be great"
    r"|perfect|wonderful)\b|\b(?:for|have) our (?:\d+|[\w-]+)[ -](?:minutes?|minute|hour|\w+ call"
    r"|chat|talk|meeting|call)|\bour (?:chat|call|meeting|coffee|talk|\d+|twenty|fifteen|thirty)\b"
)
_SAID_YES = re.compile(
    r"\b(?:agree(?:d|ing)|saying yes|said yes|offer(?:ed|ing) to (?:see|meet|talk|speak|chat)"
    r"|(?:are|being|were) (?:willing|open|able) to (?:see|meet|talk|speak|chat)"
    r"|making room for me)\b"
)
_MET = re.compile(
    r"\b(?:yesterday|this morning|last night"
    r"|our (?:talk|meeting|call|chat|conversation|lunch|coffee)"
    r"|the (?:talk|tour|visit|lunch|hour)|half hour|that was|loved the part)\b"
)
_FOLLOWS_UP = re.compile(
    r"\b(?:(?:following|follow)[ -]up|circling back|check(?:ing)? (?:whether|if|in on)"
    r"|bump(?:ing)?|nudge|resend(?:ing)?|reminder|once more|second note|last note|two notes"
    r"|try(?:ing)? again|resurfac\w+|still hoping|remind you of|writ(?:e|ing)(?: \w+)? again"
    r"|voicemail|(?:look|chance to look) at this"
    r"|get(?:s)? buried|top of your (?:pile|inbox)|any (?:news|decision|answer|thoughts)"
    r"|wait(?:ing)? for your|said to remind|your reply|(?:not|never) (?:answer|repl|hear|respon"
    r"|write back)\w*|(?:my|a|the|this) (?:\w+ ){0,3}?(?:note|notes|email|emails|mail|mails"
    r"|message|messages|letter) (?:from|of|last|below|to you|about|got|may|might|was|two|again"
    r"|slipped|went|by|on|came))\b|\bmy (?:last|previous|earlier|first|two previous) (?:\w+"
    r" )?(?:note|email|mail|message|letter)|\b(?:wrote|written|emailed|reached out|write you)(?:"
    r" to)? ?(?:you )?(?:\w+ ){0,4}?(?:ago|last|earlier|before|times|already|on (?:mon|tues"
    r"|wednes|thurs|fri)day)\b"
)
_INTRODUCED = re.compile(
    r"\b(?:suggested|recommended|proposed|advised|encouraged|insisted|thought|said|says|told me"
    r"|urged) (?:me )?(?:to (?:you|write|contact|reach|speak|talk|get)|that (?:you|i|we)|i\b|we\b"
    r"|you (?:would|might|could|are|host))|\b(?:gave me your|passed (?:me |on |along )*your|sent"
    r" me your|referred me to|sent me to|pointed me|introduc(?:ed|ing) (?:me|us)|connect(?:ed"
    r"|ing) us|us in touch|for (?:the|making the|your) introduction|mentioned (?:your name|you)"
    r"|mention you|suggestion of|referral from|friend of|nephew of|niece of|recommended me)\b"
    r"|\bsaid [a-z]+ [a-z]+,"
)
_NEWS = re.compile(
    r"\b(?:this (?:spring|summer|fall|autumn|winter|year|semester|month) i"
    r"|asked me to (?:tell|report|let)|been hired|a line from|merry|half a year|updates?|news"
    r"|report|postcard|(?:hello|greetings|hi) from|keep(?:ing)? in touch|stay(?:ing)? in touch"
    r"|(?:wanted|like) (?:you )?to (?:be among|let you know|know|tell you)|nothing needed|me"
    r" again|since (?:we|our|i saw|then|"
    + _MONTH
    + r")|been a while|months? on|(?:months?|year|weeks) ago you"
    r"|took your advice|followed your advice|your advice|like you (?:told|said)|as you predicted"
    r"|i (?:have )?(?:just |also |finally )?(?:finished|passed|graduated|landed|moved|completed"
    r"|started)|thought of you|happy (?:new year|holidays|thanksgiving)|third update|checking in"
    r"|are you\?|what i am up to|too busy for me)\b"
)
_INTRODUCES_SELF = re.compile(
    r"\b(?:my name is|i am (?:currently )?(?:an?|the|in (?:my|the)) (?:[\w-]+ ){0,4}?(?:student"
    r"|senior|junior|sophomore|freshman|first-year|second-year|third-year|major|year|grade)"
    r"|i (?:study|major)|came across|read (?:your|that you|about you)|saw (?:your|you|that you)"
    r"|heard you|listened to your|watched (?:\w+ ){0,4}your|your (?:profile|article|talk|lecture"
    r"|lectures|interview|career path))\b"
)
_SHARED_PAST = re.compile(
    r"\b(?:our (?:talk|chat|call|coffee|meeting|conversation|lunch|walk)|you (?:once |kindly |so )?"
    r"(?:told|said|suggested|recommended|encouraged|showed|gave|lent|promised|helped|predicted"
    r"|warned|were (?:kind|so kind|right)|taught)|your (?:advice|tip|tips|trick|hint|suggestion"
    r"|idea|rule|last email)|since we|thank you (?:again|for)|thanks (?:again|for)|as promised"
    r"|hello again|hi again)\b"
)
_SHORT = 60
_PROPOSES_A_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|which (?:one|day|date|time)"
    r"|what (?:day|time)|whenever)\b"
)
_WISHES = re.compile(
    r"\b(?:could|would|may|might) (?:i|we|you)\b.*\?|\bhoping to (?:have|hear|talk|speak|chat)\b"
    r"|\b(?:look|looking) forward to (?:meeting|seeing|speaking|talking)\b"
)
_CONVERSATION = re.compile(
    r"\b(?:talk|speak|chat|call|meet|meeting|coffee|zoom|phone|ask you|conversation|come by|stop"
    r" by)\b"
)


def infer_kind(draft: Draft) -> Kind:
    """Say what the draft most likely is. What asks for nothing keeps in touch, unless its writer
    is new to the reader."""
    opening = " ".join(one.text for one in draft.body[:4])
    start = " ".join(one.text for one in draft.body[:2])
    if any(map(_asks_for_talk, draft.body)):
        return _asking_kind(opening, start)
    has_plan = any(map(_asks_for_day, draft.body))
    if _FOLLOWS_UP.search(start) and not _THANKS.match(_without_greeting(draft)):
        is_news = _NEWS.search(start) and not has_plan
        return Kind.KEEP_IN_TOUCH if is_news else Kind.FOLLOW_UP
    if _SAID_YES.search(start) or (has_plan and _THANKS.search(start)):
        return Kind.MEETING_REQUEST
    if _THANKS.search(start) or (_MET.search(start) and "thank" in draft.text):
        return Kind.THANK_YOU
    if _INTRODUCED.search(start) and not _NEWS.search(opening):
        return Kind.REFERRAL_INTRO
    if _NEWS.search(opening) and not _INTRODUCES_SELF.search(opening):
        return Kind.KEEP_IN_TOUCH
    is_new = _INTRODUCES_SELF.search(draft.text) and not _SHARED_PAST.search(draft.text)
    wants_something = shape.has_ask(draft) or any(map(_WISHES.search, _texts(draft)))
    return Kind.FIRST_NOTE if is_new or wants_something else Kind.KEEP_IN_TOUCH


def _asking_kind(opening: str, start: str) -> Kind:
    if _AGREED.search(start):
        return Kind.MEETING_REQUEST
    if _FOLLOWS_UP.search(opening):
        return Kind.FOLLOW_UP
    if _INTRODUCED.search(opening):
        return Kind.REFERRAL_INTRO
    return Kind.FIRST_NOTE


def _asks_for_talk(sentence: Sentence) -> bool:
    if shape.asks_by_length(sentence):
        return True
    return sentence.is_question and _CONVERSATION.search(sentence.text) is not None


def _asks_for_day(sentence: Sentence) -> bool:
    """ "Monday or Wednesday?", "sounds good, whenever really!" """
    if len(sentence.text) > _SHORT or not (sentence.is_question or "whenever" in sentence.words):
        return False
    return _PROPOSES_A_DAY.search(sentence.text) is not None


def _texts(draft: Draft) -> Iterator[str]:
    return (one.text for one in draft.body)


def _without_greeting(draft: Draft) -> str:
    texts = [one.text for one in draft.body if not one.text.endswith(",")]
    return texts[0] if texts else ""
