"""What a web worker and a Celery worker weigh after many requests and tasks.

MEMORY_ROUNDS=10000 asks for as many of each as the goal names. What comes in the second half has
to add next to nothing: a leak of 1 kB a request is 5 MB there.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from socket import create_connection

import pytest
import redis
from celery import current_app
from django.core.management.utils import get_random_secret_key
from django.test import Client
from pytest_django import Settings

from careerhub.embedded import ports
from careerhub.schedule import SCHEDULE
from tests.benchmarks.histories import busy_year, fill
from tests.benchmarks.verdicts import Verdict, add
from tests.mail.processes import broker_url_for, database_url, wait_until
from tests.students.factories import EnrolmentFactory, StudentFactory

ROUNDS = int(os.environ.get("MEMORY_ROUNDS", 1_000))
ROOT = Path(__file__).resolve().parents[2]
PAGES = "/today/", "/contacts/", "/contacts/?q=a", "/network/", "/campaign/"
OFTEN = [str(tick["task"]) for tick in SCHEDULE.values() if isinstance(tick["schedule"], float)]
"""What comes at least once a minute."""

KEY = get_random_secret_key()

MOST_MEMORY = 150  # MB
MOST_GROWTH = 5  # MB in the second half

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(0)]


@pytest.fixture
def broker() -> str:
    """The address of a broker of our own, empty."""
    url = broker_url_for("master", current_app.conf.broker_url)
    with redis.Redis.from_url(url) as server:
        server.flushdb()
    return url


@contextmanager
def running(broker: str, folder: Path, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.worker_settings",
        "DATABASE_URL": database_url(),
        "REDIS_URL": broker,
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "SECRET_KEY": KEY,
    }
    with (folder / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def memory_of(process: int) -> float:
    """Return what the process, or the largest of its children, has in memory, in MB."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    sizes = []
    for one in [str(process), *children]:
        pages = Path(f"/proc/{one}/statm").read_text().split()[1]
        sizes.append(int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20)
    return max(sizes)


def judge(work: str, process: int, do: Callable[[int], None]) -> None:
    do(ROUNDS // 2)
    half = memory_of(process)
    do(ROUNDS - ROUNDS // 2)
    whole = memory_of(process)
    add(Verdict(f"{work} after {ROUNDS:,}, MB", "a MB", MOST_MEMORY, whole, 1))
    add(Verdict("growth of it in the second half, MB", "a MB", MOST_GROWTH, whole - half, 1))


def is_open(port: int) -> bool:
    try:
        with create_connection(("127.0.0.1", port)):
            return True
    except OSError:
        return False


def test_a_web_worker_stays_small(broker: str, tmp_path: Path, settings: Settings) -> None:
    settings.SECRET_KEY = KEY
    student = EnrolmentFactory.create(student=StudentFactory(with_account=True)).student
    fill(student, contacts=500, history=busy_year)
    client = Client()
    client.force_login(student.user)
    cookie = {"Cookie": f"sessionid={client.cookies[settings.SESSION_COOKIE_NAME].value}"}
    port = ports.free_port()
    words = ["gunicorn", "careerhub.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    words += ["--no-control-socket", "--worker-tmp-dir", str(tmp_path)]
    with running(broker, tmp_path, *words) as process:
        wait_until(lambda: is_open(port))

        def ask(number: int) -> None:
            for page in islice(cycle(PAGES), number):
                with closing(HTTPConnection("127.0.0.1", port)) as server:
                    server.request("GET", page, headers=cookie)
                    answer = server.getresponse()
                    assert (answer.status, bool(answer.read())) == (200, True), page

        judge("memory of a web worker, requests", process.pid, ask)


def test_a_celery_worker_stays_small(
    broker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current_app.conf, "broker_url", broker)
    # All in one process of the pool; in service two share them.
    words = ["celery", "-A", "careerhub", "worker", "--concurrency", "1", "--without-gossip"]
    with running(broker, tmp_path, *words) as process, redis.Redis.from_url(broker) as queue:

        def work(number: int) -> None:
            for task in islice(cycle(OFTEN), number):
                current_app.send_task(task)
            wait_until(lambda: not queue.llen("celery") and not queue.hlen("unacked"), 3600)
            time.sleep(0.1)

        judge("memory of a Celery worker, tasks", process.pid, work)
