import json
import mailbox
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from apps.mail.actions import TakenIn, take_in
from apps.mail.reports import MOST_BYTES

# EX_TEMPFAIL of sysexits.h: a mail server that pipes reports in keeps them and tries again.
TRY_AGAIN = 75


class Command(BaseCommand):
    help = (
        "Read one incoming mail from standard input, or each of a mailbox file, and act on it if "
        "it reports that a mail of ours came back. Prints one JSON object a mail."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mbox", type=Path, metavar="FILE", help="a file of many mails")

    def handle(self, *, mbox: Path | None, **options: Any) -> None:
        try:
            for content in _mails(mbox):
                self.stdout.write(json.dumps(_said(take_in(content=content, now=timezone.now()))))
        except DatabaseError as error:
            raise CommandError("The database is away.", returncode=TRY_AGAIN) from error


def _mails(mbox: Path | None) -> Iterator[bytes]:
    if mbox is None:
        yield sys.stdin.buffer.read(MOST_BYTES)
        return
    if not mbox.is_file():
        raise CommandError(f"There is no file {mbox}.")
    with closing(mailbox.mbox(mbox, create=False)) as box:
        for key in box.iterkeys():
            yield box.get_bytes(key)


def _said(taken: TakenIn) -> dict[str, str | int]:
    """Return what is worth saying: `email` is the row, where it is one of ours."""
    said: dict[str, str | int] = {"outcome": taken.report.outcome.value}
    if taken.report.address:
        said["address"] = taken.report.address
    if taken.email:
        said["email"] = taken.email.pk
    if taken.report.status:
        said["status"] = taken.report.status
    return said
