"""Wall time of a piece of work, and its memory.

python -m benchmarks.timing ASKED TOLD      does in a process of its own what a pickled file asks for: see ``alone``
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def seconds(work: Callable[[], object]) -> float:
    return cost(work)[1]


def cost(work: Callable, *of: Any) -> tuple[Any, float, float]:
    """What the work gives, its seconds, and the most memory that this process ever had (MB)."""
    start = time.monotonic()
    found = work(*of)
    return found, time.monotonic() - start, peak()


def peak() -> float:
    """The most memory that this process had, MB; ``ru_maxrss`` would begin with that of the process it is from."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


def resident() -> float:
    """The memory that this process has now, MB; ``peak`` begins anew."""
    Path("/proc/self/clear_refs").write_text("5")
    return peak()


def alone(work: Callable, *of: Any) -> tuple[Any, float, float]:
    """``cost`` in a process of its own, which nobody filled before; its start is not counted. What goes wrong there is
    raised here."""
    with tempfile.TemporaryDirectory() as folder:
        asked, told = Path(folder, "asked"), Path(folder, "told")
        asked.write_bytes(pickle.dumps((work, of)))
        subprocess.run([sys.executable, "-m", "benchmarks.timing", asked, told], check=True)
        found = pickle.loads(told.read_bytes())
    if isinstance(found, Exception):
        raise found
    return found


def _answer(asked: Path, told: Path) -> None:
    work, of = pickle.loads(asked.read_bytes())
    try:
        found: object = cost(work, *of)
    except Exception as error:
        found = error
    told.write_bytes(pickle.dumps(found))


if __name__ == "__main__":
    _answer(*map(Path, sys.argv[1:]))
