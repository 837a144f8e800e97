"""Real worker processes for the tests in which delivery is the point."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def test_database_url() -> str:
    """Return the address of the database that this test process works on."""
    db = connection.settings_dict
    login = f"{quote(db['USER'])}:{quote(db['PASSWORD'])}"
    return f"postgres://{login}@{db['HOST']}:{db['PORT']}/{db['NAME']}"


def own_broker_url() -> str:
    """Return a broker database that no other test process uses."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
    return urlsplit(settings.REDIS_URL)._replace(path=f"/{number}").geturl()


@contextmanager
def celery_worker(
    tmp_path: Path, *options: str, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker on the test database; options like "--beat" go to Celery.

    Its log is `worker.log` in `tmp_path`. It is stopped with all its children at the end.
    """
    command = [sys.executable, "-m", "celery", "-A", "careerhub", "worker", "--pool=threads"]
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "careerhub.settings",
        "DJANGO_DEBUG": "1",
        "DATABASE_URL": test_database_url(),
        "REDIS_URL": own_broker_url(),
        "PYTHONWARNINGS": "ignore",
        **environment,
    }
    with (tmp_path / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--concurrency=2", "--loglevel=INFO", *options],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
