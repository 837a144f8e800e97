"""What an installation is given to fill in and to run matches what the program reads."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
IN_SETTINGS = re.compile(r'(?:env\.\w+\(|mapping\(env,)\s*"([A-Z_]+)"')
IN_EMBEDDED = re.compile(r'environ\.get\("([A-Z_]+)"')
IN_COMPOSE = re.compile(r"(?<!\$)\$\{([A-Z_]+)")
IN_DOCKERFILE = {"WEB_CONCURRENCY"}  # gunicorn reads it
EXPLAINED = re.compile(r"^#?([A-Z_]+)=", re.MULTILINE)


def test_explains_every_setting_and_no_other() -> None:
    read = set(IN_COMPOSE.findall((ROOT / "docker-compose.yml").read_text()))
    for module in [
        *(ROOT / "careerhub").glob("*.py"),
        *(ROOT / "careerhub" / "embedded").glob("*"),
    ]:
        if module.suffix == ".py":
            read |= set(IN_EMBEDDED.findall(module.read_text()))
            read |= set(IN_SETTINGS.findall(module.read_text()))
    read |= IN_DOCKERFILE

    assert set(EXPLAINED.findall((ROOT / ".env.example").read_text())) == read


def test_names_every_setting_in_the_operators_guide() -> None:
    guide = (ROOT / "docs" / "operations.md").read_text()
    settings = EXPLAINED.findall((ROOT / ".env.example").read_text())
    assert [
        name for name in settings if f"`{name}`" not in guide and f"`{name}=" not in guide
    ] == []


@pytest.fixture
def services() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def test_publishes_the_web_server_alone_and_to_this_machine(services: dict) -> None:
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert published.pop("proxy") == ["${PROXY_HTTP:-80}:80", "${PROXY_HTTPS:-443}:443"]
    assert published == {
        "web": ["${WEB_ADDRESS:-127.0.0.1:8000}:8000"],
        "demo": ["127.0.0.1:${DEMO_PORT:-8080}:8000"],
    }
    assert services["proxy"]["profiles"] == ["proxy"]
    assert services["demo"]["profiles"] == ["demo"]


OURS = ("migrate", "web", "web-b", "worker", "beat", "backup")


@pytest.mark.parametrize("name", OURS)
def test_lets_no_process_of_ours_do_more_than_it_has_to(services: dict, name: str) -> None:
    service = services[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]


@pytest.mark.parametrize("name", OURS)
def test_takes_secrets_from_files_and_none_from_the_environment(services: dict, name: str) -> None:
    environment = services[name]["environment"]
    assert services[name]["secrets"] == ["secret_key", "database_password", "email_url"]
    for secret in ("SECRET_KEY", "DATABASE_PASSWORD", "EMAIL_URL"):
        assert environment[f"{secret}_FILE"] == f"/run/secrets/{secret.lower()}"
        assert secret not in environment
    assert "@postgres" in environment["DATABASE_URL"]
    assert ":" not in environment["DATABASE_URL"].removeprefix("postgres://").partition("@")[0]


def test_restarts_as_a_user_with_a_file_system_that_may_be_read_only() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "USER careerhub" in dockerfile.rpartition("FROM ")[2]
    assert "--require-hashes" in dockerfile
    assert "--only-binary :all:" in dockerfile


def test_gives_requests_longer_than_gunicorn_does(services: dict) -> None:
    (seconds,) = re.findall(r'"--graceful-timeout", "(\d+)"', (ROOT / "Dockerfile").read_text())
    for name in ("web", "web-b"):
        assert int(services[name]["stop_grace_period"].removesuffix("s")) > int(seconds)


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
