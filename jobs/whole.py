"""A small file is written whole or not at all, whatever is killed meanwhile."""

from __future__ import annotations

from pathlib import Path


def write(file: Path, text: str) -> None:
    """``text`` in place of what the file held; its folder is made where it is not there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unseen = file.with_name(f"{file.name}.unseen")
    unseen.write_text(text)
    unseen.replace(file)
