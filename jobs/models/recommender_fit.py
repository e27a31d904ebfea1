"""What people bought in the 14 days after a cut, learned by logistic regression."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from jobs.arrays import Floats
from jobs.models.recommender import AGAIN, DIGITS, NEW, Chance, Chances
from jobs.statistics.cannot_fit import CannotFit

LIST = 10  # products
FEWEST = 50  # candidates that were bought, and that were not


def fitted(rows: pd.DataFrame) -> Chances:
    """Of candidates at cuts: ``is_bought`` later, and ``bought``: how many products that customer bought. Order is
    learned of who bought; a hit weighs what it adds to their recall. CannotFit where too few were bought."""
    came = rows[rows["bought"] > 0]
    weight = 1 / np.minimum(LIST, came["bought"].to_numpy(float))
    is_own = came["is_own"].to_numpy(bool)
    again, new = (
        _chance(came[of], names, weight[of], what)
        for names, of, what in ((AGAIN, is_own, "again"), (NEW, ~is_own, "for the first time"))
    )
    raw = Chances(again, new, 1.0, 0.0).log_odds(rows)
    found = LogisticRegression(C=np.inf).fit(raw[:, None], rows["is_bought"])
    return Chances(again, new, *(round(float(of), DIGITS) for of in (found.coef_[0, 0], found.intercept_[0])))


def _chance(rows: pd.DataFrame, names: tuple[str, ...], weight: Floats, what: str) -> Chance:
    bought, values = rows["is_bought"].to_numpy(bool), rows[list(names)].to_numpy(float)
    if min(bought.sum(), (~bought).sum()) < FEWEST:
        raise CannotFit(f"{bought.sum()} of {len(bought)} candidates were bought {what}; {FEWEST} are needed")
    mean, deviation = values.mean(axis=0), np.maximum(values.std(axis=0), 1e-9)
    found = LogisticRegression(max_iter=300).fit((values - mean) / deviation, bought, weight / weight.mean())
    weights = found.coef_[0] / deviation
    told, usual = (
        {name: round(float(of), DIGITS) for name, of in zip(names, values, strict=True)} for values in (weights, mean)
    )
    return Chance(told, usual, round(float(found.intercept_[0] - weights @ mean), DIGITS))
