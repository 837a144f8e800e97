"""Commands that own their services: whatever ends them, nothing stays behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from careerhub.embedded import programs
from careerhub.embedded.processes import finish, is_running, spawn
from careerhub.embedded.programs import Program, end_programs
from careerhub.embedded.state import read_running
from tests.embedded.conftest import begin, embedded, processes_in, wait_until

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]


def test_runs_a_command_with_the_services_and_gives_its_exit_code_back(var: Path) -> None:
    look = (
        "from careerhub.embedded.state import service_urls; import psycopg, sys; "
        "psycopg.connect(service_urls().database_url).close(); print('connected'); sys.exit(7)"
    )
    outcome = embedded("run", "--", sys.executable, "-c", look)

    assert outcome.returncode == 7, outcome.stdout
    assert "connected" in outcome.stdout
    assert processes_in(var) == []


@pytest.mark.parametrize("chosen", ["", "tests.settings"])
def test_leaves_the_choice_of_settings_to_the_command(
    var: Path, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    if chosen:
        monkeypatch.setenv("DJANGO_SETTINGS_MODULE", chosen)
    show = "import os; print('settings are', os.environ.get('DJANGO_SETTINGS_MODULE', ''))"
    outcome = embedded("run", "--test", "--", sys.executable, "-c", show)
    assert f"settings are {chosen}\n" in outcome.stdout


def test_leaves_running_what_it_did_not_start(var: Path) -> None:
    embedded("start")
    running = read_running(var)

    assert embedded("run", "--", sys.executable, "-c", "").returncode == 0
    assert read_running(var) == running


def test_gives_every_test_run_services_of_its_own_and_removes_them(var: Path) -> None:
    abandoned = var / "test" / "run-dead"
    abandoned.mkdir(parents=True)
    show = "import os; print('var is', os.environ['CAREERHUB_VAR'])"
    runs = [begin("run", "--test", "--", sys.executable, "-c", show) for _ in range(2)]
    outputs = [run.communicate(timeout=120)[0] for run in runs]

    assert [run.returncode for run in runs] == [0, 0], outputs
    places = {line for output in outputs for line in output.splitlines() if "var is" in line}
    assert len(places) == 2
    assert all(f"var is {var}/test/run-" in place for place in places)
    assert list((var / "test").iterdir()) == []


@pytest.mark.parametrize(
    ("number", "delay"),
    [
        *((signal.SIGTERM, delay) for delay in (0.3, 0.6, 0.9, 1.2, 2.0)),
        (signal.SIGINT, 1.0),
        (signal.SIGHUP, 1.0),
    ],
)
def test_ends_everything_when_asked_to_end_at_any_moment(
    var: Path, number: signal.Signals, delay: float
) -> None:
    """Among the moments are initdb and the first start of each server."""
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("nohup, which is in force here, keeps this signal away")
    with begin("run", "--", *SLEEP) as process:
        time.sleep(delay)
        process.send_signal(number)
        if number is signal.SIGINT:  # a terminal would send it to the command too
            time.sleep(0.2)
            subprocess.run(["kill", "-TERM", str(process.pid)], check=True)
        process.communicate(timeout=60)

    assert process.returncode != 0
    assert processes_in(var) == []
    assert read_running(var) == {}


@pytest.mark.skipif(sys.platform != "linux", reason="needs the death signal of Linux")
def test_leaves_nothing_behind_when_it_is_killed(var: Path) -> None:
    with begin("run", "--", *SLEEP) as process:
        wait_until(lambda: {"postgres", "valkey", "mail"} <= set(read_running(var)))
        process.kill()
        process.communicate(timeout=60)

    wait_until(lambda: processes_in(var) == [])
    assert not (var / "postgres" / "data" / "postmaster.pid").exists(), "no clean shutdown"


def test_starts_a_program_that_stopped_again_after_a_growing_pause(
    var: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = 1000.0
    monkeypatch.setattr(programs.time, "monotonic", lambda: clock)
    program = Program("worker", [sys.executable, "-c", "raise SystemExit(3)"], var / "w.log", {})
    program.start()
    for pause in (2, 4, 8, 16, 30, 30):
        assert program.child is not None
        program.child.wait()
        program.look_after()
        assert program.child is None
        expected = f"The worker stopped (exit 3) and is started again in {pause} s."
        assert expected in capsys.readouterr().out
        clock += pause - 0.1
        program.look_after()
        assert program.child is None, "too early"
        clock += 0.1
        program.look_after()
    assert program.child is not None
    program.child.wait()

    clock += programs.STEADY + 1  # it ran well for a while, so its past counts no more
    program.look_after()
    assert "again in 2 s" in capsys.readouterr().out


def test_kills_a_program_that_does_not_want_to_end(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "PATIENCE", 0.2)
    stubborn = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True)"
    log = var / "log" / "stubborn.log"
    program = Program("web", [sys.executable, "-c", f"{stubborn}; time.sleep(600)"], log, {})
    program.start()
    wait_until(lambda: "up" in log.read_text())

    end_programs([program])
    assert program.child is not None
    assert program.child.returncode == -signal.SIGKILL


def test_tells_its_own_process_from_a_stranger_with_the_same_number(var: Path) -> None:
    child = spawn([*SLEEP, var / "mine"], log=var / "log" / "child.log", tied=True)
    try:
        wait_until(lambda: is_running(child.pid, var / "mine"))
        assert not is_running(child.pid, var / "min")
        assert not is_running(os.getpid(), var / "mine")
    finally:
        child.kill()
        wait_until(lambda: not is_running(child.pid, var / "mine"))  # a zombie counts as gone
        finish(child)


def test_starts_a_log_anew_when_it_grew_too_long(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careerhub.embedded.processes.LOG_LIMIT", 10)
    log = var / "log" / "child.log"
    for text in ("the first run", "the second run"):
        finish(spawn([sys.executable, "-c", f"print({text!r})"], log=log, tied=True))

    assert log.read_text() == "the second run\n"
    assert log.with_suffix(".old.log").read_text() == "the first run\n"
