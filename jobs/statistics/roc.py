"""The area under the ROC curve, row by row (DeLong, DeLong and Clarke-Pearson 1988)."""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata

from jobs.arrays import Floats


def auc_losses(happened: Floats, said: Floats) -> Floats:
    """What each row adds to 1 - AUC, shape (n,): their mean is 1 - AUC, and their spread that of DeLong, so that a
    bootstrap of the mean gives its interval. Where all or none ``happened`` there is no order to be wrong about: 0."""
    is_case, n, cases = happened > 0, len(happened), int((happened > 0).sum())
    if cases in (0, n):
        return np.zeros(n)
    found, ranks = np.empty(n), rankdata(said)
    found[is_case] = 1 - (ranks[is_case] - rankdata(said[is_case])) / (n - cases)  # others above a case
    found[~is_case] = (ranks[~is_case] - rankdata(said[~is_case])) / cases  # cases below another
    mean = found[is_case].mean()
    share = np.where(is_case, n / cases, n / (n - cases))
    return mean + (found - mean) * share
