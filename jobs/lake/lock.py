"""One writer per lake: a lock that dies with its owner."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from jobs import storage
from jobs.session import SettingsError


class LakeInUse(Exception):
    """Another run writes to the lake."""


@contextmanager
def locked(lake: Path, what: str) -> Iterator[None]:
    """Hold the lake, and sweep what a killed run left in staging. LakeInUse says who holds it."""
    with _lock_file(lake) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise LakeInUse(f"{lake} is in use by {file.read() or 'another run'}. Wait for it to end.") from None
        file.truncate(0)
        file.write(f"`{what}` (process {os.getpid()})")
        file.flush()
        storage.remove(lake / ".staging")
        try:
            yield
        finally:
            storage.remove(lake / ".staging")


def _lock_file(lake: Path) -> TextIO:
    try:
        storage.make_folder(lake)
        return (lake / ".lock").open("a+")
    except OSError as error:
        raise SettingsError(
            f"GUANXI_LAKE: nothing can be written to {lake} ({error.strerror}). Name a folder where you may write."
        ) from None
