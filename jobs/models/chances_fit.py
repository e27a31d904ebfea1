"""Boosting and a forest learn what is likely; the better one at a later cut is calibrated there."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize
from scipy.special import xlog1py, xlogy

from jobs.arrays import Floats
from jobs.models.chances import BOOSTING, FOREST, Chances, log_odds
from jobs.statistics import trees
from jobs.statistics.cannot_fit import CannotFit

ROUNDS = 150
FEWEST = 30  # times that it happens, and that it does not, of whom is learned and of whom is calibrated


def fit(features: Floats, happened: Floats, later: Floats, happened_later: Floats) -> Chances:
    """Trees of ``features``, shape (n, features), and of what ``happened`` after, 0 or 1, shape (n,); chosen and
    calibrated on the same of a ``later`` cut. CannotFit where it happened, or did not, too seldom."""
    for seen in (happened, happened_later):
        if min(seen.sum(), len(seen) - seen.sum()) < FEWEST:
            raise CannotFit(f"of {len(seen):,} examples it happened in {int(seen.sum()):,}")
    rivals = {
        BOOSTING: trees.boosting(features, happened, "binary:logistic", ROUNDS),
        FOREST: trees.forest(features, happened),
    }
    found = [Chances(kind, of, *platt(log_odds(kind, of, later), happened_later)) for kind, of in rivals.items()]
    return min(found, key=lambda of: log_losses(happened_later, of.probability(later)).mean())


def platt(log_odds: Floats, happened: Floats) -> tuple[float, float]:
    """Slope and intercept that make ``log_odds`` true (Platt 1999): the likeliest, with his two made-up rows, so that a
    sure thing stays short of certain."""
    cases = happened.sum()
    target = np.where(happened > 0, (cases + 1) / (cases + 2), 1 / (len(happened) - cases + 2))

    def cost(line: Floats) -> tuple[float, Floats]:
        said = line[0] * log_odds + line[1]
        off = 1 / (1 + np.exp(-said)) - target
        return float(np.mean(np.logaddexp(0, said) - target * said)), np.array([np.mean(off * log_odds), off.mean()])

    slope, intercept = minimize(cost, np.array([1.0, 0.0]), jac=True, method="BFGS").x
    return float(slope), float(intercept)


def log_losses(happened: Floats, said: Floats) -> Floats:
    """Surprise of each row, in nats; what was said to be impossible costs as much as one in a billion."""
    said = np.clip(said, 1e-9, 1 - 1e-9)
    return -(xlogy(happened, said) + xlog1py(1 - happened, -said))
