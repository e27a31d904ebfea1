"""Are ten products any good? Beside lists that anybody makes by hand, on several later cuts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from scipy.special import expit

from jobs.arrays import Floats
from jobs.models.bootstrap import difference
from jobs.models.candidates import ranks
from jobs.models.judged import Judged
from jobs.models.recommendations_seen import Seen
from jobs.models.recommender import NEWCOMER, Recommender
from jobs.models.recommender_fit import LIST

METRIC, SHOP = "recall_10", "shop_14d"
BY_HAND = {"personal_days": "product_days", "personal_decayed": "days_half_life_60d"}


def judge(models: Mapping[date, Recommender], seen: Mapping[date, Seen], champion: Recommender | None) -> Judged:
    """At each cut, the newest first, by its model; at the newest the ``champion`` is asked too."""
    found = pd.concat([recalls(models[cut], of) for cut, of in seen.items()])
    means = {name: float(found[name].mean()) for name in found}
    by_hand = {name: {METRIC: means[name]} for name in (*BY_HAND, SHOP)}
    metrics = {METRIC: means["0"]} | _beside(found, "0", max(BY_HAND, key=lambda name: means[name]), METRIC)
    for days in range(1, NEWCOMER + 1):
        name = f"{METRIC}_of_{days}_days_known"
        metrics |= {name: means[f"{days}"]} | _beside(found, f"{days}", SHOP, name)
    lists = pd.concat([listed(models[cut], of.rows[0]).assign(cut=cut) for cut, of in seen.items()])
    metrics |= _told(lists, seen) | {"rows_judged": float(len(found))}
    newest = next(iter(seen))
    metrics[f"{METRIC}_newest"] = mine = _of(models[newest], seen[newest])
    against = (mine, _of(champion, seen[newest])) if champion else None
    faults = [
        f"{METRIC} {means[f'{days}']:.4g} of who is known for {days} days does not beat {means[SHOP]:.4g} of {SHOP}"
        for days in range(1, NEWCOMER + 1)
        if means[f"{days}"] <= means[SHOP]
    ]
    return Judged(metrics, by_hand, against, faults=tuple(faults))


def recalls(model: Recommender, at: Seen) -> pd.DataFrame:
    """By customer who bought: of the model by how many days are known (0: all), and of each list by hand."""
    mine = {f"{days}": recall(rows, model.log_odds(rows)) for days, rows in at.rows.items()}
    theirs = {name: recall(at.own, at.own[column].to_numpy(float)) for name, column in BY_HAND.items()}
    every = pd.DataFrame(mine | theirs, index=mine["0"].index).fillna(0.0)  # nothing of theirs is sold any more
    first = np.argsort(-at.shop.products["buyers_14d"].to_numpy(), kind="stable")[:LIST]
    hits = at.bought[at.bought["product"].isin(first)].groupby("customer_id").size().reindex(every.index, fill_value=0)
    many = at.bought.groupby("customer_id").size().reindex(every.index)
    return every.assign(**{SHOP: hits / np.minimum(LIST, many)})


def recall(rows: pd.DataFrame, score: Floats) -> pd.Series:
    """Of who bought: of what they ``bought``, ten at most, how much is among their best ten."""
    best = rows[(ranks(rows, score) < LIST) & (rows["bought"] > 0)].groupby("customer_id")
    return best["is_bought"].sum() / np.minimum(LIST, best["bought"].first())


def listed(model: Recommender, rows: pd.DataFrame) -> pd.DataFrame:
    log_odds = model.log_odds(rows)
    return rows.assign(log_odds=log_odds)[ranks(rows, log_odds) < LIST]


def _of(model: Recommender, at: Seen) -> float:
    return float(recall(at.rows[0], model.log_odds(at.rows[0])).mean())


def _beside(found: pd.DataFrame, mine: str, theirs: str, name: str) -> dict[str, float]:
    low, high = difference(found[mine].to_numpy(), found[theirs].to_numpy(), found.index.to_numpy())
    return {f"{name}_difference_low": low, f"{name}_difference_high": high}


def _told(lists: pd.DataFrame, seen: Mapping[date, Seen]) -> dict[str, float]:
    """Of lists of ten: what is new to their customers, how much of the assortment stands in one, and whether the
    probabilities come true."""
    sold = [(of.shop.products["buyers_90d"] > 0).sum() for of in seen.values()]
    return {
        "novelty": float(1 - lists["is_own"].mean()),
        "coverage": float(
            (lists.groupby("cut", sort=False)["product"].nunique().to_numpy() / np.maximum(sold, 1)).mean()
        ),
        "predicted_to_actual": float(expit(lists["log_odds"]).sum() / max(lists["is_bought"].sum(), 1)),
    }
