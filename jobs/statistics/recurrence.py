"""How often and how lately somebody did something: all days of many people, sorted once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jobs.arrays import Ints

HISTORY, HORIZON, ASKED = 730, 14, 180  # days
HALF_LIVES = (30, 60, 120)
DIGITS = 6  # sums of floats are alike so far, in whatever order


def recurrence(who: Ints, what: Ints, ago: Ints) -> dict[str, NDArray]:
    """Of codes and of days ``ago``, below ``HISTORY``, shape (n,), a day as often as it comes: a row for each ``who``
    and ``what``, sorted by them.

    ``days`` are different ones; ``half_life_*`` count a day so long ago as a half. Of days that lie ``HORIZON`` back
    or more, and up to ``ASKED`` more than that, ``asked``, those were followed by another within ``HORIZON`` that are
    ``again``. ``all_days`` and ``all_half_life_60`` are of who did anything at all."""
    kinds = what.max(initial=0) + 1
    pair, ago = np.divmod(np.unique((who * kinds + what) * HISTORY + ago), HISTORY)
    first, many = runs(pair)
    is_asked = (ago >= HORIZON) & (ago < HORIZON + ASKED)
    is_again = is_asked & (np.diff(ago, prepend=0) <= HORIZON)
    is_again[first] = False
    whose = pair[first] // kinds
    visit, visited = np.divmod(np.unique(pair // kinds * HISTORY + ago), HISTORY)
    lately = np.bincount(visit, 0.5 ** (visited / 60)).round(DIGITS)
    return {
        "who": whose,
        "what": pair[first] % kinds,
        "days": many,
        "last": ago[first],
        "first": ago[first + many - 1],
        **{f"half_life_{days}": sums(0.5 ** (ago / days), first).round(DIGITS) for days in HALF_LIVES},
        "asked": sums(is_asked.astype(np.int64), first),
        "again": sums(is_again.astype(np.int64), first),
        "all_days": np.bincount(visit)[whose],
        "all_half_life_60": lately[whose],
    }


def runs(key: Ints) -> tuple[Ints, Ints]:
    """Of sorted keys, none below 0: where each begins, and how many rows it has."""
    first = np.flatnonzero(np.diff(key, prepend=-1))
    return first, np.diff(first, append=len(key))


def sums(of: NDArray, first: Ints) -> NDArray:
    """Of each run."""
    return np.add.reduceat(of, first) if len(first) else of[:0]
