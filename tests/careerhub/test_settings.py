"""The server says at its start what it cannot run with."""

import os
import subprocess
import sys

import pytest

from tests.processes import ROOT


@pytest.mark.parametrize(
    ("minutes", "is_fine"), [("15", True), ("480", True), ("0", False), ("481", False)]
)
def test_takes_a_length_of_conversation_that_there_is(minutes: str, is_fine: bool) -> None:
    began = subprocess.run(
        [sys.executable, "-c", "import careerhub.settings"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_DEBUG": "1", "CONVERSATION_MINUTES": minutes},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (began.returncode == 0) == is_fine, began.stderr
    assert ("has to be from 1 to 480" in began.stderr) != is_fine
