"""What a person at the terminal is told."""

import contextlib
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str) -> None:
    """Print a line. A terminal that was closed must not keep anything from being stopped."""
    with contextlib.suppress(OSError):
        print(text, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    with contextlib.suppress(OSError):
        print(f"{text} …", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        say("")
        raise
    say(f" {time.monotonic() - start:.1f} s")
