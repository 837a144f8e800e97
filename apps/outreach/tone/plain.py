"""A draft in plain words, each of which still knows its place in the original.

Lower case, no accents, straight quotes, contractions spelled out ("I'd" is "i would"), one space
between words, so that a wording is written once. "\\n" stands where a line really ends.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# Zero-width and variation characters belong to the word they stand in, as accents do.
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufe0e\ufe0f\ufeff"
_CLINGING = re.compile(rf"[\u0300-\u036f{_INVISIBLE}]")
_DROPPED = re.compile(rf"[{_INVISIBLE}]")
_WORD = re.compile(r"\w+(?:'\w+)*(?:-mail)?")
_LINE_END = re.compile(r"\r\n|\r|\n|\u2028|\u2029")
# A line this short was ended by its writer, not wrapped by a mail program.
_SHORT_LINE = 45

_PUNCTUATION = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "‚": "'", "‹": "'", "›": "'"}
    | {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "—": "–", "―": "–", "‑": "-", "‐": "-"}
    | {"…": "...", "？": "?", "！": "!", "，": ",", "：": ":"}
)
_SPELLED_OUT = {
    "can't": "can not",
    "cant": "can not",
    "cannot": "can not",
    "won't": "will not",
    "wont": "will not",
    "shan't": "shall not",
    "ain't": "am not",
    "dont": "do not",
    "doesnt": "does not",
    "didnt": "did not",
    "isnt": "is not",
    "arent": "are not",
    "wasnt": "was not",
    "havent": "have not",
    "wouldnt": "would not",
    "couldnt": "could not",
    "shouldnt": "should not",
    "im": "i am",
    "ive": "i have",
    "it's": "it is",
    "that's": "that is",
    "thats": "that is",
    "what's": "what is",
    "whats": "what is",
    "there's": "there is",
    "here's": "here is",
    "he's": "he is",
    "she's": "she is",
    "let's": "let us",
    "wanna": "want to",
    "gonna": "going to",
    "gotta": "got to",
    "lemme": "let me",
    "gimme": "give me",
    "u": "you",
    "ur": "your",
    "pls": "please",
    "plz": "please",
    "thx": "thanks",
    "coz": "because",
    "cuz": "because",
    "cv": "resume",
    "cvs": "resumes",
    "mins": "minutes",
    "e-mail": "email",
    "honour": "honor",
    "honoured": "honored",
    "favour": "favor",
}
_ENDINGS = {"n't": " not", "'m": " am", "'ll": " will", "'ve": " have", "'d": " would"}
_ENDINGS |= {"'re": " are"}


_BARE = "|".join(word for word in _SPELLED_OUT if "'" not in word)
# What is written otherwise in plain words: all the rest is only put into lower case.
_DIFFERENT = re.compile(
    r"[^\x00-\x7f]+| *[\t-\r\x1c-\x1f]\s*"
    rf"|(?<![a-z])(?:\w+['’‘ʼ`´]\w+|  +|`|\b(?:{_BARE})\b)"
)


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` in plain words, made of pieces that begin in `text` and in the original at …"""

    text: str
    _original_text: str
    _begins: list[int]
    _pieces: list[tuple[int, int, bool]]
    """Half-open place in the original, and whether each character keeps its own."""

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open place in the original of `text[start:end]`."""
        if start == end:
            at = self._original(start - 1)[1] if start else self._original(0)[0]
            return at, at
        last = self._original(end - 1)[1]
        while _CLINGING.match(self._original_text, last):
            last += 1
        return self._original(start)[0], last

    def _original(self, at: int) -> tuple[int, int]:
        if not self._begins:
            return 0, 0
        number = bisect_right(self._begins, at) - 1
        first, last, is_kept = self._pieces[number]
        if is_kept:
            first += at - self._begins[number]
            return first, first + 1
        return first, last


def plain_words(original: str, parts: Iterable[tuple[int, int]]) -> Plain:
    """Spell out the given half-open parts of the original, with a line end between them."""
    builder = _Builder(original)
    lower = builder.lower
    for first, last in parts:
        at = line_start = first
        for found in _DIFFERENT.finditer(lower, first, last):
            start, end = found.span()
            builder.keep(at, start)
            if found[0].isspace():
                builder.replace(start, end, _space(found[0], start - line_start))
                if _LINE_END.search(found[0]):
                    line_start = end
            else:
                builder.replace(start, end, _words(found[0]))
            at = end
        builder.keep(at, last)
        builder.replace(last, last, "\n")
    return builder.plain()


class _Builder:
    def __init__(self, original: str) -> None:
        self._original = original
        self.lower = original.lower()
        if len(self.lower) != len(original):  # a letter whose small form is longer
            self.lower = "".join(char.lower()[0] for char in original)
        self._text: list[str] = []
        self._length = 0
        self._begins: list[int] = []
        self._pieces: list[tuple[int, int, bool]] = []

    def keep(self, start: int, end: int) -> None:
        self._add(start, end, self.lower[start:end], is_kept=True)

    def replace(self, start: int, end: int, plain: str) -> None:
        self._add(start, end, plain, is_kept=len(plain) == end - start)

    def _add(self, start: int, end: int, plain: str, *, is_kept: bool) -> None:
        if plain:
            self._begins.append(self._length)
            self._pieces.append((start, end, is_kept))
            self._text.append(plain)
            self._length += len(plain)

    def plain(self) -> Plain:
        return Plain("".join(self._text), self._original, self._begins, self._pieces)


def _space(space: str, line_length: int) -> str:
    line_ends = len(_LINE_END.findall(space))
    return "\n" if line_ends > 1 or (line_ends and line_length < _SHORT_LINE) else " "


def _words(words: str) -> str:
    """Spell out one word, or the few that punctuation outside ASCII ties together."""
    if not words.isascii():
        words = _DROPPED.sub("", words).translate(_PUNCTUATION)
        words = unicodedata.normalize("NFKD", words)
        words = "".join(char for char in words if not unicodedata.combining(char))
    return _WORD.sub(lambda word: _spelled_out(word[0]), words.replace("`", "'"))


@lru_cache(maxsize=4096)
def _spelled_out(word: str) -> str:
    if word in _SPELLED_OUT:
        return _SPELLED_OUT[word]
    for ending, spelled in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return word[: -len(ending)] + spelled
    return word
