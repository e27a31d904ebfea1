"""What customers like, as the job finds it in the days of samples/scale, beside what its truth says that they do."""

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from jobs.gold.customer_preferences import customer_preferences
from samples.complete_journey import BUSINESS_DAY, FIRST_DAY
from samples.many_doors.accounts import Desk
from samples.scale import goods, lives
from samples.scale.block import happen
from samples.scale.build import OTHERS, City, blocks
from tests.conftest import frame

CUSTOMERS, DAYS, SEED = 800, 365, 3


@pytest.fixture(scope="module")
def liked(spark) -> pd.DataFrame:
    """A row per customer, what the job says beside ``hour``, ``door`` and ``watches`` prices of the truth."""
    [persons] = blocks(City(OTHERS + SEED), CUSTOMERS)
    prices, draw = goods.prices(SEED), np.random.default_rng(SEED)
    block = happen(persons, lives.Members(), Desk(SEED, 1), prices, DAYS, 1, draw)
    account, first = "card:" + block.orders["who"].astype(str), block.orders[~block.orders["is_back"]]
    orders = first.assign(account_id=account, hour=first["at"].dt.tz_convert(BUSINESS_DAY).dt.hour)
    stores = [
        {"account_id": of.account_id, "ordered_on": of.day, "channel": of.door, "orders": 1, "hours": [of.hour]}
        for of in orders.itertuples()
    ]
    sold = block.lines[~block.lines["is_back"]].merge(orders[["order", "account_id", "day"]], on="order")
    departments = pd.Series([of.department for of in goods.CATEGORIES])
    sold = sold.assign(department=departments[sold["category"]].to_numpy(), cheap=sold["card"] > 0)
    days = sold.groupby(["account_id", "day_y", "department"])["cheap"].agg(["size", "sum"]).reset_index()
    kinds = [
        {"account_id": account, "ordered_on": day, "department": of, "lines": size, "discounted_lines": cheap}
        for account, day, of, size, cheap in days.itertuples(index=False)
    ]
    customers = [{"account_id": f"card:{n}", "customer_id": n} for n in range(CUSTOMERS)]
    found = customer_preferences(
        frame(spark, "gold.account_store_days", *stores),
        frame(spark, "gold.account_department_days", *kinds),
        frame(spark, "gold.customer_products"),
        frame(spark, "silver.customers", *customers),
        frame(spark, "silver.products"),
        FIRST_DAY + timedelta(days=DAYS - 1),
    ).toPandas()
    truth = {"hour": block.lives.hour, "door": [of[0] for of in block.likes], "watches": block.lives.price > 1}
    return found.join(pd.DataFrame(truth), on="customer_id")


def test_their_hour_and_door_are_found_and_are_as_sure_as_they_say(liked):
    known = liked[liked["preferred_hour_orders"] >= 6]
    assert (known["preferred_hour"] == known["hour"]).mean() > 0.98
    assert (known["preferred_channel"] == known["door"]).mean() > 0.98
    seldom = liked[liked["preferred_hour_orders"].between(1, 2)]  # 62.7 % come in their hour; of one order nobody knows
    assert seldom["preferred_hour_share"].mean() < 0.45 < (seldom["preferred_hour"] == seldom["hour"]).mean()
    assert known["preferred_hour_share"].mean() == pytest.approx(0.6 + 0.4 / 15, abs=0.06)


def test_who_watches_prices_is_told_better_than_by_the_share_on_offer(liked):
    ratio, share = (roc_auc_score(liked["watches"], liked[of]) for of in ("promotion_ratio", "discounted_share"))
    assert ratio > 0.92 and ratio > share
    often = liked[liked["promotion_lines"] >= 60].groupby("watches")["promotion_ratio"].mean()
    assert often[True] > 1.5 and often[False] < 0.75
