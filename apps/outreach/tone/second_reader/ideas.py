"""Words and the ideas they carry: "boss" and "whoever decides" are both <power>."""

from functools import lru_cache
from pathlib import Path

_HERE = Path(__file__).parent


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Cut the ending of a plain word, crudely: what counts is that both sides are cut alike."""
    word = word.removesuffix("'s")
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and not word.endswith("ss"):
            if len(word) - len(ending) > 2:
                word = word.removesuffix(ending) + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _read(name: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return, by the first stem, every phrase and its idea."""
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for line in (_HERE / name).read_text().splitlines():
        idea, colon, said = line.partition(": ")
        if not colon or idea.startswith("#"):
            continue
        for phrase in said.split(", "):
            stems = tuple(map(stem, phrase.split()))
            phrases.setdefault(stems[0], []).append((stems, idea))
    return phrases


_PHRASES = _read("ideas.txt")


def ideas_of(stems: list[str]) -> list[tuple[int, int, str]]:
    """Return (first, last + 1, idea) for every word or phrase that carries one."""
    found = []
    for at, word in enumerate(stems):
        for phrase, idea in _PHRASES.get(word, ()):
            end = at + len(phrase)
            if len(phrase) == 1 or tuple(stems[at:end]) == phrase:
                found.append((at, end, idea))
    return found
