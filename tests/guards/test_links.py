"""Guard: a link in a Markdown page leads to a file that is there, and to a heading in it."""

import re
from pathlib import Path

from tests.guards.project import pages_of_prose, short

LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
ELSEWHERE = ("http://", "https://", "mailto:")


def anchors_in(text: str) -> set[str]:
    """Return the names that headings get: lower case, words joined by hyphens."""
    headings = HEADING.findall(FENCE.sub("", text))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(page: Path) -> list[str]:
    broken = []
    for link in LINK.findall(FENCE.sub("", page.read_text())):
        if link.startswith(ELSEWHERE):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        if not target.exists():
            broken.append(f"{link}: nothing there")
        elif anchor and target.suffix == ".md" and anchor not in anchors_in(target.read_text()):
            broken.append(f"{link}: no such heading")
    return broken


def test_every_link_leads_somewhere() -> None:
    pages = list(pages_of_prose())
    assert pages
    assert not {short(page): broken for page in pages if (broken := broken_links(page))}


def test_reports_a_link_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# Who may see what?\n```\n# no heading\n```\n")
    page = tmp_path / "page.md"
    page.write_text(
        "[a](there.md) [b](there.md#who-may-see-what) [c](gone.md) ![d](there.md#no-heading)"
        " [e](https://example.org/gone) [f](#here)\n## Here\n"
    )
    assert broken_links(page) == ["gone.md: nothing there", "there.md#no-heading: no such heading"]
