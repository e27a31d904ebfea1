"""The business that a lake is of. Days and money of another one cannot be told from its own: they need another lake."""

from __future__ import annotations

import json
from pathlib import Path

from jobs import storage
from jobs.session import SettingsError

FILE = ".business.json"


def check(lake: Path, business: dict[str, str]) -> None:
    """SettingsError where the lake was made with other settings; a lake without a word is anybody's."""
    if not storage.is_file(lake / FILE):
        return
    for name, was in json.loads(storage.read(lake / FILE)).items():
        if business.get(name, was) != was:
            raise SettingsError(
                f"{name} is {business[name]}, and {lake} was made with {was}: its days and money would be mixed. "
                "Set it as it was, or let GUANXI_LAKE be a new folder; a run makes everything again from landing."
            )


def note(lake: Path, business: dict[str, str]) -> None:
    """Keep the settings that the lake is made with, once."""
    if not storage.is_file(lake / FILE):
        storage.write(lake / FILE, json.dumps(business))
