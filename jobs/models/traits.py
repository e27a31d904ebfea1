"""What somebody is like, as look-alikes are found by it, and in words: of ``gold.customer_audience_features``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jobs.models.reasons import Reason

MANY = 50  # customers who share a text, or a category, before a model names it
CATEGORIES = 100  # at most, those that most bought
TEXTS = ("preferred_daypart", "favourite_department", "favourite_channel", "stage")


@dataclass(frozen=True)
class Trait:
    """Columns that tell one story, and the story."""

    told: str
    columns: tuple[str, ...]


TRAITS = (
    Trait("{orders_91d:.0f} orders in 91 days, {orders:.0f} so far", ("orders", "orders_28d", "orders_91d")),
    Trait("{order_days:.0f} days with an order, {lines:.0f} articles", ("order_days", "lines")),
    Trait(
        "days since the last order {days_since_last_order:.0f}, between orders {mean_days_between_orders:.0f}",
        ("days_since_last_order", "mean_days_between_orders"),
    ),
    Trait(
        "spent {spend_91d:,.0f} in 91 days, {spend_per_order:,.0f} an order",
        ("spend", "spend_28d", "spend_91d", "spend_per_order"),
    ),
    Trait("{lines_per_order:.1f} articles in an order", ("lines_per_order",)),
    Trait("{weekend_order_share:.0%} of orders at the weekend", ("weekend_order_share",)),
    Trait(
        "mostly {preferred_daypart}: {morning_order_share:.0%} before noon, {evening_order_share:.0%} from 17:00",
        ("preferred_daypart", "morning_order_share", "evening_order_share"),
    ),
    Trait(
        "{stores:.0f} stores, {favourite_store_share:.0%} of orders in one", ("stores", "favourite_store_share")
    ),
    Trait(
        "{departments:.0f} departments, {favourite_department_share:.0%} of money in {favourite_department}",
        ("departments", "favourite_department", "favourite_department_share"),
    ),
    Trait("{private_label_share:.0%} of money for the shop's own brand", ("private_label_share",)),
    Trait("{returned_share:.0%} of purchases brought back", ("returned_share",)),
    Trait("saves {discount_share:.0%} by discounts", ("discount_share",)),
    Trait("{promotion_ratio:.2f} times as much on offer as others", ("promotion_ratio",)),
    Trait("{novelty_share:.0%} of what they buy is new to them", ("novelty_share",)),
    Trait("{large_pack_share:.0%} of packs are large", ("large_pack_share",)),
    Trait(
        "{channels:.0f} channels, {favourite_channel_share:.0%} of orders in {favourite_channel}",
        ("channels", "favourite_channel", "favourite_channel_share"),
    ),
    Trait(
        "looked at {views_91d:.0f} products in 91 days, searched {searches_91d:.0f} times",
        ("views_91d", "searches_91d", "carts_91d", "carts_left_91d"),
    ),
    Trait("{tickets:.0f} tickets, {open_tickets:.0f} open", ("tickets", "open_tickets", "mean_satisfaction")),
    Trait("{reviews:.0f} reviews, {mean_stars:.1f} stars on average", ("reviews", "mean_stars")),
    Trait(
        "sent {campaigns_received:.0f} campaigns, redeemed {coupons_redeemed:.0f} coupons",
        ("campaigns_received", "coupons_redeemed"),
    ),
    Trait("stage {stage}", ("stage",)),
)  # fmt: skip
COLUMNS = [column for trait in TRAITS for column in trait.columns]
NUMBERS = [column for column in COLUMNS if column not in TEXTS]
BOUGHT = ("categories", "category_days")
NEEDS = ("customer_id", "audiences", *COLUMNS, *BOUGHT)


class Unknown:
    """Of what nobody knows, a question mark, however it would be written."""

    def __format__(self, _: str) -> str:
        return "?"


def vocabulary(customers: pd.DataFrame) -> dict[str, list[str]]:
    """Of each text the values that many share, and the categories that many bought; sorted."""
    many = {name: customers[name].value_counts() for name in TEXTS}
    bought = customers["categories"].explode().dropna().value_counts().sort_index()
    many["categories"] = bought.sort_values(ascending=False, kind="stable").head(CATEGORIES)
    return {name: sorted(of.index[of >= MANY]) for name, of in many.items()}


def features(customers: pd.DataFrame, words: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """A column each: numbers, missing where nothing is known, whether a text is one of the ``words``, and the share of
    days with each category."""
    found = {name: customers[name].to_numpy(float) for name in NUMBERS}
    found |= {f"{name} {of}": (customers[name] == of).to_numpy(float) for name in TEXTS for of in words[name]}
    shares = _bought(customers, words["categories"])
    return pd.DataFrame(found | {f"categories {of}": shares[:, n] for n, of in enumerate(words["categories"])})


def _bought(customers: pd.DataFrame, categories: Sequence[str]) -> NDArray[np.float64]:
    """On which share of days with an order each was bought, shape (n, categories)."""
    found = np.zeros((len(customers), len(categories)))
    row = np.repeat(np.arange(len(customers)), customers["categories"].map(len).to_numpy(int))
    names, days = (np.concatenate([[], *customers[name]]) for name in BOUGHT)
    place = pd.Index(categories, dtype=object).get_indexer(names.astype(object))
    is_named = place >= 0
    found[row[is_named], place[is_named]] = days[is_named].astype(float)
    return found / np.maximum(customers["order_days"].to_numpy(float), 1)[:, None]


def typical(members: pd.DataFrame, categories: Sequence[str]) -> dict[str, Any]:
    """Of many customers the median of each number, the text that most have, None where nobody has any, and the mean
    share of each category."""
    numbers = {name: np.asarray(members[name].dropna(), float) for name in NUMBERS}
    found: dict[str, Any] = {name: float(np.median(of)) if len(of) else None for name, of in numbers.items()}
    found |= {name: next(iter(members[name].mode()), None) for name in TEXTS}
    return found | {
        "categories": dict(zip(categories, _bought(members, categories).mean(axis=0).tolist(), strict=True))
    }


def reasons(names: Sequence[str], members: Mapping[str, Any]) -> list[Reason]:
    """Of features ``names``, each with what is typical of the ``members``: who is alike, and in what not."""
    stories = [
        Reason(tuple(of), partial(_words, trait.told, tell(trait.told, members)))
        for trait in TRAITS
        if (of := [name for name in names if name.partition(" ")[0] in trait.columns])
    ]
    shares = members["categories"].items()
    return stories + [Reason((f"categories {of}",), partial(_category, of, share)) for of, share in shares]


def _words(told: str, of_members: str, row: Any) -> str:
    return f"{tell(told, row._asdict())}; members: {of_members}"


def _category(name: str, of_members: float, row: Any) -> str:
    days = dict(zip(row.categories, row.category_days, strict=True)).get(name, 0)
    return f"{name} on {days / max(row.order_days, 1):.0%} of days with an order; members: {of_members:.0%}"


def tell(told: str, values: Mapping[str, Any]) -> str:
    return told.format_map({name: Unknown() if pd.isna(values[name]) else values[name] for name in COLUMNS})
