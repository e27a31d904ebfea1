"""What somebody is like, as look-alikes are found by it, and in words: of ``gold.customer_traits``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from jobs.models.reasons import Reason

MANY = 50  # customers who share a text before a model names it
TEXTS = ("preferred_daypart", "favourite_department", "favourite_channel", "stage")


@dataclass(frozen=True)
class Trait:
    """Columns that tell one story, and the story."""

    told: str
    columns: tuple[str, ...]


TRAITS = (
    Trait("{orders_91d:.0f} orders in 91 days, {orders:.0f} so far", ("orders", "orders_28d", "orders_91d")),
    Trait("ordered on {order_days:.0f} days", ("order_days", "lines")),
    Trait(
        "last order {days_since_last_order:.0f} days ago, every {mean_days_between_orders:.0f}",
        ("days_since_last_order", "mean_days_between_orders"),
    ),
    Trait(
        "spent {spend_91d:,.0f} in 91 days, {spend_per_order:,.0f} an order",
        ("spend", "spend_28d", "spend_91d", "spend_per_order"),
    ),
    Trait("{lines_per_order:.1f} articles in an order", ("lines_per_order",)),
    Trait("{weekend_order_share:.0%} of orders at the weekend", ("weekend_order_share",)),
    Trait(
        "likes the {preferred_daypart}: {morning_order_share:.0%} before noon, {evening_order_share:.0%} from 17:00",
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


class Unknown:
    """Of what nobody knows, a question mark, however it would be written."""

    def __format__(self, _: str) -> str:
        return "?"


def vocabulary(customers: pd.DataFrame) -> dict[str, list[str]]:
    """Of each text the values that many share, sorted."""
    many = {name: customers[name].value_counts() for name in TEXTS}
    return {name: sorted(of.index[of >= MANY]) for name, of in many.items()}


def features(customers: pd.DataFrame, words: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """A column each: numbers, missing where nothing is known, and whether a text is one of the ``words``."""
    found = {name: customers[name].to_numpy(float) for name in NUMBERS}
    found |= {f"{name} {of}": (customers[name] == of).to_numpy(float) for name in TEXTS for of in words[name]}
    return pd.DataFrame(found)


def typical(members: pd.DataFrame) -> dict[str, Any]:
    """Of many customers the median of each number, and the text that most have; None where nobody has any."""
    numbers = {name: np.asarray(members[name].dropna(), float) for name in NUMBERS}
    found: dict[str, Any] = {name: float(np.median(of)) if len(of) else None for name, of in numbers.items()}
    return found | {name: next(iter(members[name].mode()), None) for name in TEXTS}


def reasons(names: Sequence[str], members: Mapping[str, Any]) -> list[Reason]:
    """Of features ``names``, each with what is typical of the ``members``: who is alike, and in what not."""
    return [
        Reason(tuple(of), partial(_words, trait.told, tell(trait.told, members)))
        for trait in TRAITS
        if (of := [name for name in names if name.partition(" ")[0] in trait.columns])
    ]


def _words(told: str, of_members: str, row: Any) -> str:
    return f"{tell(told, row._asdict())}; members usually {of_members}"


def tell(told: str, values: Mapping[str, Any]) -> str:
    return told.format_map({name: Unknown() if pd.isna(values[name]) else values[name] for name in COLUMNS})
