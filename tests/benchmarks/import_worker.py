"""A worker in a process of its own: checks, saves and checks again, and tells what it took."""

import json
import resource
import sys
import time

import django
from django.utils import timezone


def main(student_key: int, path: str) -> None:
    """Print seconds and the peak of memory (MB over the start) after each step, as JSON."""
    django.setup()
    # Only after the setup may models be imported.
    from apps.contacts.actions.imports import confirm_import, start_import  # noqa: PLC0415
    from apps.contacts.models import ImportBatch  # noqa: PLC0415
    from apps.contacts.tasks import work_on_waiting_contact_imports  # noqa: PLC0415
    from apps.students.models import Student  # noqa: PLC0415

    def timed_step() -> dict[str, float]:
        begun = time.perf_counter()
        work_on_waiting_contact_imports()
        return {"seconds": time.perf_counter() - begun, "memory": peak_memory() - at_start}

    def upload() -> ImportBatch:
        with open(path, "rb") as file:
            data = file.read()
        now = timezone.now()
        return start_import(student=student, name="Connections.csv", data=data, now=now)

    student = Student.objects.get(pk=student_key)
    batch = upload()
    at_start = peak_memory()
    steps = {"preview": timed_step()}
    batch.refresh_from_db()
    assert confirm_import(batch=batch, choices={}, now=timezone.now())
    del batch
    steps["commit"] = timed_step()
    upload()
    steps["preview of the same file"] = timed_step()
    json.dump(steps, sys.stdout)


def peak_memory() -> float:
    """Return the largest size that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
