"""Is a lifetime value any good? Beside the strongest things that anybody can say by hand, on three later cuts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from jobs.arrays import Floats
from jobs.models import plots
from jobs.models.bootstrap import differences
from jobs.models.judged import Judged
from jobs.models.lifetime_blend import ORDERS, SPEND, Blend, Said, mean_of_windows
from jobs.models.lifetime_value import HORIZON, Clv
from jobs.statistics.conformal import groups

Model = Clv | Blend
ROOTS = {f"{what}_rmse": np.sqrt for what in (ORDERS, SPEND)}


def by_hand(customers: pd.DataFrame) -> dict[str, Said]:
    """Orders and spend of the next 90 days, shape (n,): what a sceptic would say."""
    x, T = (customers[name].to_numpy(float) for name in ("repeat_days", "days_observed"))
    naive = x / np.maximum(T, 1) * HORIZON
    mean_value = np.average(customers["repeat_spend"], weights=np.maximum(x, 1e-9))
    last = (customers["order_days_90d"].to_numpy(float), customers["spend_90d"].to_numpy(float))
    return {
        "naive_rate": (naive, naive * np.where(x > 0, customers["repeat_spend"], mean_value)),
        "last_90_days_again": last,
        "mean_of_windows": mean_of_windows(customers),
    }


def judge(models: Mapping[date, Model], seen: Mapping[date, pd.DataFrame], champion: Model | None) -> Judged:
    """Of the models of several cuts, newest first, all errors together; of the newest one alone what is told of
    sizes and intervals, and what the champion is compared by."""
    said = {cut: by_hand(customers) | {"": models[cut].of_90_days(customers)} for cut, customers in seen.items()}
    every = pd.concat(seen.values())
    together = {name: _joined([of[name] for of in said.values()]) for name in next(iter(said.values()))}
    losses = {name: _losses(of, every) for name, of in together.items()}
    measured = {name: _means(of) for name, of in losses.items()}
    mine = measured.pop("")
    cut, newest = next(iter(seen.items()))
    of_newest, drawn = _newest(models[cut], newest)
    against = None
    if champion:
        theirs = _means(_losses(champion.of_90_days(newest), newest))["orders_rmse"]
        against = of_newest["orders_rmse_newest"], theirs
    clear = differences(Judged(mine, measured), losses, every["customer_id"].to_numpy(), ROOTS)
    return Judged(mine | clear | of_newest, measured, against, drawn)


def _joined(of_cuts: list[Said]) -> Said:
    orders, spend = (np.concatenate(of) for of in zip(*of_cuts, strict=True))
    return orders, spend


def _losses(said: Said, customers: pd.DataFrame) -> dict[str, Floats]:
    """Of each customer, by metric: of an RMSE the square."""
    found = dict[str, Floats]()
    for what, of in zip((ORDERS, SPEND), said, strict=True):
        off = np.abs(of - customers[f"future_{what}"].to_numpy(float))
        found |= {f"{what}_rmse": off**2, f"{what}_mae": off}
    return found


def _means(losses: Mapping[str, Floats]) -> dict[str, float]:
    return {metric: float(ROOTS.get(metric, float)(of.mean())) for metric, of in losses.items()}


def _newest(model: Model, customers: pd.DataFrame) -> tuple[dict[str, float], dict]:
    found = model.predict(customers)
    said = found["expected_orders_90d"].to_numpy(), found["expected_spend_90d"].to_numpy()
    y, spend = (customers[f"future_{what}"].to_numpy(float) for what in (ORDERS, SPEND))
    orders, low, high = said[0], found["orders_90d_low"].to_numpy(), found["orders_90d_high"].to_numpy()
    is_held, at_edge = (low <= y) & (y <= high), (y == low) | (y == high)
    metrics = {f"{name}_newest": of for name, of in _means(_losses(said, customers)).items()}
    metrics |= {
        "orders_predicted_to_actual": float(orders.sum() / max(y.sum(), 1)),
        "spend_predicted_to_actual": float(said[1].sum() / max(spend.sum(), 1)),
        "interval_coverage": float(is_held.mean()),
        "interval_coverage_half_ties": float(((low < y) & (y < high)).mean() + at_edge.mean() / 2),
        "interval_coverage_worst_tenth": _worst_tenth(orders, is_held),
        "alive_predicted": float(found["alive_probability"].mean()),
        "ordered_again": float((y > 0).mean()),
        "value_frequency_correlation": _correlation(customers[customers["repeat_days"] > 0]),
        "customers_judged": float(len(customers)),
    }
    sceptic = mean_of_windows(customers)[0]
    drawn = {
        "calibration": lambda: plots.calibration(orders, y, sceptic),
        "interval": lambda: plots.coverage(orders, low, high, y),
    }
    return metrics, drawn


def _worst_tenth(orders: Floats, is_held: Floats) -> float:
    """Of the tenths of customers by what is expected of them the one whose intervals held least."""
    return min(float(is_held[of].mean()) for of in groups(orders))


def _correlation(repeaters: pd.DataFrame) -> float:
    """Gamma-gamma takes it to be about 0: how often says little about how much."""
    return float(repeaters["repeat_days"].corr(repeaters["repeat_spend"]))
