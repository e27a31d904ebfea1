"""How somebody buys, as trees look at it, and in words: of ``gold.customer_features``."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jobs.arrays import Floats
from jobs.models.reasons import Reason

WINDOWS = (14, 28, 56, 90, 180)  # days
ORDER_DAYS, SPEND = ([f"{what}_{days}d" for days in WINDOWS] for what in ("order_days", "spend"))
GAPS = ["mean_gap", "mean_gap_last_5", "gap_80"]
AS_THEY_ARE = [
    *GAPS, "median_gap", "gap_deviation", "repeat_days", "days_since_last_order", "days_observed",
    "lines_per_order_day_90d", "discount_share_90d", "most_on_a_day_90d", "order_days_half_life_30d",
    "order_days_half_life_120d",
]  # fmt: skip


def features(customers: pd.DataFrame) -> pd.DataFrame:
    """Windows as rates, a customer's own rhythm, and how long they are away by it: a column each."""
    as_they_are = {name: customers[name].to_numpy(float) for name in AS_THEY_ARE}
    away = {f"away_by_{gap}": away_by(customers, gap) for gap in GAPS}
    return pd.DataFrame(rates(customers, "order_days", "spend") | as_they_are | away)


def rates(customers: pd.DataFrame, *whats: str) -> dict[str, Floats]:
    """Order days, spend or what else there is of windows, by day that somebody was a customer in them."""
    return {f"{what}_{days}d": rate(customers, what, days) for what in whats for days in WINDOWS}


def rate(customers: pd.DataFrame, what: str, days: int) -> Floats:
    """Of one window, shape (n,)."""
    since_first = customers["days_observed"].to_numpy(float) + 1
    return customers[f"{what}_{days}d"].to_numpy(float) / np.minimum(days, since_first)


def away_by(customers: pd.DataFrame, gap: str) -> Floats:
    """How many times this gap a customer has been away."""
    return customers["days_since_last_order"].to_numpy(float) / np.maximum(customers[gap].to_numpy(float), 1)


def _away(customer: Any) -> str:
    away, usual = customer.days_since_last_order, customer.median_gap
    if pd.isna(usual):
        return f"bought on one day alone, {_days(away)} ago"
    late = round(away - usual)
    return f"{_days(late)} longer away than usual" if late > 0 else f"away for {away:.0f} of the usual {_days(usual)}"


def lately(days: float, of_56: float, where: str = "") -> str:
    """Of the last 28 days and of the 28 before, ``of_56`` those of both."""
    return f"bought {where}on {days:.0f} of the last 28 days, on {of_56 - days:.0f} of the 28 before"


def _often(customer: Any) -> str:
    return lately(customer.order_days_28d, customer.order_days_56d)


def _spends(customer: Any) -> str:
    before = customer.spend_56d - customer.spend_28d
    return f"spent {customer.spend_28d:,.0f} in the last 28 days, {before:,.0f} in the 28 before"


def _gaps(customer: Any) -> str:
    if pd.isna(customer.median_gap):
        return "has no rhythm yet"
    return f"comes every {_days(customer.median_gap)}, four times in five within {_days(customer.gap_80)}"


def _history(customer: Any) -> str:
    return f"bought on {customer.repeat_days + 1:.0f} of {customer.days_observed + 1:.0f} days since the first order"


def _basket(customer: Any) -> str:
    lines = customer.lines_per_order_day_90d
    return "bought nothing in 90 days" if pd.isna(lines) else f"buys {lines:.0f} articles on a day with an order"


def _discounts(customer: Any) -> str:
    share = customer.discount_share_90d
    return "paid nothing in 90 days" if pd.isna(share) else f"saves {share:.0%} by discounts"


def _days(many: float) -> str:
    return "1 day" if round(many) == 1 else f"{many:.0f} days"


REASONS = (
    Reason(("days_since_last_order", *(f"away_by_{gap}" for gap in GAPS)), _away),
    Reason((*ORDER_DAYS, "order_days_half_life_30d", "order_days_half_life_120d"), _often),
    Reason(tuple(SPEND), _spends),
    Reason((*GAPS, "median_gap", "gap_deviation"), _gaps),
    Reason(("repeat_days", "days_observed"), _history),
    Reason(("lines_per_order_day_90d", "most_on_a_day_90d"), _basket),
    Reason(("discount_share_90d",), _discounts),
)
