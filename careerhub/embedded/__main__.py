"""python -m careerhub.embedded start | stop | status | demo | run [--test] -- COMMAND …"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from careerhub.embedded.console import say, step
from careerhub.embedded.demo import Demo
from careerhub.embedded.locks import locked
from careerhub.embedded.postgres_files import remove_with_data
from careerhub.embedded.processes import (
    CannotStart,
    Stopped,
    asked_to_stop,
    catch_signals,
    die_with_parent,
)
from careerhub.embedded.stack import Stack
from careerhub.embedded.state import read_running, var_directory

DEMO_PATIENCE = 90  # seconds for a demo to end when asked


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m careerhub.embedded")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("start", help="start PostgreSQL, Valkey and the mail catcher")
    commands.add_parser("stop", help="stop them, and a running demo")
    commands.add_parser("status", help="show what runs")
    commands.add_parser("demo", help="run the whole product until Ctrl-C")
    run = commands.add_parser("run", help="run a command with the services up")
    run.add_argument("--test", action="store_true", help="on empty services of its own")
    run.add_argument("words", nargs="+", metavar="COMMAND")
    options = parser.parse_args(arguments)
    catch_signals()
    try:
        match options.command:
            case "start":
                return start(var_directory())
            case "stop":
                return stop(var_directory())
            case "status":
                return status(var_directory())
            case "demo":
                Demo(var_directory()).run()
            case "run" if options.test:
                with throwaway_directory(var_directory()) as var:
                    return run_with_services(Stack(var, tied=True, throwaway=True), options.words)
            case "run":
                return run_with_services(Stack(var_directory(), tied=True), options.words)
    except Stopped:
        # Ctrl-C and `make stop` are the way to end the demo, not a failure of it.
        return 0 if options.command == "demo" else 128 + (asked_to_stop() or 0)
    except CannotStart as reason:
        say(f"\n{reason}")
        return 1
    except PermissionError as refusal:
        say(f"\n{refusal}\nDoes {var_directory()} belong to another user?")
        return 1
    return 0


def start(var: Path) -> int:
    """Start the services in the background."""
    stack = Stack(var, tied=False)
    with step("Starting PostgreSQL, Valkey and the mail catcher"):
        fresh = stack.start()
    for service in stack.services:
        how = "started" if service.title in fresh else "already running"
        say(f"  {service.title}: {how} on port {stack.running[service.name].port}")
    say(f"Caught mail: {stack.running['mail'].url}")
    say("manage.py finds them by itself; `make stop` ends them.")
    return 0


def stop(var: Path) -> int:
    """Stop a running demo, then every service."""
    if not var.exists():
        say("Nothing was running.")
        return 0
    until = time.monotonic() + DEMO_PATIENCE
    asked = False
    while True:
        with locked(var / "demo.lock", wait=False) as ended:
            if ended:
                break
        demo = read_running(var).get("demo")
        if demo and not asked:
            os.kill(demo.pid, signal.SIGTERM)
            asked = True
        if time.monotonic() > until:
            raise CannotStart(f"The demo (process {demo.pid if demo else '?'}) does not end.")
        time.sleep(0.1)
    ended_titles = [*(["The demo"] if asked else []), *Stack(var, tied=False).stop_all()]
    say(f"Stopped: {', '.join(ended_titles)}." if ended_titles else "Nothing was running.")
    return 0


def status(var: Path) -> int:
    """Say what runs; exit 1 when nothing does."""
    running = read_running(var)
    for name, service in running.items():
        say(f"{name}: port {service.port}, process {service.pid}")
    if not running:
        say("Nothing is running.")
    return 0 if running else 1


def run_with_services(stack: Stack, words: Sequence[str]) -> int:
    """Run a command while the services are up and return its exit code."""
    try:
        stack.start()
        environment = {**os.environ, "CAREERHUB_VAR": str(stack.var)}
        if environment.get("DJANGO_SETTINGS_MODULE") == "careerhub.settings":
            # Set when careerhub was imported to get here; pytest, for one, has a choice of its own.
            del environment["DJANGO_SETTINGS_MODULE"]
        # In our own session, so that the terminal's Ctrl-C reaches it as it would without us.
        child = subprocess.Popen(words, env=environment, preexec_fn=die_with_parent())
        while child.poll() is None:
            if asked_to_stop() not in (None, signal.SIGINT):
                child.terminate()
            time.sleep(0.1)
        code = child.returncode
        return code if code >= 0 else 128 - code
    finally:
        stack.stop_started()


@contextmanager
def throwaway_directory(var: Path) -> Iterator[Path]:
    """Yield a var folder for this run only, so that two runs never meet; sweep up dead ones."""
    runs = var / "test"
    runs.mkdir(mode=0o711, parents=True, exist_ok=True)
    with ExitStack() as ours:
        with locked(var / "test.lock"):  # nobody sweeps up our folder before we hold its lock
            for left in runs.glob("run-*"):
                with locked(left / "run.lock", wait=False) as abandoned:
                    if abandoned:
                        remove_with_data(left)
            own = Path(tempfile.mkdtemp(prefix="run-", dir=runs))
            own.chmod(0o711)
            ours.enter_context(locked(own / "run.lock"))
        try:
            yield own
        finally:
            remove_with_data(own)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
