"""Reminders while everything breaks: python -m tests.chaos [--due 10000] [--kills 200] …

Starts services of its own, lets the real planner and the real workers send one reminder to each of
many students, and kills what can be killed while they do: senders, the broker, PostgreSQL, the
mail server. When all is quiet it counts what has arrived, prints the account as JSON, and exits
with 0 only if every promise of docs/decisions/0004-outgoing-mail.md was kept.
"""

import argparse
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import django
import redis

from careerhub.embedded.__main__ import throwaway_directory
from careerhub.embedded.processes import Stopped, catch_signals, pause
from careerhub.embedded.state import var_directory
from tests.chaos.mail_server import Mood
from tests.chaos.stage import Stage

LOOK_EVERY = 0.005
TIDY_EVERY = 1.0
STUCK_AFTER = 30.0  # seconds without any mail, after which a supervisor would restart a worker
WHOLE_WORKERS = 0.2  # of all kills; the others hit one sender
OUTAGES = (Mood.REFUSES, Mood.STALLS, Mood.DROPS)
OUTAGE_SECONDS = 6.0
DROPPED = 20  # mails in an outage in which the server takes them and does not say so


class OutOfTime(Exception):
    """It did not come to rest."""


class Run:
    """The troubles still to come, by how many mails have arrived when each strikes."""

    def __init__(self, stage: Stage, options: argparse.Namespace) -> None:
        self.stage = stage
        self.due = options.due
        self.until = time.monotonic() + options.minutes * 60
        self.random = random.Random(options.seed)
        self.struck: Counter[str] = Counter()
        self.arrived = 0
        self._ledger_read = 0
        self._arrived_at = self._tidied_at = time.monotonic()
        counts = {
            "sender": options.kills,
            "broker": options.broker_kills,
            "flush": options.broker_kills,
            "database": options.database_crashes,
            "outage": options.outages,
        }
        self.to_come = sorted(
            (self.due * (n + self.random.random()) / count, trouble)
            for trouble, count in counts.items()
            for n in range(count)
        )

    def go_on_until_quiet(self) -> None:
        while self.to_come or not self._is_quiet():
            pause(LOOK_EVERY if self.to_come else 0.2)
            self._look()
            if self.to_come and self.arrived >= min(self.to_come[0][0], self.due - 1):
                self._strike(self.to_come.pop(0)[1])

    def _look(self) -> None:
        now = time.monotonic()
        if now > self.until:
            raise OutOfTime
        with self.stage.ledger.open("rb") as ledger:
            ledger.seek(self._ledger_read)
            fresh = ledger.read()
        if fresh:
            self._ledger_read += len(fresh)
            self.arrived += fresh.count(b"\n")
            self._arrived_at = now
        if now - self._tidied_at > TIDY_EVERY:
            self._tidied_at = now
            self.stage.look_after()
            self._let_time_pass()
        if now - self._arrived_at > STUCK_AFTER:
            self._arrived_at = now
            self._kill_a_worker()

    def _strike(self, trouble: str) -> None:
        self.struck[trouble] += 1
        match trouble:
            case "sender":
                self._kill()
            case "broker":
                self.stage.crash_broker()
            case "flush":
                with redis.Redis.from_url(self.stage.environment["REDIS_URL"]) as broker:
                    broker.flushall()
            case "database":
                self.stage.crash_database()
            case "outage":
                self._have_outage(OUTAGES[(self.struck["outage"] - 1) % len(OUTAGES)])

    def _kill(self) -> None:
        senders = self.stage.senders()
        if not senders or self.random.random() < WHOLE_WORKERS:
            self.stage.kill_worker(self.random.choice(self.stage.worker_names()))
        else:
            os.kill(self.random.choice(senders), signal.SIGKILL)

    def _kill_a_worker(self) -> None:
        self.struck["sender"] += 1
        self.struck["stuck"] += 1
        self.stage.kill_worker(self.random.choice(self.stage.worker_names()))

    def _have_outage(self, mood: Mood) -> None:
        begun_at, arrived_before = time.monotonic(), self.arrived
        self.stage.tell_mail_server(mood)
        while time.monotonic() - begun_at < OUTAGE_SECONDS:
            pause(LOOK_EVERY)
            self._look()
            if self.arrived - arrived_before >= DROPPED:
                break
        self.stage.tell_mail_server(Mood.WELL)

    def _let_time_pass(self) -> None:
        """Let the waits of minutes and hours be over that follow a refusal or an outage."""
        self._ask(
            "UPDATE mail_outgoingemail SET next_try_at = now()"
            " WHERE state = 'pending' AND next_try_at > now()"
        )

    def _is_quiet(self) -> bool:
        answer = self._ask(
            "SELECT count(*) FILTER (WHERE state NOT IN ('pending', 'sending')), count(*)"
            " FROM mail_outgoingemail"
        )
        return bool(answer) and answer[0][0] == answer[0][1] >= self.due

    def _ask(self, words: str) -> list[tuple[int, ...]]:
        """Return what the database says, or nothing while it is away."""
        try:
            with django.db.connection.cursor() as cursor:
                cursor.execute(words)
                return list(cursor.fetchall()) if cursor.description else []
        except django.db.Error:
            django.db.connection.close()
            return []


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    catch_signals()
    # A socket's and PostgreSQL's folder needs a short path that other users may enter.
    with throwaway_directory(options.folder or var_directory()) as folder:
        stage = Stage(folder)
        try:
            return run(stage, options)
        except Stopped:
            return 1
        finally:
            stage.take_down()
            if options.logs:
                keep_logs(stage.log, options.logs)


