"""What an installation is given to fill in and to run matches what the program reads."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
IN_SETTINGS = re.compile(r'env\.\w+\(\s*"([A-Z_]+)"')
IN_EMBEDDED = re.compile(r'environ\.get\("([A-Z_]+)"')
IN_COMPOSE = re.compile(r"\$\{([A-Z_]+)")
EXPLAINED = re.compile(r"^#?([A-Z_]+)=", re.MULTILINE)


def test_explains_every_setting_and_no_other() -> None:
    read = set(IN_SETTINGS.findall((ROOT / "careerhub" / "settings.py").read_text()))
    read |= set(IN_COMPOSE.findall((ROOT / "docker-compose.yml").read_text()))
    for module in (ROOT / "careerhub" / "embedded").glob("*.py"):
        read |= set(IN_EMBEDDED.findall(module.read_text()))

    assert set(EXPLAINED.findall((ROOT / ".env.example").read_text())) == read


@pytest.fixture
def services() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def test_publishes_the_web_server_alone_and_to_this_machine(services: dict) -> None:
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert published == {"web": ["${WEB_ADDRESS:-127.0.0.1:8000}:8000"]}


def test_migrates_before_anything_uses_the_database(services: dict) -> None:
    for name in ("web", "worker", "beat"):
        condition = services[name]["depends_on"]["migrate"]["condition"]
        assert condition == "service_completed_successfully", name


def test_gives_a_worker_longer_to_end_than_a_task_may_take(
    services: dict, settings: object
) -> None:
    patience = int(services["worker"]["stop_grace_period"].removesuffix("s"))
    assert patience > settings.CELERY_TASK_TIME_LIMIT  # type: ignore[attr-defined]


def locked(name: str) -> dict[str, str]:
    """Package and version, as that lock file has them."""
    lines = (ROOT / "requirements" / name).read_text()
    return dict(re.findall(r"^([^\s=]+)==([^\s;]+)", lines, re.MULTILINE))


def test_tries_out_tests_and_installs_the_same_versions() -> None:
    runtime, demo, dev = (locked(f"{name}.txt").items() for name in ("runtime", "demo", "dev"))
    assert runtime < demo < dev


def test_locks_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    asked = [*project["project"]["dependencies"], *groups["embedded"], *groups["test"]]
    versions = locked("dev.txt")
    for requirement in map(Requirement, [*asked, *groups["lint"]]):
        version = versions.get(canonicalize_name(requirement.name))
        assert version in requirement.specifier, f"{requirement}: the lock file has {version}"
