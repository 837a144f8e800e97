from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from apps.exchange.actions import ImportResult, import_workbook
from apps.exchange.workbook.reading import Upload
from tests.clock import NOW
from tests.exchange.workbooks import Workbook

Everything = dict[str, list[Any]]


@pytest.fixture
def book() -> Workbook:
    return Workbook()


@pytest.fixture
def bring_in(db: None, tmp_path: Path) -> Callable[..., ImportResult]:
    """Return a function that imports a workbook, a path or an upload, as of NOW unless told."""

    def import_it(
        source: Workbook | Path | Upload, *, dry_run: bool = False, now: datetime = NOW
    ) -> ImportResult:
        if isinstance(source, Workbook):
            source = source.to_folder(tmp_path / "workbook")
        return import_workbook(source=source, dry_run=dry_run, now=now)

    return import_it


@pytest.fixture
def everything(db: None) -> Callable[[], Everything]:
    """Return a function that reads every row of every table of ours."""

    def read() -> Everything:
        models = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed]
        return {
            model._meta.label: sorted(model._default_manager.values_list(), key=repr)
            for model in models
            if model.__module__.startswith("apps.")
        }

    return read
