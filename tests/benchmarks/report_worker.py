"""A worker in a process of its own that makes one report.

It tells the peak of its memory in MB, and the seconds that the report took.
"""

import os
import sys
import time

import django


def main(database: str, term: int, audience: str) -> None:
    django.setup()
    # Only after the setup may models be imported.
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from apps.metrics.models import Audience  # noqa: PLC0415
    from apps.metrics.semester import semester_report  # noqa: PLC0415
    from apps.students.models import Term  # noqa: PLC0415
    from tests.benchmarks.verdicts import peak_memory  # noqa: PLC0415

    connection.settings_dict["NAME"] = database
    begun = time.perf_counter()
    semester_report(term=Term.objects.get(pk=term), audience=Audience(audience), now=timezone.now())
    print(round(peak_memory()), round(time.perf_counter() - begun, 1))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
