"""Bring the whole of docker-compose.yml up with podman, and restart it under load.

python3 .ci/compose/trial.py FOLDER    (after .ci/compose/run has built the images)

Shows: every health check, the first sign-in through the HTTPS proxy, a mail that goes web → broker
→ worker → mail server, and both web servers and the worker restarted one after the other while
people write. Whatever was accepted has to be there at the end, and every mail exactly once.
"""

import http.client
import json
import os
import re
import ssl
import subprocess
import sys
import threading
import time
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PORT = int(os.environ.get("TRIAL_PORT", "18443"))
ADMIN, PASSWORD = "ann@campus.example", "a-long-enough-password-of-ann"
MAILS = 200
ENV = f"""
SITE_URL=https://localhost
ALLOWED_HOSTS=localhost
DEFAULT_FROM_EMAIL=Career Center <careerhub@campus.example>
METRICS_TOKEN=a-token-of-the-trial
WEB_ADDRESS=127.0.0.1:18000
PROXY_SITE=localhost
PROXY_HTTP=127.0.0.1:18080
PROXY_HTTPS=127.0.0.1:{PORT}
PYTHON_IMAGE=localhost/careerhub-base
CAREERHUB_IMAGE=localhost/careerhub
POSTGRES_IMAGE=localhost/careerhub-services
REDIS_IMAGE=localhost/careerhub-services
CADDY_IMAGE=localhost/careerhub-services
"""


class Installation:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.compose_command = os.environ.get("COMPOSE", "podman-compose").split()

    def prepare(self) -> None:
        (self.folder / "bin").mkdir(parents=True, exist_ok=True)
        (self.folder / "secrets").mkdir(exist_ok=True)
        (self.folder / "backups").mkdir(exist_ok=True)
        (self.folder / "backups").chmod(0o777)
        for name in ("docker-compose.yml", "bin/Caddyfile"):
            (self.folder / name).write_text((ROOT / name).read_text())
        (self.folder / "trial.yml").write_text((HERE / "trial.yml").read_text())
        (self.folder / ".env").write_text(ENV)
        secrets = {
            "secret_key": "a-key-of-the-trial-" + "x" * 50,
            "database_password": "apasswordofthetrial",
            "email_url": "smtp://mail:25",
        }
        for name, value in secrets.items():
            (self.folder / "secrets" / name).write_text(value)

    def compose(self, *words: str) -> str:
        files = ["-p", "trial", "-f", "docker-compose.yml", "-f", "trial.yml", "--profile", "proxy"]
        return run(*self.compose_command, *files, *words, cwd=self.folder)

    def up(self, *services: str) -> None:
        self.compose("up", "-d", "--no-deps", "--no-build", *services)

    def healthy(self, service: str, patience: float = 120) -> float:
        """Wait until the health check of the compose file says yes; return the seconds."""
        began = time.monotonic()
        while True:
            check = ["podman", "healthcheck", "run", name_of(service)]
            if subprocess.run(check, capture_output=True, check=False).returncode == 0:
                return round(time.monotonic() - began, 1)
            if time.monotonic() - began > patience:
                said = run("podman", "logs", "--tail", "20", name_of(service))
                raise RuntimeError(f"{service} does not become healthy:\n{said}")
            time.sleep(0.5)

    def manage(self, service: str, *words: str, **environment: str) -> str:
        given = [f"--env={name}={value}" for name, value in environment.items()]
        command = ["podman", "exec", *given, name_of(service), "python", "manage.py", *words]
        return run(*command)


class Browser:
    """One person: keeps cookies, sends forms as a browser does."""

    def __init__(self) -> None:
        self.cookies = SimpleCookie()

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        headers = {"Host": "localhost", "Referer": f"https://localhost{path}"}
        headers["Cookie"] = "; ".join(f"{n}={m.value}" for n, m in self.cookies.items())
        body = None
        if form is not None:
            token = self.cookies["csrftoken"].value
            body = urlencode({**form, "csrfmiddlewaretoken": token})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        link = http.client.HTTPSConnection("localhost", PORT, timeout=60, context=context)
        try:
            link.request(method, path, body, headers)
            answer = link.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                self.cookies.load(cookie)
            return answer.status, answer.read().decode(errors="replace")
        finally:
            link.close()

    def sign_in(self) -> int:
        self.ask("GET", "/accounts/login/")
        status, _ = self.ask("POST", "/accounts/login/", {"login": ADMIN, "password": PASSWORD})
        return status


class Load:
    """People who each send one form after the other until told to stop."""

    def __init__(self, people: int) -> None:
        self.accepted: list[str] = []
        self.other: list[str] = []
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(n,)) for n in range(people)]

    def work(self, number: int) -> None:
        browser = Browser()
        browser.sign_in()
        browser.ask("GET", "/health/mail/")
        count = 0
        while not self.stop.is_set():
            address = f"p{number}.{count}@load.example"
            try:
                status, _ = browser.ask("POST", "/health/mail/", {"address": address})
            except OSError as error:
                self.other.append(f"{type(error).__name__}")
            else:
                (self.accepted if status == 302 else self.other).append(
                    address if status == 302 else str(status)
                )
            count += 1


