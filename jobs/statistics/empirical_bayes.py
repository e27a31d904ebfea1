"""Empirical Bayes: of whom little is known, what all do counts more; of whom much is known, what they do themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

DIGITS = 6  # means of doubles differ in their last bits with the order of the rows
MOST = 1e6  # observations that all count for, where nobody differs from them by more than chance


def habits(counts: pd.DataFrame) -> pd.DataFrame:
    """Of each customer the likeliest ``value``, its ``share``, and of how many ``observations`` it is.

    ``counts``: rows of ``customer_id``, ``value`` and how ``many``, 1 or more. What one does is multinomial, and it
    differs between customers as a Dirichlet law says, whose strength is by the method of moments (Mosimann 1962): two
    observations of one customer are equal more often than two of all. The first by name of equals.
    """
    own = counts.groupby(["customer_id", "value"], sort=True)["many"].sum().rename("own").reset_index()
    own["of"] = own.groupby("customer_id")["own"].transform("sum")
    shares = own.groupby("value")["own"].sum() / own["own"].sum()
    strength = concentration(own, shares)
    own["score"] = own["own"] + strength * own["value"].map(shares)
    best = own.sort_values(["score", "value"], ascending=[False, True]).drop_duplicates("customer_id")
    usual = shares.idxmax()
    is_own = best["score"] >= strength * shares[usual]
    value, score = best["value"].where(is_own, usual), best["score"].where(is_own, strength * shares[usual])
    share = score / (best["of"] + strength)
    found = pd.DataFrame({"customer_id": best["customer_id"], "value": value, "share": share})
    return found.assign(observations=best["of"]).sort_values("customer_id", ignore_index=True)


def concentration(own: pd.DataFrame, shares: pd.Series) -> float:
    """For how many observations of one's own the ``shares`` of all count; ``own`` and ``of`` by customer and value."""
    pairs = (own["own"] * (own["own"] - 1)).groupby(own["customer_id"]).sum()
    every = own.groupby("customer_id")["of"].first()
    several = every > 1
    if not several.any():
        return MOST
    alike = float((pairs[several] / (every[several] * (every[several] - 1))).mean())
    by_chance = float((shares**2).sum())
    return round(min((1 - alike) / (alike - by_chance), MOST), DIGITS) if alike > by_chance else MOST


def ratios(observed: NDArray, expected: NDArray) -> NDArray:
    """What was observed to what was expected, each drawn towards that of all the more, the less was expected: a
    Poisson count about a rate that differs between customers, by the method of moments (Marshall 1991). Shape (n,)."""
    of_all = observed.sum() / expected.sum()
    raw = observed / expected
    spread = (expected * (raw - of_all) ** 2).sum() / expected.sum() - of_all / expected.mean()
    between = round(max(spread, 0.0), DIGITS)
    own = between / (between + of_all / expected) if between else np.zeros(len(raw))
    return of_all + own * (raw - of_all)