def run(stage: Stage, options: argparse.Namespace) -> int:
    begun_at = time.monotonic()
    stage.set_up(seconds_between_looks=min(30.0, 2 + options.due / 300))
    os.environ.update(stage.environment)
    django.setup()
    # Only now is there a database that Django's models can stand on.
    from apps.mail.models import OutgoingEmail  # noqa: PLC0415
    from tests.chaos.account import OutgoingRow, balance, read_ledger  # noqa: PLC0415
    from tests.chaos.people import enrol  # noqa: PLC0415

    due = enrol(options.due)
    stage.start_programs()
    say(f"{len(due)} reminders are due; seed {options.seed}")
    trouble = Run(stage, options)
    started_at = time.monotonic()
    problems = []
    try:
        trouble.go_on_until_quiet()
    except OutOfTime:
        problems.append(f"not at rest after {options.minutes} minutes")
    ended_at = time.monotonic()
    fields = ("to_address", "message_id", "state", "ambiguous_count")
    rows = [OutgoingRow(*row) for row in OutgoingEmail.objects.order_by().values_list(*fields)]
    account = balance(due, read_ledger(stage.ledger), rows, trouble.struck["sender"])
    problems += account.problems
    print(json.dumps(account.figures), flush=True)
    announced = sum(row.ambiguous_count > 0 for row in rows)
    unknown = sum(row.state == "unknown" for row in rows)
    say(f"struck: {dict(trouble.struck)}")
    say(f"rows that announce a second copy: {announced}; unknown: {unknown}")
    say(f"{started_at - begun_at:.0f} s to set up, {ended_at - started_at:.0f} s of trouble")
    for problem in problems[:20]:
        say(f"PROBLEM {problem}")
    return 1 if problems else 0


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--due", type=int, default=10_000, help="students with a reminder each")
    parser.add_argument("--kills", type=int, default=200, help="SIGKILLs of senders")
    parser.add_argument("--broker-kills", type=int, default=10, help="and as often FLUSHALL")
    parser.add_argument("--database-crashes", type=int, default=5)
    parser.add_argument("--outages", type=int, default=3, help="of the mail server")
    parser.add_argument("--minutes", type=float, default=14, help="after which it gives up")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--folder", type=Path, help="where its data may lie meanwhile")
    parser.add_argument("--logs", type=Path, help="where to keep what the processes said")
    return parser.parse_args(arguments)


def keep_logs(log: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in log.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
