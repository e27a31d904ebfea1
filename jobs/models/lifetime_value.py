"""Lifetime value of a customer from a fitted BG/NBD and gamma-gamma."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from expectations.gold.customer_features import customer_features
from jobs.models.learned import Learned
from jobs.statistics.bg_nbd import BgNbd, OneDropout
from jobs.statistics.gamma_gamma import GammaGamma

HORIZON, YEAR = 90, 365  # days; the former of the interval and the holdout too
LEVEL = 0.8  # share of customers whose orders the interval shall hold
MONTHS, ANNUAL_DISCOUNT = 36, 0.10
INPUTS = ("repeat_days", "days_active", "days_observed", "repeat_spend", "purchased", "returned")


@dataclass(frozen=True)
class Clv(Learned):
    """``nominal_level``: central probability at which the 90-day interval held ``LEVEL`` of the customers before.

    ``returned_share`` of all money, and ``mean_purchase``, money of an order: what everybody brings back.
    """

    FORMATS: ClassVar = (1, 2)

    orders: BgNbd | OneDropout
    values: GammaGamma
    nominal_level: float = LEVEL
    returned_share: float = 0.0
    mean_purchase: float = 0.0

    def predict(self, customers: pd.DataFrame) -> pd.DataFrame:
        """For each row of ``INPUTS`` (days, money per order) the columns of ``gold.customer_clv``."""
        x, t_x, T, *_ = (customers[name].to_numpy(float) for name in INPUTS)
        alive, value = self.alive_probability(customers), self.value(customers)
        found: dict[str, NDArray] = {"alive_probability": alive}
        for days in (HORIZON, YEAR):
            found[f"expected_orders_{days}d"] = alive * self.orders.expected_if_alive(days, x, T)
            found[f"expected_spend_{days}d"] = found[f"expected_orders_{days}d"] * value
        found["orders_90d_low"], found["orders_90d_high"] = self.interval(x, t_x, T)
        found["lifetime_value"] = alive * self._discounted(x, T) * value
        return pd.DataFrame(found, index=customers.index)

    def of_90_days(self, customers: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Orders and spend that are expected of them."""
        orders = self.orders.expected_orders(HORIZON, *(customers[name] for name in INPUTS[:3]))
        return orders, orders * self.value(customers)

    def alive_probability(self, customers: pd.DataFrame) -> NDArray[np.float64]:
        return self.orders.probability_alive(*(customers[name] for name in INPUTS[:3]))

    def value(self, customers: pd.DataFrame) -> NDArray[np.float64]:
        """Money of an order day, net of what will come back."""
        x, m, purchased, returned = (customers[name].to_numpy(float) for name in (INPUTS[0], *INPUTS[3:]))
        return self.values.expected_value(x, m) * self.kept_share(purchased, returned)

    def longer(self, customers: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """How many times the orders of 90 days come in a year, and in ``MONTHS``, discounted: of who is a customer, so
        that who may have left divides nothing by nothing."""
        x, T = (customers[name].to_numpy(float) for name in (INPUTS[0], INPUTS[2]))
        of_90 = self.orders.expected_if_alive(HORIZON, x, T)
        return self.orders.expected_if_alive(YEAR, x, T) / of_90, self._discounted(x, T) / of_90

    def kept_share(self, purchased: NDArray, returned: NDArray) -> NDArray[np.float64]:
        """Share of a customer's purchases that will not come back: as so far, with one order more of everybody's kind,
        so that one parcel sent back is no verdict for life."""
        all_purchased = np.maximum(purchased, 0) + self.mean_purchase
        all_returned = returned + self.returned_share * self.mean_purchase
        return 1 - np.clip(all_returned / np.maximum(all_purchased, 0.01), 0, 1)

    def as_data(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Clv:
        """Of format 1 too, which knows no ``OneDropout``."""
        orders = OneDropout if "p" in data["orders"] else BgNbd
        return cls(**{**data, "orders": orders(**data["orders"]), "values": GammaGamma(**data["values"])})

    def parameters(self) -> dict[str, float]:
        parts = {"BG/NBD": self.orders, "gamma-gamma": self.values}
        named = {f"{part} {name}": value for part, of in parts.items() for name, value in asdict(of).items()}
        return named | {
            "nominal level": self.nominal_level,
            "returned share": self.returned_share,
            "mean purchase": self.mean_purchase,
        }

    @staticmethod
    def example() -> pd.DataFrame:
        """Two made-up customers, as ``gold.customer_features`` has them."""
        inputs = pd.DataFrame([[0, 0, 30, 0, 20, 0], [5, 80, 120, 25.5, 150, 30]], columns=list(INPUTS), dtype=float)
        rest = [column.name for column in customer_features.columns[1:] if column.name not in INPUTS]
        return inputs.assign(**dict.fromkeys(rest, 1.0))

    def interval(self, x: NDArray, t_x: NDArray, T: NDArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Smallest and largest number of orders in the next 90 days at ``nominal_level``, both ends included."""
        return interval(self.orders, x, t_x, T, self.nominal_level)

    def _discounted(self, x: NDArray, T: NDArray) -> NDArray[np.float64]:
        """Orders of the next ``MONTHS`` of who is a customer, each month discounted to today."""
        month = 365.25 / 12
        before, total = np.zeros_like(x), np.zeros_like(x)
        for n in range(1, MONTHS + 1):
            until = self.orders.expected_if_alive(np.asarray(n * month), x, T)
            total += (until - before) / (1 + ANNUAL_DISCOUNT) ** (n / 12)
            before = until
        return total


def interval(
    orders: BgNbd | OneDropout, x: NDArray, t_x: NDArray, T: NDArray, level: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Quantiles (1 - level)/2 and (1 + level)/2 of the orders in the next 90 days: the smallest y with cdf(y) >= p."""
    most = int(np.ceil(orders.expected_orders(HORIZON, x, t_x, T).max(initial=1) * 4 + 20))
    cdf = orders.order_probabilities(HORIZON, most, x, t_x, T).cumsum(axis=0)
    return (cdf < (1 - level) / 2).sum(axis=0), (cdf < (1 + level) / 2).sum(axis=0)
