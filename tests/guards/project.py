"""The project as files and as a line of apps, for the guards to walk over."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"


def line_of_apps() -> list[str]:
    """Return the apps from left to right, as the import contract in pyproject.toml has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = settings["tool"]["importlinter"]["contracts"]
    (line,) = (contract for contract in contracts if contract.get("exhaustive"))
    return list(reversed(line["layers"]))


def python_files(*folders: str) -> list[Path]:
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def template_files() -> list[Path]:
    return sorted(file for file in TEMPLATES.rglob("*") if file.is_file())


def pages_of_prose() -> Iterator[Path]:
    """Yield every Markdown page of ours."""
    yield from sorted(ROOT.glob("*.md"))
    for folder in ("docs", "apps", "careerhub", "tests"):
        yield from sorted((ROOT / folder).rglob("*.md"))


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))
