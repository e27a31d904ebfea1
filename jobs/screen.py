"""What a program says on the screen: progress, and why it failed."""

from __future__ import annotations

import re
import sys
import threading
import time
import traceback
from pathlib import Path

HOME = Path(__file__).parent.parent  # as frames name it, whatever links lead there
# A worker's traceback, as Spark repeats it: frames are indented, and the type comes before anything that holds a value.
WORKER = re.compile(r"Traceback \(most recent call last\):\n(?P<frames>(?:  .*\n)+)(?P<kind>\w[\w.]*)")
FRAME = re.compile(r'^  File "(.+)", line (\d+)', re.MULTILINE)
JAVA = re.compile(r"^(?:: |Caused by: )((?:\w+\.)+\w+(?:Exception|Error))\b", re.MULTILINE)

_start, _lock = time.monotonic(), threading.Lock()


def say(what: str, text: str) -> None:
    """One line of progress: seconds since the start, table, what happened."""
    with _lock:
        print(f"{time.monotonic() - _start:6.1f} s  {what:<30} {text}", flush=True)


def fail(text: str) -> None:
    print(f"guanxi: {text}", file=sys.stderr, flush=True)


def words(error: Exception) -> str:
    """What an exception may say on a screen or in a log: our own words, or its kind and our line that raised it.
    What Python, Java or Spark say of it may hold a value."""
    if type(error).__module__.startswith("jobs."):
        return str(error)
    worker = WORKER.search(str(error))
    if worker:
        kind = f"{worker['kind']} in a Python worker"
        places = [(file, int(line)) for file, line in FRAME.findall(worker["frames"])]
    else:
        kind = _kind(error)
        places = [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    ours = [(Path(file).relative_to(HOME), line) for file, line in places if _is_ours(Path(file))]
    return f"{kind}, at {ours[-1][0]}:{ours[-1][1]}" if ours else kind


def _kind(error: Exception) -> str:
    """An exception's type, with Spark's own name for what went wrong, the first cause in Java, the system's reason."""
    name = type(error).__name__
    if isinstance(error, OSError) and error.strerror:
        return f"{name} ({error.strerror}{f': {error.filename}' if error.filename else ''})"
    if name == "Py4JJavaError":
        return f"Java's {(JAVA.findall(str(error)) or [name])[-1]}"
    condition = getattr(error, "getCondition", lambda: None)()
    return f"{name}{f' {condition}' if condition else ''}"


def _is_ours(file: Path) -> bool:
    return HOME in file.parents and not file.relative_to(HOME).parts[0].startswith(".")
