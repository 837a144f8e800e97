"""Words of somebody else inside a draft: they are not the writer's and are not judged."""

import re

_LONGEST = 400
_QUOTED = re.compile(
    rf'"([^"\n]{{2,{_LONGEST}}})"'
    rf"|(?<![\w'])'((?:[^'\n]|'(?=\w)){{2,{_LONGEST}}})'(?!\w)"
)
_REPORTING = (
    r"(?:say|says|said|saying|tell|tells|told|telling|write|writes|wrote|written|writing|warn"
    r"|warns|warned|advise|advises|advised|call|calls|called|joke|jokes|joked|shout|shouts"
    r"|shouted|ask|asks|asked|titled|entitled|named|headline|heading|slogan|title|book|article"
    r"|post|talk|essay|episode|film|movie|song|show|series|play|exhibition|course|game|novel|blog"
    r"|class|lecture|magazine|column|podcast|video|chapter|line|lines|phrase|phrases|sentence"
    r"|sentences|word|words|advice|motto|rule|quote|expression|mail|mails|email|emails|message"
    r"|messages|note|notes|letters|avoid|like|poster|sign|banner|reads|read|with|hear|heard|hears"
    r"|from|recommends?|recommended|suggests?|meme|greeting|quotes?|entry|opening|reply|answer)"
)
# One quotation of a list: what stands before the first of them stands before all.
_LISTED = re.compile(r"(?:\"[^\"\n]*\",? ?(?:and |or )?)+$")
_BEFORE = re.compile(rf"\b{_REPORTING}\b[^.?!\n\"]{{0,40}}$")
_AFTER = re.compile(
    r"\s*,?\s*(?:(?:is|was|as|are|were|sounds|would be|comes)\b"
    r"|(?:said|says|wrote|writes|joked|warned|told|asked|advised)\b|(?:he|she|they|my|our|the|his"
    r"|her|people|everybody|everyone|somebody|someone|\w+) (?:\w+ )?(?:say|says|said|told|wrote"
    r"|writes|joked|warned|asked|advised|called)\b)"
)
# "I say 'hire me'" is the writer's own wish; "I would never write 'hire me'" is not.
_OWN_VOICE = re.compile(
    r"\bi (?:just |only |really |have to |want to |will |am |can |must |would )*"
    r"(?:say|said|saying|tell|told|write|wrote|writing|ask|asked|asking)\b[^.?!\n\"]{0,40}$"
)


def without_quotations(text: str) -> str:
    """Blank what somebody else is quoted as saying; every other character keeps its place."""
    if '"' not in text and "'" not in text:
        return text
    return _QUOTED.sub(lambda quote: _blank(quote, text), text)


def _blank(quote: re.Match[str], text: str) -> str:
    nearby = text[max(0, quote.start() - _LONGEST) : quote.start()]
    nearby = _LISTED.sub("", nearby)
    before = nearby[max(nearby.rfind(mark) for mark in ".?!\n") + 1 :]
    is_reported = _BEFORE.search(before) or _AFTER.match(text, quote.end())
    words = quote[0].count(" ") + 1
    if words < 2 or not is_reported or _OWN_VOICE.search(before):
        return quote[0]
    return quote[0][0] + "_" * (len(quote[0]) - 2) + quote[0][-1]
