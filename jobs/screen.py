"""What a program says on the screen: progress, and why it failed."""

from __future__ import annotations

import sys
import threading
import time

_start, _lock = time.monotonic(), threading.Lock()


def say(what: str, text: str) -> None:
    """One line of progress: seconds since the start, table, what happened."""
    with _lock:
        print(f"{time.monotonic() - _start:6.1f} s  {what:<30} {text}", flush=True)


def fail(text: str) -> None:
    print(f"guanxi: {text}", file=sys.stderr, flush=True)


def words(error: Exception) -> str:
    """What an exception may say on a screen or in a log: our own words, or its kind. Spark's words may hold a value."""
    if type(error).__module__.startswith("jobs."):
        return str(error)
    condition = getattr(error, "getCondition", lambda: None)()
    return f"{type(error).__name__}{f' {condition}' if condition else ''}"
