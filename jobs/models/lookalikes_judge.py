"""Are look-alikes any good? Of members who were hidden, and of those who joined later, beside what anybody can say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit
from scipy.stats import rankdata
from sklearn.neighbors import NearestNeighbors

from jobs.arrays import Floats
from jobs.models.bootstrap import difference
from jobs.models.judged import Judged
from jobs.models.traits import NUMBERS
from jobs.statistics import blend_fit
from jobs.statistics.blend import Blend
from jobs.statistics.blend_fit import HeldOut
from jobs.statistics.roc import auc_losses

LIFT, JOINED, TENTH = "lift_hidden", "lift_joined", 0.1
NEAREST, MOST_NEAR = 10, 2_000  # members
RFM = ("recency", "frequency", "monetary")
BY_HAND, BESIDE = ("spend_91d", "rfm", "nearest_members"), ("logistic", "best_trait")


class Asked(NamedTuple):
    """Of an audience: ``customers``, whether they are to be found (``labels``, 0 or 1), how many each stands for, and
    what the model ("") and others ``said``; all of shape (n,)."""

    customers: NDArray
    labels: Floats
    weight: Floats
    said: Mapping[str, Floats]

    def lifts(self, name: str) -> Floats:
        """Of each who is to be found; their mean is how many times as many of them as of others are of the first
        tenth of others. Of who is equal at the border each counts for the same part."""
        said, is_other = self.said[name], self.labels == 0
        order = np.argsort(-said[is_other], kind="stable")
        weight, others = self.weight[is_other][order], said[is_other][order]
        border = others[np.searchsorted(np.cumsum(weight), TENTH * weight.sum())]
        over, equal = weight[others > border].sum(), weight[others == border].sum()
        part = (TENTH * weight.sum() - over) / equal
        found = said[~is_other]
        return ((found > border) + (found == border) * part) / TENTH


def hidden(rows: pd.DataFrame, features: Floats, labels: Floats, held: HeldOut) -> Asked:
    """Everybody is asked about by who learned from the other folds."""
    said = {"": held.blend, "logistic": held.logistic} | of_columns(rows)
    for name, by_hand in LEARNED.items():
        said[name] = np.empty(len(labels))
        for n in range(blend_fit.FOLDS):
            here = held.fold == n
            said[name][here] = by_hand(features, np.where(here, np.nan, labels))[here]
    return Asked(rows["customer_id"].to_numpy(), labels, rows["weight"].to_numpy(), said)


def later(rows: pd.DataFrame, features: Floats, then: Floats, now: Floats, blend: Blend) -> Asked:
    """Those who were not in it ``then``."""
    said = {"": blend.log_odds(features), "logistic": blend.linear.log_odds(features)} | of_columns(rows)
    said |= {name: by_hand(features, then) for name, by_hand in LEARNED.items()}
    were_out = then == 0
    of = {name: values[were_out] for name, values in said.items()}
    return Asked(rows["customer_id"].to_numpy()[were_out], now[were_out], rows["weight"].to_numpy()[were_out], of)


def of_columns(rows: pd.DataFrame) -> dict[str, Floats]:
    quintiles = [f"{of}_quintile" for of in RFM]
    return {
        "spend_91d": rows["spend_91d"].astype(float).to_numpy(),
        "rfm": rows[quintiles].astype(float).fillna(0).sum(axis=1).to_numpy(),
    }


def nearest_members(features: Floats, labels: Floats) -> Floats:
    """How near the ten nearest members are, of those with a label; shape (n,)."""
    scaled = blend_fit.scale(features).standardized(features)
    known = scaled[labels == 1][:MOST_NEAR]
    return -NearestNeighbors(n_neighbors=NEAREST).fit(known).kneighbors(scaled)[0].mean(axis=1)


def best_trait(features: Floats, labels: Floats) -> Floats:
    """The one number that tells members best, the larger or the smaller the likelier; shape (n,)."""
    is_known, numbers = ~np.isnan(labels), features[:, : len(NUMBERS)]
    filled = np.where(np.isnan(numbers), -1.0, numbers)
    ranks = rankdata(filled[is_known], axis=0)
    is_member = labels[is_known] == 1
    higher = ranks[is_member].mean(axis=0) - ranks[~is_member].mean(axis=0)
    best = np.argmax(np.abs(higher))
    return np.sign(higher[best]) * filled[:, best]


LEARNED = {"nearest_members": nearest_members, "best_trait": best_trait}


def judge(asked: Mapping[str, Asked], joined: Mapping[str, Asked]) -> Judged:
    """All audiences together."""
    metrics = dict(_told(LIFT, asked))
    if joined:
        metrics |= _told(JOINED, joined)
    mine, theirs = (
        float(np.mean([auc_losses(of.labels, of.said[name]).mean() for of in asked.values()]))
        for name in ("", "logistic")
    )
    expected = sum(of.weight @ expit(of.said[""]) for of in asked.values())
    metrics["predicted_to_actual"] = float(expected / sum(of.weight @ of.labels for of in asked.values()))
    metrics |= {"auc_hidden": 1 - mine, "auc_hidden_beside_logistic": 1 - theirs, "audiences": float(len(asked))}
    by_hand = {name: {LIFT: metrics.pop(f"{LIFT}_beside_{name}")} for name in BY_HAND}
    is_worse = metrics[f"{LIFT}_difference_to_logistic_high"] < 0
    faults = (f"{LIFT} {metrics[LIFT]:.4g} is surely worse than that of logistic regression alone",) * is_worse
    return Judged(metrics, by_hand, faults=faults)


def _told(metric: str, asked: Mapping[str, Asked]) -> Iterator[tuple[str, float]]:
    """The metric of the model and of others, and the intervals of the model's difference from some."""
    lifts = {name: np.concatenate([of.lifts(name) for of in asked.values()]) for name in ("", *BESIDE, *BY_HAND)}
    whose = np.concatenate([of.customers[of.labels > 0] for of in asked.values()])
    yield metric, float(lifts[""].mean())
    yield from ((f"{metric}_beside_{name}", float(of.mean())) for name, of in lifts.items() if name)
    for name in BESIDE:
        low, high = difference(lifts[""], lifts[name], whose)
        yield f"{metric}_difference_to_{name}_low", low
        yield f"{metric}_difference_to_{name}_high", high
