"""Files of landing and lake are reached here and nowhere else (a test keeps it so): the day they lie in a bucket, this
is what learns of it. Engines (Spark, DuckDB, delta-rs, Great Expectations, MLflow) open what they are told by path.

Not by fsspec yet: to import it costs each of Spark's Python workers .4 s, and a line of text took twice as long.
"""

from __future__ import annotations

import shutil
from io import BufferedReader
from pathlib import Path


def is_file(path: Path) -> bool:
    return path.is_file()


def is_folder(path: Path) -> bool:
    return path.is_dir()


def listed(folder: Path) -> list[Path]:
    """What lies in ``folder``, by name; nothing where there is none."""
    return sorted(folder.iterdir()) if folder.is_dir() else []


def every(folder: Path) -> list[Path]:
    """All files in ``folder`` and its folders, by name; hidden ones are not skipped."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def stamp(file: Path) -> tuple[int, int]:
    """Size in bytes, and nanosecond of the last change: a copy cannot set that back, as it can the time of writing."""
    of = file.stat()
    return of.st_size, of.st_ctime_ns


def opened(file: Path) -> BufferedReader:
    """To be read in pieces."""
    return file.open("rb")


def read(file: Path) -> str:
    """Its text; FileNotFoundError where it is not there."""
    return file.read_text("utf-8")


def write(file: Path, text: str) -> None:
    """``text`` in place of what the file held, whole or not at all; its folder is made where it is not there."""
    make_folder(file.parent)
    unseen = file.with_name(f"{file.name}.unseen")
    unseen.write_text(text, "utf-8")
    move(unseen, file)


def write_private(file: Path, text: str) -> None:
    """The same, for the eyes of its owner alone from its first byte on."""
    make_folder(file.parent)
    unseen = file.with_name(f"{file.name}.unseen")
    unseen.unlink(missing_ok=True)
    unseen.touch(0o600)
    unseen.write_text(text, "utf-8")
    move(unseen, file)


def append(file: Path, text: str) -> None:
    make_folder(file.parent)
    with file.open("a", encoding="utf-8") as end:
        end.write(text)


def move(path: Path, to: Path) -> None:
    """A file takes the place of another at once: who has that one open reads on."""
    path.replace(to)


def remove(path: Path) -> None:
    """A file, or a folder with all that lies in it; what is gone is gone."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def copy(folder: Path, to: Path) -> None:
    """A folder with all that lies in it, over what is there."""
    shutil.copytree(folder, to, dirs_exist_ok=True)


def make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
