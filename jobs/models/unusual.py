"""Which customers are unusual in a way that costs the shop, how much, and by what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jobs.arrays import Floats
from jobs.models.learned import Learned
from jobs.models.reasons import TOLD, Reason
from jobs.statistics.isolation import Forest
from jobs.statistics.shrinkage import Prior, events

#: Share -> the part, the whole, and of how many days or campaigns it was told.
SHARES = {
    "returned_share": ("returned", "purchased", "order_days"),
    "returned_share_90d": ("returned_90d", "purchased_90d", "order_days_90d"),
    "return_day_share": ("return_days", "order_days", "order_days"),
    "coupon_share": ("couponed", "purchased", "order_days"),
    "coupon_day_share": ("coupon_days", "order_days", "order_days"),
    "redeemed_share": ("redemptions", "campaigns", "campaigns"),
}
AS_THEY_ARE = ("accounts", "others_at_address", "others_on_card", "most_orders_on_a_day", "largest_deviation")
FEATURES = (*SHARES, *AS_THEY_ARE)
BORDERS = {2: 0.8, 3: 0.95, 4: 0.98, 5: 0.995}  # tier -> share of the customers that it was learned from below it
UNUSUAL = 3.5  # robust deviations of a day (Iglewicz and Hoaglin 1993)
APART, APART_FROM = 0.6, 4  # the score from which Liu and others see anomalies; the tiers that need it
EXPLAINED, LEAST = 3, 0.01  # the tier from which there are reasons; how much of a score is one


@dataclass(frozen=True)
class Risk(Learned):
    """``priors``: what is usual of each share; ``floors`` (features,): what is less than them is no risk, and counts as
    much; ``borders`` (4,): the scores above which tiers 2 to 5 begin."""

    FORMATS: ClassVar = (1,)

    priors: Mapping[str, Prior]
    floors: Floats
    forest: Forest
    borders: Floats

    def predict(self, customers: pd.DataFrame) -> pd.DataFrame:
        """For each row of ``gold.customer_risk_features`` the scores of ``gold.customer_risk``."""
        known = self.told(customers)
        score = self.forest.score(known)
        tier = 1 + np.searchsorted(self.borders, score)  # whom nothing tells apart from most are with them
        found = pd.DataFrame({"risk_score": score, "risk_tier": tier.astype(np.int32)}, index=customers.index)
        words = np.full((len(customers), TOLD), None, dtype=object)
        is_told = tier >= EXPLAINED
        words[is_told] = self._reasons(customers[is_told], known[is_told], score[is_told])
        return found.assign(**{f"reason_{n + 1}": words[:, n] for n in range(TOLD)})

    def told(self, customers: pd.DataFrame) -> Floats:
        """What the forest looks at, shape (n, features)."""
        return np.maximum(features(customers, self.priors), self.floors)

    def _reasons(self, customers: pd.DataFrame, known: Floats, score: Floats) -> NDArray:
        """In words, shape (n, 3): by how much the score falls where all that tells one story is as usual (occlusion,
        Zeiler and Fergus 2014)."""
        falls = np.empty((len(known), len(REASONS)))
        for n, reason in enumerate(REASONS):
            is_of_it = np.isin(FEATURES, reason.features)
            falls[:, n] = score - self.forest.score(np.where(is_of_it, self.floors, known))
        order = np.argsort(-falls, axis=1, kind="stable")[:, :TOLD]
        usual = {f"usual_{name}": prior.mean for name, prior in self.priors.items()}
        rows = customers.assign(**usual).itertuples()
        words = [
            [REASONS[n].words(row) if of[n] >= LEAST else None for n in which]
            for row, which, of in zip(rows, order, falls, strict=True)
        ]
        return np.array(words, dtype=object).reshape(len(known), TOLD)

    def as_data(self) -> dict[str, Any]:
        priors = {name: vars(prior) for name, prior in self.priors.items()}
        arrays = {"floors": self.floors.tolist(), "borders": self.borders.tolist()}
        return arrays | {"priors": priors, "forest": self.forest.as_data()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Risk:
        priors = {name: Prior(**of) for name, of in data["priors"].items()}
        forest = Forest.from_data(data["forest"])
        return cls(priors, np.array(data["floors"]), forest, np.array(data["borders"]))

    @staticmethod
    def example() -> pd.DataFrame:
        """Two made-up customers."""
        whole = {"order_days": 20, "purchased": 400.0, "order_days_90d": 9, "purchased_90d": 180.0, "campaigns": 3}
        none = {"return_days": 0, "returned": 0.0, "returned_90d": 0.0, "coupon_days": 0, "couponed": 0.0}
        none |= {"redemptions": 0, "others_at_address": 0, "others_on_card": 0, "unusual_days_90d": 0}
        none |= {"accounts": 1, "most_orders_on_a_day": 1, "largest_deviation": 1.5, "largest_spend": 40.0}
        usual = whole | none | {"usual_spend": 20.0}
        lost = {"returned": 150.0, "return_days": 8, "coupon_days": 9, "redemptions": 9, "others_at_address": 6}
        return pd.DataFrame([usual, usual | lost])

    def parameters(self) -> dict[str, Any]:
        shares = {f"usual {name}": prior.mean for name, prior in self.priors.items()}
        return shares | {"trees": len(self.forest.roots), "nodes": len(self.forest.feature)}


def features(customers: pd.DataFrame, priors: Mapping[str, Prior]) -> Floats:
    """Shape (n, features): shares of few days are near the usual ones."""
    shares = [priors[name].shrunk(*events(customers, *of)) for name, of in SHARES.items()]
    return np.column_stack([*shares, *(customers[name].to_numpy(float) for name in AS_THEY_ARE)])


def floors(told: Floats, priors: Mapping[str, Prior]) -> Floats:
    """Of shares what is usual, of counts the median, of deviations what makes a day unusual; shape (features,)."""
    counts = np.median(told[:, len(SHARES) : -1], axis=0)
    return np.array([*(priors[name].mean for name in SHARES), *counts, UNUSUAL])


def borders(scores: Floats) -> Floats:
    """Where tiers 2 to 5 begin: nobody is in the last two who is no anomaly, however few are left."""
    found = np.quantile(scores, list(BORDERS.values()))
    return np.maximum(found, [APART if tier >= APART_FROM else 0 for tier in BORDERS])


def _returns(row: Any) -> str:
    so_far, lately = (_share(row, name) for name in ("returned_share", "returned_share_90d"))
    days = f"on {_many(row.return_days, 'day')}, bought on {row.order_days:.0f}"
    return f"returned {so_far:.0%} of purchases, of late {lately:.0%}, others {row.usual_returned_share:.1%}; {days}"


def _coupons(row: Any) -> str:
    share, usual = _share(row, "coupon_day_share"), row.usual_coupon_day_share
    return f"coupons on {share:.0%} of days with a purchase, others {usual:.1%}"


def _share(row: Any, name: str) -> float:
    part, whole = (getattr(row, of) for of in SHARES[name][:2])
    return min(part / whole, 1) if whole > 0 else float(part > 0)


def _redeemed(row: Any) -> str:
    return f"redeemed {_many(row.redemptions, 'coupon')}, was sent {_many(row.campaigns, 'campaign')}"


def _spent(row: Any) -> str:
    return f"spent {row.largest_spend:,.0f} on a day, usually {row.usual_spend:,.0f}"


def _many(many: float, what: str) -> str:
    return f"{many:.0f} {what}{'s' * (many != 1)}"


REASONS = (
    Reason(("returned_share", "returned_share_90d", "return_day_share"), _returns),
    Reason(("coupon_share", "coupon_day_share"), _coupons),
    Reason(("redeemed_share",), _redeemed),
    Reason(("others_at_address",), lambda row: f"{_many(row.others_at_address, 'other customer')} at their address"),
    Reason(
        ("others_on_card",), lambda row: f"shares a payment card with {_many(row.others_on_card, 'other customer')}"
    ),
    Reason(("accounts",), lambda row: f"{_many(row.accounts, 'account')} of one kind"),
    Reason(("most_orders_on_a_day",), lambda row: f"{_many(row.most_orders_on_a_day, 'order')} on one day"),
    Reason(("largest_deviation",), _spent),
)
