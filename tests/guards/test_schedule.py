"""Guard: the schedule names every sweep there is, and nothing else."""

from collections.abc import Mapping
from inspect import signature

from celery import Task

from careerhub.celery import app
from careerhub.schedule import SCHEDULE


def our_tasks() -> dict[str, Task]:
    app.loader.import_default_modules()
    return {name: task for name, task in app.tasks.items() if name.startswith("apps.")}


def problems_with_schedule(scheduled: list[str], tasks: Mapping[str, Task]) -> list[str]:
    """A task without an argument is a sweep. One with an argument cannot be scheduled at all."""
    unknown = [f"{name}: is scheduled but no task" for name in scheduled if name not in tasks]
    for name, task in tasks.items():
        is_sweep = not signature(task.run).parameters
        if is_sweep and name not in scheduled:
            unknown.append(f"{name}: is a sweep that nobody starts")
        if name in scheduled and not is_sweep:
            unknown.append(f"{name}: is scheduled but wants arguments")
    return unknown


def test_the_schedule_starts_every_sweep() -> None:
    scheduled = [str(entry["task"]) for entry in SCHEDULE.values()]
    assert len(scheduled) == len(set(scheduled))
    assert not (problems := problems_with_schedule(scheduled, our_tasks())), "\n".join(problems)


def test_reports_what_does_not_fit() -> None:
    @app.task(name="of_one", shared=False, lazy=False)
    def of_one(pk: int) -> None: ...

    @app.task(name="sweep", shared=False, lazy=False)
    def sweep() -> None: ...

    tasks = {"of_one": app.tasks.pop("of_one"), "sweep": app.tasks.pop("sweep")}
    assert problems_with_schedule(["of_one", "gone"], tasks) == [
        "gone: is scheduled but no task",
        "of_one: is scheduled but wants arguments",
        "sweep: is a sweep that nobody starts",
    ]