def main(folder: Path) -> int:
    installation = Installation(folder)
    installation.prepare()
    said: dict[str, object] = {}
    installation.up("postgres", "redis", "mail")
    said["healthy_after"] = healthy = {}
    for service in ("postgres", "redis"):
        healthy[service] = installation.healthy(service)
    installation.up("migrate")
    assert run("podman", "wait", name_of("migrate")).strip() == "0", "migrate failed"
    installation.up("web", "web-b", "worker", "beat", "proxy")
    for service in ("web", "web-b", "worker"):
        healthy[service] = installation.healthy(service)
    said["first_sign_in"] = first_sign_in(installation)
    said["mail"] = mail_through_everything(installation)
    said["image"] = look_into_the_image()
    said["rolling_restart"] = rolling_restart(installation)
    said["backup"] = back_up(installation)
    print(json.dumps(said, indent=1))
    return 0


def first_sign_in(installation: Installation) -> dict[str, object]:
    installation.manage(
        "web",
        "createsuperuser",
        "--no-input",
        DJANGO_SUPERUSER_EMAIL=ADMIN,
        DJANGO_SUPERUSER_PASSWORD=PASSWORD,
        DJANGO_SUPERUSER_FULL_NAME="Ann Admin",
    )
    browser = Browser()
    status = browser.sign_in()
    page, _ = browser.ask("GET", "/health/")
    assert (status, page) == (302, 200), (status, page)
    metrics, _ = browser.ask("GET", "/metrics")
    assert metrics == 404, "metrics are not for the world"
    return {"sign_in": status, "status_page": page}


def mail_through_everything(installation: Installation) -> dict[str, object]:
    browser, began = Browser(), time.monotonic()
    browser.ask("GET", "/accounts/password/reset/")
    status, _ = browser.ask("POST", "/accounts/password/reset/", {"email": ADMIN})
    assert status == 302, status
    while not any(line.startswith(ADMIN) for line in ledger()):
        assert time.monotonic() - began < 60, installation.manage("web", "doctor")
        time.sleep(0.2)
    return {"web_to_sink_seconds": round(time.monotonic() - began, 2)}


def look_into_the_image() -> dict[str, object]:
    def inside(command: str) -> str:
        return run("podman", "exec", name_of("web"), "sh", "-c", command + " || true").strip()

    compilers = inside("command -v gcc cc g++ clang make")
    root = inside("touch /srv/careerhub/x 2>&1; touch /etc/x 2>&1")
    assert not compilers, compilers
    assert root.count("Read-only file system") == 2, root
    user = inside("id -u")
    assert user == "10001"
    return {"user": user, "compilers": compilers, "root": "read-only"}


def rolling_restart(installation: Installation) -> dict[str, object]:
    queue = (
        "from datetime import timedelta as d; from django.utils import timezone as t\n"
        "from apps.mail.models import OutgoingEmail as E\n"
        f"n = t.now()\nE.objects.bulk_create(E(kind='sign_in', to_address=f'm{{i}}@load.example',"
        "subject='s', text_body='t', html_body='<p>t</p>', occurrence_key=f'load:{i}',"
        "message_id=f'<load.{i}@localhost>', due_at=n, next_try_at=n,"
        f" expires_at=n + d(days=1)) for i in range({MAILS}))"
    )
    load = Load(people=3)
    for thread in load.threads:
        thread.start()
    time.sleep(3)
    installation.manage("web", "shell", "-c", queue)
    for service, patience in (("web", "40"), ("web-b", "40"), ("worker", "340"), ("web", "40")):
        run("podman", "restart", "--time", patience, name_of(service))
        installation.healthy(service)
    time.sleep(3)
    load.stop.set()
    for thread in load.threads:
        thread.join()
    until = time.monotonic() + 120
    while len(mails()) < MAILS and time.monotonic() < until:
        time.sleep(0.5)
    count = "from apps.mail.models import Suppression as S; print('rows', S.objects.count())"
    (rows,) = re.findall(r"rows (\d+)", installation.manage("web", "shell", "-c", count))
    found = {
        "accepted": len(load.accepted),
        "rows": int(rows),
        "turned_away": len(load.other),
        "mails": MAILS,
        "arrived": len(mails()),
        "different_mails": len(set(mails())),
    }
    assert found["accepted"] == found["rows"], found
    assert found["arrived"] == found["different_mails"] == MAILS, found
    return found


def back_up(installation: Installation) -> str:
    return installation.compose("run", "--rm", "--no-deps", "backup").strip().splitlines()[-1]


def ledger() -> list[str]:
    return run("podman", "exec", name_of("mail"), "sh", "-c", "cat /data/ledger || true").split(
        "\n"
    )


def mails() -> list[str]:
    return [line for line in ledger() if "@load.example" in line]


def name_of(service: str) -> str:
    return f"trial_{service}_1"


def run(*command: str, cwd: Path | None = None) -> str:
    ended = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise RuntimeError(
            f"{' '.join(command)[:300]}\n{ended.stdout[-1500:]}{ended.stderr[-3000:]}"
        )
    return ended.stdout


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).absolute()))
