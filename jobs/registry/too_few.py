"""What a model could not be taught from: while nothing else comes, it is not tried again."""

from __future__ import annotations

import json
from pathlib import Path

from jobs import storage


def note(lake: Path, model: str, fingerprint: str, why: str) -> None:
    """``fingerprint``: of the data and the code of that training."""
    storage.write(_file(lake, model), json.dumps({"fingerprint": fingerprint, "why": why}))


def noted(lake: Path, model: str) -> dict[str, str]:
    """Why the newest training that had too few data had, by its fingerprint; of none nothing."""
    if not storage.is_file(file := _file(lake, model)):
        return {}
    found = json.loads(storage.read(file))
    return {found["fingerprint"]: found["why"]}


def _file(lake: Path, model: str) -> Path:
    return lake / "models" / model / "too_few.json"
