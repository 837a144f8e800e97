"""A draft as the rules read it: sentences, the words in each, and where its body ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from apps.outreach.tone.own_part import own_parts
from apps.outreach.tone.plain import Plain, plain_words
from apps.outreach.tone.quotation import without_quotations

_SENTENCE_END = re.compile(
    r"(?:[?!][.?!]*|\.+[?!]*(?<!\bdr\.)(?<!\bmr\.)(?<!\bmrs\.)(?<!\bms\.)(?<!\bprof\.)(?<!\bst\.)"
    r"(?<!\b[a-z]\.[a-z]\.)(?<! [b-z]\.))[\"')\]]*(?=\s|$)|\n"
)
_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")
_LONGEST_SENTENCE = 800
_WRITTEN_WORD = re.compile(r"\w+(?:['’‘.@–-]\w+)*")
_SIGN_OFF = re.compile(
    r"\n\s*(?:(?:with |my |very |many |all (?:the |my )?|kind |kindest |warm |warmest |best )*"
    r"(?:regards|best|wishes|thanks|thank you|gratitude|cheers|sincerely|yours|warmly|cordially"
    r"|respectfully|take care|talk soon|see you(?: soon)?|greetings|appreciation|love)"
    r"(?: (?:again|so much|very much|a lot|in advance|truly|sincerely|faithfully|soon"
    r"|and (?:kind |best |warm )?(?:regards|wishes|thanks|greetings)|for your (?:time|help)"
    r"|from \w+))*)\s*[,.!–-]*\s*\n(?!\s*$)"
)
_POSTSCRIPT = re.compile(r"\n\s*p\.? ?p?\.?s\.?(?=[ :–-])")
# A name, a degree, an address, a telephone number: short lines without a sentence.
_NAME_LINE = re.compile(r"\s*[-–~]*\s*[^\s.?!,:]+(?: [^\s.?!:]+){0,3}\s*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence at `plain.text[start:end]`, and the words in it."""

    start: int
    end: int
    text: str
    words: frozenset[str]

    @property
    def is_question(self) -> bool:
        return self.text.rstrip("\"')] ").endswith("?") or "?" in self.text[-3:]


class Draft:
    """A text with its quoted mail left out. Places are in `plain` unless a name says original."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.parts = own_parts(original)
        self.plain: Plain = plain_words(original, self.parts)
        self.text = without_quotations(self.plain.text)
        self.sentences = _sentences(self.text)
        self.words = frozenset[str]().union(*(one.words for one in self.sentences))

    @cached_property
    def body_end(self) -> int:
        """Where the last word before sign-off, name and postscript ends."""
        text = self.text
        end = len(text)
        for pattern in (_POSTSCRIPT, _SIGN_OFF):
            matches = [one for one in pattern.finditer(text, 0, end) if one.start() > 0]
            if matches:
                end = matches[-1].start()
        body = text[:end].rstrip()
        last_line = body.rfind("\n")
        if end == len(text) and last_line > 0 and _NAME_LINE.match(body, last_line + 1):
            body = body[:last_line].rstrip()
        return len(body)

    @cached_property
    def body(self) -> list[Sentence]:
        """The sentences before the sign-off that hold a word."""
        return [one for one in self.sentences if one.start < self.body_end]

    @cached_property
    def word_count(self) -> int:
        """Words as their writer counts them: "I'd" is one. Sign-off and name count too."""
        return sum(len(_WRITTEN_WORD.findall(self.original, *part)) for part in self.parts)


def _sentences(text: str) -> list[Sentence]:
    sentences = []
    start = 0
    for end in _stops(text):
        words = _WORD.findall(text, start, end)
        if words:
            body = text[start:end]
            first = start + len(body) - len(body.lstrip())
            body = body.strip()
            sentences.append(Sentence(first, first + len(body), body, frozenset(words)))
        start = end
    return sentences


def _stops(text: str) -> Iterator[int]:
    """Yield where sentences end. A text without full stops is cut anyway, to bound the work."""
    start = 0
    for end in [*(stop.end() for stop in _SENTENCE_END.finditer(text)), len(text)]:
        while end - start > _LONGEST_SENTENCE:
            space = text.find(" ", start + _LONGEST_SENTENCE, end)
            if space < 0:
                break
            yield space
            start = space
        yield end
        start = end
