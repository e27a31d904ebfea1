"""Files of a landing zone, as a channel leaves them: ``<landing>/<channel>/<feed>/<night>/<name>``."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

Line = TypeVar("Line")


def place(landing: Path, feed: str, night: date, name: str) -> Path:
    """Where a file of ``<channel>/<feed>`` lies; its folder is made."""
    file = landing / feed / night.isoformat() / name
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def by_night(dated: Iterable[tuple[date, Line]], until: date) -> Iterator[tuple[date, list[Line]]]:
    """What belongs to each night up to ``until``."""
    nights: dict[date, list[Line]] = {}
    for night, line in dated:
        nights.setdefault(night, []).append(line)
    yield from ((night, lines) for night, lines in sorted(nights.items()) if night <= until)


def write_csv(file: Path, head: Iterable[str], rows: Iterable[Iterable]) -> int:
    """As the standard library writes it. The number of its lines, the header left out."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer, written = csv.writer(lines), list(rows)
        writer.writerow(head)
        writer.writerows(written)
    return len(written)


def write_jsonl(file: Path, objects: Iterable[Any]) -> int:
    """An object a line. The number of them."""
    lines = [json.dumps(one, ensure_ascii=False) + "\n" for one in objects]
    file.write_text("".join(lines), "utf-8")
    return len(lines)
