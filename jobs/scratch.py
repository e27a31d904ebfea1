"""Temporary files lie in the clone: a folder for each process, swept by a later one when its process is gone."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / ".tmp"


def use(folder: Path = FOLDER) -> Path:
    """Give this process, and those that it starts, a folder of its own: the one that its parent has, if it has one."""
    _sweep(folder)
    mine = Path(os.environ.get("TMPDIR", "/"))
    if folder not in mine.parents:
        mine = folder / str(os.getpid())
    mine.mkdir(parents=True, exist_ok=True)
    os.environ["TMPDIR"] = tempfile.tempdir = str(mine)
    return mine


def _sweep(folder: Path) -> None:
    """Remove what killed processes left. A folder is named after its process; of the living none is touched."""
    for left in folder.glob("[0-9]*"):
        if not _lives(int(left.name)):
            shutil.rmtree(left, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)  # signal 0 only asks
    except ProcessLookupError:
        return False
    except PermissionError:  # another user's
        return True
    return True
