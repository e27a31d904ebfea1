"""Jobs, models and big libraries, imported when they are first asked for: by one thread at a time."""

from __future__ import annotations

import importlib
import threading
from types import ModuleType

LOCK = threading.RLock()


def imported(name: str) -> ModuleType:
    """The module. Two threads that enter a package by two doors, as the models of a training do scikit-learn, would
    each wait for the other, and Python gives one of them half a module."""
    with LOCK:
        return importlib.import_module(name)
