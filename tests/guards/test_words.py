"""Guard: no page, mail or message says what the glossary does without."""

import ast
import re
from collections.abc import Iterable, Iterator

import pytest

from tests.guards.project import ROOT, python_files, short, template_files

GLOSSARY = ROOT / "docs" / "glossary.md"
SECTION = "## Words we do without"
MARKUP = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", re.DOTALL)

ONLY_LIKE_THIS = {
    "lead": r"\b(?:a|the|your|each|every|new) leads?\b",  # a page may lead somewhere
    # the name of the method, and what somebody says in one who looks for work
    "interview": r"(?<!informational )\binterviews?\b(?! answers)",
}
ALSO_PLAIN_ENGLISH = {"because of"}  # wrong about figures only, where a person has to look


def words_we_do_without(glossary: str) -> list[str]:
    _, _, section = glossary.partition(SECTION)
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("|")]
    return [word.strip() for row in rows[2:] for word in row.split(",")]


def pattern_for(words: Iterable[str]) -> re.Pattern[str]:
    watched = [word for word in words if word not in ALSO_PLAIN_ENGLISH]
    patterns = [ONLY_LIKE_THIS.get(word, rf"\b{re.escape(word)}s?\b") for word in watched]
    return re.compile("|".join(patterns), re.IGNORECASE)


def sentences_in_template(source: str) -> str:
    return " ".join(MARKUP.sub(" ", source).split())


def sentences_in_python(source: str) -> Iterator[str]:
    """Yield the strings of more than one word, without docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    tree = ast.parse(source)
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(str(text)) if node not in docstrings and " " in text.strip():
                yield text


@pytest.fixture(scope="module")
def banned() -> re.Pattern[str]:
    words = words_we_do_without(GLOSSARY.read_text())
    assert set(words) >= ONLY_LIKE_THIS.keys() | ALSO_PLAIN_ENGLISH
    return pattern_for(words)


def test_templates_keep_to_our_words(banned: re.Pattern[str]) -> None:
    found = {f: banned.findall(sentences_in_template(f.read_text())) for f in template_files()}
    assert not {short(file): words for file, words in found.items() if words}


def test_messages_keep_to_our_words(banned: re.Pattern[str]) -> None:
    found = {
        short(file): [text for text in sentences_in_python(file.read_text()) if banned.search(text)]
        for file in python_files("apps")
        if file.parent.name != "migrations"
        and "tone" not in file.parts  # the coach has to know the words that it warns of
    }
    assert not {file: sentences for file, sentences in found.items() if sentences}


def test_reports_a_word_and_lets_its_neighbours_pass(banned: re.Pattern[str]) -> None:
    said = "Your leads, a pipeline, Applications, the interview, this customer, the success rate"
    assert banned.findall(said) == [
        "Your leads", "pipeline", "Applications", "interview", "customer", "success rate",
    ]  # fmt: skip
    assert not banned.search("This leads to an informational interview; underscore what they said")


def test_looks_at_what_people_read_only() -> None:
    template = '{# fail #}{% url "fail" %}<a title="fail">No {{ fail }} word</a>'
    assert sentences_in_template(template) == "No word"
    python = '"""We fail here."""\nkey = "fail"\nsay(f"You fail, {name}")'
    assert list(sentences_in_python(python)) == ["You fail, "]
