"""The index of the Data Docs: what the gate said, by night and table. Each verdict is a line of a file, so that no page
of an earlier night is opened to tell."""

from __future__ import annotations

import contextlib
import html
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from jobs import storage

LINES, INDEX, PAGES = "verdicts.jsonl", "index.html", "docs/validations"


class Line(NamedTuple):
    """``page``: relative to the folder of the index."""

    night: str
    table: str
    page: str
    has_passed: bool


def add(home: Path, new: Iterable[Line]) -> Path:
    """Note new verdicts; the index, made anew."""
    storage.append(home / LINES, "".join(map(_text, new)))
    return _index(home, _noted(home))


def drop(home: Path, is_old: Callable[[Line], bool]) -> int:
    """Remove pages, and what they were drawn from; how many."""
    noted = _noted(home)
    old = [line for line in noted if is_old(line)]
    if old:
        kept = [line for line in noted if not is_old(line)]
        storage.write(home / LINES, "".join(map(_text, kept)))
        _index(home, kept)
    for line in old:
        page = home / line.page
        storage.remove(page)
        storage.remove((home / "results" / page.relative_to(home / PAGES)).with_suffix(".json"))
    return len(old)


def _text(line: Line) -> str:
    return f"{json.dumps(line)}\n"


def _noted(home: Path) -> list[Line]:
    """None where no run has ended yet; a line that a kill cut off is left out."""
    found = []
    for text in storage.read(home / LINES).splitlines() if storage.is_file(home / LINES) else ():
        with contextlib.suppress(ValueError, TypeError):
            found.append(Line(*json.loads(text)))
    return found


def _index(home: Path, verdicts: Iterable[Line]) -> Path:
    rows = []
    for line in sorted(verdicts, key=lambda of: (of.night, of.page.split("/")[-2]), reverse=True):
        link = f'<a href="{html.escape(line.page)}">{html.escape(line.table)}</a>'
        rows.append(f"<tr><td>{line.night}<td>{link}<td>{'passed' if line.has_passed else 'failed'}")
    index = home / INDEX
    storage.write(
        index,
        "<!doctype html><meta charset=utf-8><title>Guanxi data quality</title>"
        "<style>body{font:15px sans-serif;margin:2em}td{padding:.2em 1em}</style>"
        "<h1>Data quality, by night and table</h1><p>Each page shows what came, judged by Great Expectations."
        f"<table><tr><th>as of<th>table<th>verdict{''.join(rows)}</table>",
    )
    return index
