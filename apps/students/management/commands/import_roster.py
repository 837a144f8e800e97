import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone

from apps.common.refusals import Refusal
from apps.students.actions.roster import Outcome, import_roster_at_once
from apps.students.models import Cohort, RosterSource
from apps.students.roster.folder import read_path
from apps.students.roster.table import WORDS

SHOWN = 200  # problems that are written out for people; --json has them all


class Command(BaseCommand):
    help = "Bring a class list into a class: CSV, Excel, OneRoster (.zip or folder) or a gradebook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the file, or a folder of OneRoster tables")
        parser.add_argument("--term", required=True, help="code of the term")
        parser.add_argument("--cohort", required=True, help="name of the class")
        parser.add_argument("--dry-run", action="store_true", help="check everything, save nothing")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")
        parser.add_argument(
            "--withdraw-missing",
            action="store_true",
            help="the file has the whole class: withdraw whoever is not in it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 if the list was saved (or could be, on a dry run), else 1."""
        cohort = _cohort(options["term"], options["cohort"])
        path: Path = options["path"]
        try:
            outcome = import_roster_at_once(
                cohort=cohort,
                name=path.name,
                data=read_path(path),
                source=RosterSource.COMMAND,
                dry_run=options["dry_run"],
                withdraw_missing=options["withdraw_missing"],
                now=timezone.now(),
            )
        except Refusal as why:
            self._refuse(why.problem.problem, why.problem.remedy, options)
        except OperationalError:
            self._refuse("The database does not answer.", "Start it, then try again.", options)
        else:
            self._tell(outcome, cohort, options)

    def _refuse(self, problem: str, remedy: str, options: dict[str, Any]) -> None:
        if options["json"]:
            said = {"row": None, "field": "", "problem": problem, "remedy": remedy}
            result = {"saved": False, "dry_run": options["dry_run"], "problems": [said]}
            self.stdout.write(json.dumps(result, indent=1))
        else:
            self.stdout.write(f"{problem} {remedy}\nRefused. Nothing was saved.")
        sys.exit(1)

    def _tell(self, outcome: Outcome, cohort: Cohort, options: dict[str, Any]) -> None:
        if options["json"]:
            result = {"dry_run": options["dry_run"], **_as_json(outcome, cohort)}
            self.stdout.write(json.dumps(result, indent=1))
            return
        if outcome.table.notice:
            self.stdout.write(outcome.table.notice)
        if outcome.table.dropped:
            self.stdout.write(f"Left at the door: {', '.join(outcome.table.dropped)}.")
        for one in outcome.plan.problems[:SHOWN]:
            place = ", ".join(filter(None, [f"row {one.row}" if one.row else "", one.field]))
            self.stdout.write(f"{place or 'the list'}: {one.problem} {one.remedy}")
        hidden = len(outcome.plan.problems) - SHOWN
        if hidden > 0:
            self.stdout.write(f"… and {hidden:,} more problems; --json lists them.")
        for name, number in outcome.counts.items():
            self.stdout.write(f"{name.replace('_', ' '):<16}{number:>8,}")
        self.stdout.write(_verdict(outcome, cohort, is_dry_run=options["dry_run"]))


def _cohort(code: str, name: str) -> Cohort:
    cohorts = Cohort.objects.filter(term__code=code).select_related("term").order_by("name")
    for cohort in cohorts:
        if cohort.name.casefold() == name.casefold():
            return cohort
    there = ", ".join(one.name for one in cohorts) or "none"
    raise CommandError(f"No class {name} in the term {code}. There are: {there}.")


def _as_json(outcome: Outcome, cohort: Cohort) -> dict[str, Any]:
    plan = outcome.plan
    return {
        "saved": outcome.roster is not None,
        "term": cohort.term.code,
        "cohort": cohort.name,
        "import": outcome.roster and outcome.roster.pk,
        "kind": outcome.table.kind.value,
        "notice": outcome.table.notice,
        "records": dict(outcome.table.counts),
        "columns": {one.name: WORDS.get(one.meaning, "") for one in outcome.table.columns},
        "dropped": list(outcome.table.dropped),
        "counts": outcome.counts,
        "would_withdraw": [one.student_id for one in plan.leaving],
        "returning": [one.student_id for one in plan.returning],
        "problems": [one.as_json() for one in plan.problems],
        "remarks": [one.as_json() for one in (*outcome.table.remarks, *plan.remarks)],
    }


def _verdict(outcome: Outcome, cohort: Cohort, *, is_dry_run: bool) -> str:
    if is_dry_run:
        return f"A dry run: {cohort.name} could be changed like this. Nothing was saved."
    if outcome.roster is None:
        return f"Nothing changed: {cohort.name} is like this already."
    return f"Saved: {cohort.name}."
