"""Why a score is what it is, in words: features that tell one story count together (Shapley values add up)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from jobs.arrays import Floats

TOLD = 3


@dataclass(frozen=True)
class Reason:
    """``features`` that tell one story, and the story of a customer, a row as ``itertuples`` gives it."""

    features: tuple[str, ...]
    words: Callable[[Any], str]


def strongest(
    customers: pd.DataFrame, reasons: Sequence[Reason], names: Sequence[str], each: Floats, base: Floats
) -> pd.DataFrame:
    """The three strongest reasons of each customer, the strongest first: ``reason_1`` in words, ``reason_1_log_odds``
    what it adds to the log odds; ``other_log_odds`` of all others, and ``base_log_odds`` of who is known by nothing.
    ``each``: what each of the features ``names`` adds, shape (n, features); ``base``: (n,). Together they are the log
    odds of the score.
    """
    of_reason = np.column_stack([each[:, [names.index(name) for name in reason.features]].sum(1) for reason in reasons])
    order = np.argsort(-np.abs(of_reason), axis=1, kind="stable")[:, :TOLD]
    adds = np.take_along_axis(of_reason, order, axis=1)
    rows = customers.itertuples()
    words = [[reasons[n].words(row) for n in which] for row, which in zip(rows, order, strict=True)]
    found: dict[str, Any] = {f"reason_{n + 1}": [said[n] for said in words] for n in range(TOLD)}
    found |= {f"reason_{n + 1}_log_odds": adds[:, n] for n in range(TOLD)}
    found |= {"other_log_odds": of_reason.sum(1) - adds.sum(1), "base_log_odds": base}
    return pd.DataFrame(found, index=customers.index)
