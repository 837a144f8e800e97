"""Guard: every template is used by something, and none names a variable that is not there."""

import ast
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps
from django.template import Context, engines

from tests.guards.project import TEMPLATES, python_files, template_files

BY_THEIR_NAME = {
    "400.html": "Django renders it for a bad request.",
    "403.html": "Django renders it where somebody may not go.",
    "403_csrf.html": "Django renders it for a form from elsewhere.",
    "404.html": "Django renders it where nothing is.",
    "429.html": "allauth renders it after too many tries.",
    "500.html": "Django renders it when something broke.",
    "account/password_reset_help_text.html": "allauth puts it below the password field.",
}
MAIL_PARTS = ("_subject.txt", "_body.txt", "_body.html")
REFERENCE = re.compile(r"""{%-?\s*(?:extends|include)\s+["']([^"']+)["']""")


def named_in_python(source: str) -> Iterator[str]:
    """Yield every template that a string in the source names, the three of a mail included."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
            yield from (node.value + part for part in MAIL_PARTS)
            yield from named_in_template(node.value)  # a form's layout may hold a line of template


def named_in_template(source: str) -> Iterator[str]:
    yield from REFERENCE.findall(source)


def replaced(name: str) -> bool:
    """Return whether a package of others brings a template of this name, which ours replaces.

    For a mail of allauth's it brings the text alone; the HTML part stands beside it here.
    """
    name = name.replace("_message.html", "_message.txt")
    places = [Path(app.path) / "templates" for app in apps.get_app_configs()]
    form_templates = Path(find_spec("django").origin).parent / "forms" / "templates"  # type: ignore[union-attr,arg-type]
    return any((place / name).is_file() for place in (*places, form_templates))


def unused(names: list[str], python: list[str], templates: list[str]) -> list[str]:
    used = {name for source in python for name in named_in_python(source)}
    used |= {name for source in templates for name in named_in_template(source)}
    return [n for n in names if n not in used and n not in BY_THEIR_NAME and not replaced(n)]


def test_uses_every_template() -> None:
    names = [str(file.relative_to(TEMPLATES)) for file in template_files()]
    python = [file.read_text() for file in python_files("apps", "careerhub")]
    assert not unused(names, python, [file.read_text() for file in template_files()])
    assert set(BY_THEIR_NAME) <= set(names)


def test_reports_a_template_that_nothing_uses() -> None:
    names = ["a/page.html", "a/_part.html", "a/emails/hello_body.txt", "account/login.html"]
    python = ['render(request, "a/page.html")', 'queue(template="a/emails/hello")']
    assert unused(names, python, ['{% include "a/_part.html" %}']) == []
    assert unused(names, [], []) == names[:3]


def test_an_undefined_variable_stops_the_test() -> None:
    template = engines["django"].from_string("Dear {{ recipient.nickname }}")
    with pytest.raises(pytest.fail.Exception, match=r"recipient\.nickname"):
        template.template.render(Context({"recipient": "Ana"}))
