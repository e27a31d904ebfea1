"""What is sold: twelve categories, each with a pace and a price, when they are cheap, and what is written of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samples.complete_journey import FIRST_DAY
from samples.deliveries import place, write_csv

Number = TypeVar("Number", int, NDArray, pd.Series)


@dataclass(frozen=True)
class Category:
    """``every``: days between two purchases of the customer in the middle; ``share``: of customers who ever buy it."""

    name: str
    department: str
    every: int
    share: float
    price: float


CATEGORIES = (
    Category("MILK", "DAIRY", 10, 0.6, 3.2),
    Category("BREAD", "BAKERY", 12, 0.5, 2.8),
    Category("FRUIT", "PRODUCE", 14, 0.5, 4.5),
    Category("DIAPERS", "BABY", 14, 0.08, 18),
    Category("MEAT", "MEAT", 20, 0.35, 8),
    Category("SNACKS", "GROCERY", 21, 0.4, 3.5),
    Category("SOFT DRINKS", "GROCERY", 21, 0.3, 4),
    Category("PET FOOD", "PETS", 25, 0.2, 12),
    Category("COFFEE", "GROCERY", 28, 0.4, 7.5),
    Category("WINE", "SPIRITS", 30, 0.2, 11),
    Category("PAPER", "HOUSEHOLD", 45, 0.4, 9),
    Category("SOAP", "HOUSEHOLD", 60, 0.35, 6),
)
ARTICLES = 25  # of each category
CHEAPER = 0.25  # off the price, for everybody
LASTS, COUPON = 14, 100  # of a campaign: days; cents off
OF_PRODUCTS = ("product_id", "manufacturer_id", "department", "brand", "product_category", "product_type")


def number(category: Number, article: Number) -> Number:
    """The product's number, or those of many."""
    return 1_000_000 + 1_000 * category + article


def is_cheap(category: NDArray | int, day: NDArray) -> NDArray:
    """Each category is for three days in 28, always of the same weekdays."""
    return (day + 5 * category) % 28 < 3


@dataclass(frozen=True)
class Campaign:
    """For one category, 14 days in 28; every second member of the day before is sent it, whoever they are."""

    number: int
    category: int
    starts: int

    @property
    def starts_on(self) -> date:
        return FIRST_DAY + timedelta(days=self.starts)


def campaigns(days: int) -> list[Campaign]:
    return [Campaign(101 + n, n % len(CATEGORIES), start) for n, start in enumerate(range(14, days - LASTS, 28))]


def coupon(campaign: int) -> int:
    """The code that is printed on it."""
    return 90_000_000_000 + campaign


def prices(seed: int) -> NDArray:
    """In cents: a row a category, a column an article."""
    spread = np.random.default_rng([seed, 1]).lognormal(0, 0.3, (len(CATEGORIES), ARTICLES))
    return np.round(100 * spread * [[of.price] for of in CATEGORIES]).astype(int)


def write(landing: Path, days: int, until: date) -> int:
    """The product master, and the campaigns with their coupons on the day before they start."""
    rows = [
        (number(n, article), 1 + article % 9, of.department, ("National", "Private")[article % 5 == 0], of.name,
         f"{of.name} {article + 1}", f"{4 + article} OZ")
        for n, of in enumerate(CATEGORIES) for article in range(ARTICLES)
    ]  # fmt: skip
    many = write_csv(place(landing, "store/products", FIRST_DAY, "products.csv"), (*OF_PRODUCTS, "package_size"), rows)
    for campaign in campaigns(days):
        start, end = campaign.starts_on, campaign.starts_on + timedelta(days=LASTS - 1)
        night = start - timedelta(days=1)
        if night > until:
            continue
        head = ("campaign_id", "campaign_type", "start_date", "end_date")
        file = place(landing, "marketing/campaigns", night, "campaigns.csv")
        many += write_csv(file, head, [(campaign.number, "Type B", start, end)])
        good_for = [(coupon(campaign.number), number(campaign.category, n), campaign.number) for n in range(ARTICLES)]
        file = place(landing, "marketing/coupons", night, "coupons.csv")
        many += write_csv(file, ("coupon_upc", "product_id", "campaign_id"), good_for)
    return many
