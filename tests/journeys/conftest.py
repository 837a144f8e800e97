"""A real Chromium on the real server, for what only a browser can tell."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, sync_playwright

from tests.outreach.starters import begin_with_templates
from tests.processes import ROOT

CHROMIUM = (
    os.environ.get("CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
)
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOTS = ROOT / "var" / "screenshots"


@pytest.fixture(autouse=True)
def _starters(transactional_db: None) -> None:
    """Put back the first templates: a journey before this one has emptied every table."""
    begin_with_templates()


@pytest.fixture(scope="session")
def _sync_playwright_beside_the_orm() -> Iterator[None]:
    """Playwright's event loop runs in this thread, which Django takes for an async one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="session")
def chromium(_sync_playwright_beside_the_orm: None) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium found: apt-get install chromium, or CHROMIUM=/path/to/it")
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[[int], Page]]:
    """Return a function that opens a fresh visit, without cookies, in a window so wide.

    A message on the browser's console (a blocked script, a missing file) fails the test; that a
    page was refused with 403 stands there too, and is what some tests are after.
    """
    contexts, complaints = [], []

    def note(line: ConsoleMessage) -> None:
        if line.type in ("error", "warning") and "403 (Forbidden)" not in line.text:
            complaints.append(f"{line.page.url if line.page else ''}: {line.text} {line.location}")

    def open_in(width: int) -> Page:
        context = chromium.new_context(viewport=ViewportSize(width=width, height=900))
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_in
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def look(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Return a function that checks a page for accessibility and width, and takes its picture."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def look_at(page: Page, name: str) -> None:
        width = page.viewport_size["width"] if page.viewport_size else 0
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            path: Path = SCREENSHOTS / f"{name}-{width}-{scheme}.png"
            page.screenshot(path=path, full_page=True)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{name}, {scheme}: {found.generate_report()}"
        page.emulate_media(color_scheme="light")
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, f"{name} is {overflow} px wider than the window of {width}"

    return look_at
