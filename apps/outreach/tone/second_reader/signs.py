"""What the second reader looks at in a sentence: its ideas, words, and what stands together.

A sign is a short text: "<hand>" an idea, "!<job>" a denied one, "give" a word, "give me" and
"<hand> <resume>" neighbors, "^<hand>" how a clause starts, "?" a question.
"""

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from apps.outreach.tone.second_reader.ideas import ideas_of, stem

_TOKEN = re.compile(r"[a-z0-9]+(?:['.-][a-z0-9]+)*|[,;:()–?!.]")
_ENDS_CLAUSE = frozenset(";:()–?!.") | {"but", "because", "although", "however", "while"}
_MAY_END_CLAUSE = frozenset({",", "and", "or", "so", "then", "plus", "yet"})
_SUBJECTS = frozenset(
    ["i", "you", "we", "they", "he", "she", "it", "this", "that", "my", "your", "please", "kindly"]
    + ["just", "could", "can", "would", "if", "there", "let", "do", "does", "is", "are", "have"]
    + ["what", "who", "how", "when"]
)
_DENIALS = frozenset(
    ["not", "no", "never", "without", "neither", "nor", "nobody", "none", "nothing", "hardly"]
)


def signs_of(sentence: str) -> set[str]:
    """Return the signs of one sentence in plain words."""
    signs: set[str] = set()
    for words in _clauses(sentence):
        stems = [stem(word) for word in words]
        denied_from = next((at for at, word in enumerate(words) if word in _DENIALS), len(words))
        spoken: list[list[str]] = [[word] for word in stems]
        for start, end, name in ideas_of(stems):
            idea = f"<{name}>"
            if end == start + 1:
                spoken[start].append(idea)
            if start < 2:
                signs.add("^" + idea)
            signs.add("!" + idea if start > denied_from else idea)
        signs.update(stems)
        signs.update(a + " " + b for left, right in pairwise(spoken) for a in left for b in right)
    if "?" in sentence[-3:]:
        signs.add("?")
    return signs


def _clauses(sentence: str) -> Iterator[list[str]]:
    tokens = _TOKEN.findall(sentence)
    words: list[str] = []
    for token, following in zip_longest(tokens, tokens[1:], fillvalue=""):
        is_end = token in _ENDS_CLAUSE or (token in _MAY_END_CLAUSE and following in _SUBJECTS)
        if is_end and words:
            yield words
            words = []
        if token[0].isalnum() and not (is_end and token in _MAY_END_CLAUSE):
            words.append(token)
    if words:
        yield words
