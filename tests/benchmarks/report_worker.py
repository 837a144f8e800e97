"""A worker in a process of its own that makes one report; it tells the peak of its memory in MB."""

import os
import sys

import django


def main(database: str, term: int) -> None:
    django.setup()
    # Only after the setup may models be imported.
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from apps.metrics.semester import semester_report  # noqa: PLC0415
    from apps.students.models import Term  # noqa: PLC0415
    from tests.benchmarks.verdicts import peak_memory  # noqa: PLC0415

    connection.settings_dict["NAME"] = database
    semester_report(term=Term.objects.get(pk=term), now=timezone.now())
    print(round(peak_memory()))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    main(sys.argv[1], int(sys.argv[2]))
