"""Lose everything and get it back: python -m tests.drill

On a PostgreSQL that comes and goes with it: loads the demo, publishes a report, backs up, drops
the database, restores into an empty one and compares every table, sequence and release. Then it
does the same by the write-ahead log: a base backup, work after it, a loss, and recovery to the
moment before. Prints one JSON object, and exits with 0 only if all of it came back.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from careerhub.embedded.__main__ import throwaway_directory
from careerhub.embedded.postgres import Postgres
from careerhub.embedded.processes import catch_signals
from careerhub.embedded.state import var_directory
from tests.drill import point_in_time
from tests.drill.stage import (
    create,
    destroy,
    manage,
    next_keys,
    rows_of,
    said_as_json,
    unequal,
    verified,
)


def drill(url: str, folder: Path) -> dict[str, Any]:
    """Lose and restore the database at `url`, which has all tables and no rows of anybody."""
    loaded = manage(url, "load_demo")
    before, keys, releases = rows_of(url), next_keys(url), verified(url)
    saved = manage(url, "back_up", str(folder / "backup.zip"))
    destroy(url)
    create(url)
    restored = manage(url, "restore", str(folder / "backup.zip"))
    after = rows_of(url)
    return {
        "tables": len(before),
        "rows": sum(count for count, _ in before.values()),
        "unequal_tables": unequal(before, after),
        "equal_sequences": next_keys(url) == keys,
        "releases": releases,
        "verified_releases": verified(url),
        "backup_bytes": said_as_json(saved)["bytes"],
        "is_mail_held_back": after["mail_sendingpause"][0] == 1,
        "seconds": {
            "load": loaded["seconds"],
            "back_up": saved["seconds"],
            "restore": restored["seconds"],
        },
    }


def main() -> int:
    catch_signals()
    began = time.monotonic()
    with throwaway_directory(var_directory()) as var, tempfile.TemporaryDirectory() as folder:
        server = Postgres(var, durable=True)
        url = server.start(tied=True).url
        try:
            manage(url, "migrate")
            dump = drill(url, Path(folder))
            log = point_in_time.drill(server, var)
        finally:
            server.stop()
    is_whole = (
        not dump["unequal_tables"]
        and dump["equal_sequences"]
        and dump["verified_releases"] == dump["releases"] > 0
        and dump["is_mail_held_back"]
        and not log["unequal_tables"]
    )
    seconds = round(time.monotonic() - began, 1)
    said = {"is_whole": is_whole, "seconds": seconds, "backup": dump, "point_in_time": log}
    print(json.dumps(said, indent=1))
    return 0 if is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
