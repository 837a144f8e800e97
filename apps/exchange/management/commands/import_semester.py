import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError
from django.utils import timezone

from apps.common.refusals import Problem
from apps.exchange.actions import ImportResult, import_workbook

SHOWN = 200  # problems that are written out for people; --json has them all


class Command(BaseCommand):
    help = "Import a semester workbook: a folder, a .zip or an .xlsx with six tables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="folder, .zip or .xlsx")
        parser.add_argument("--dry-run", action="store_true", help="check everything, save nothing")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 if the workbook was saved (or could be, on a dry run), else 1."""
        report = self._keep_silent if options["json"] else self._say
        try:
            result = import_workbook(
                source=options["path"],
                dry_run=options["dry_run"],
                now=timezone.now(),
                report=report,
            )
        except OperationalError:
            problem = Problem(
                "The database does not answer.", "Nothing was saved. Start it, then try again."
            )
            result = ImportResult(options["dry_run"], problems=[problem], problem_count=1)
        if options["json"]:
            self.stdout.write(json.dumps(result.as_json(), indent=1))
        else:
            self._write_for_people(result)
        if result.is_refused:
            sys.exit(1)

    def _keep_silent(self, words: str, done: int, total: int) -> None:
        pass

    def _say(self, words: str, done: int, total: int) -> None:
        self.stderr.write(f"[{done + 1}/{total}] {words}")

    def _write_for_people(self, result: ImportResult) -> None:
        for problem in result.problems[:SHOWN]:
            self.stdout.write(_line(problem))
        hidden = result.problem_count - min(SHOWN, len(result.problems))
        if hidden:
            self.stdout.write(f"… and {hidden:,} more problems; --json lists them.")
        if result.is_refused:
            self.stdout.write(f"Refused: {_problems(result.problem_count)}. Nothing was saved.")
            return
        self.stdout.write(f"{'table':<10}{'new':>10}{'changed':>10}{'unchanged':>12}")
        for table, counts in result.counts.items():
            numbers = f"{counts['new']:>10,}{counts['changed']:>10,}{counts['unchanged']:>12,}"
            self.stdout.write(f"{table:<10}{numbers}")
        self.stdout.write(_verdict(result))


def _line(problem: Problem) -> str:
    row = f"row {problem.row}" if problem.row else None
    place = ", ".join(filter(None, [problem.table, row, problem.column]))
    value = "" if problem.value is None else f" ({problem.value!r})"
    return f"{place or 'workbook'}{value}: {problem.problem} {problem.remedy}"


def _problems(count: int) -> str:
    return "1 problem" if count == 1 else f"{count:,} problems"


def _verdict(result: ImportResult) -> str:
    is_news = any(counts["new"] or counts["changed"] for counts in result.counts.values())
    if not is_news:
        return f"Nothing changed: {result.term_code} is here already, exactly like this."
    if result.is_dry_run:
        return f"A dry run: {result.term_code} could be saved like this. Nothing was saved."
    return f"Saved: {result.term_code}."
