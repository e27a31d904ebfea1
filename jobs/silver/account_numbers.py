"""``silver.account_numbers``: an account's own number, issued once.

The number is the hash of the account in 53 bits, so that every tool that counts in doubles shows it right; where two
collide, the later one gets the next free number. With ten million accounts that happens to one in two hundred lakes.
"""

from __future__ import annotations

from functools import reduce

import pandas as pd
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

BITS, BITS_OF_NEIGHBOURS = 53, 20
SHAPE = "account_id string, account_number long, known_on date, seniority long"


def account_numbers(
    orders: DataFrame,
    order_lines: DataFrame,
    accounts: DataFrame,
    members: DataFrame,
    campaign_targets: DataFrame,
    redemptions: DataFrame,
    account_numbers: DataFrame,
) -> DataFrame:
    """``account_numbers`` as issued before, and the accounts of what was delivered since, in the order in which they
    were known; known from the first night."""
    named = [
        frame.where("account_id is not null").select("account_id", F.col("delivered_on").alias("seen_on"))
        for frame in (orders, order_lines, accounts, members, campaign_targets, redemptions)
    ]
    seen = reduce(DataFrame.union, named).groupBy("account_id").agg(F.min("seen_on").alias("seen_on"))
    every = account_numbers.join(seen, "account_id", "full").select(
        "account_id",
        F.coalesce("account_number", hashed("account_id")).alias("account_number"),
        F.least("known_on", "seen_on").alias("known_on"),
        "seniority",
    )
    return in_order(without_collisions(every))


def in_order(accounts: DataFrame) -> DataFrame:
    """Who has no place yet comes after all who have one."""
    last = F.coalesce(F.max("seniority").over(Window.partitionBy()), F.lit(0))
    place = F.row_number().over(Window.partitionBy("is_new").orderBy("known_on", "account_id"))
    placed = accounts.withColumn("is_new", F.col("seniority").isNull()).withColumns({"last": last, "place": place})
    seniority = F.coalesce("seniority", F.col("last") + F.col("place"))
    return placed.select("account_id", "account_number", "known_on", seniority.alias("seniority"))


def hashed(name: str) -> Column:
    """A number of ``BITS`` bits, the same wherever and whenever it is computed."""
    return F.pmod(F.xxhash64(name), F.lit(2**BITS))


def without_collisions(accounts: DataFrame) -> DataFrame:
    """Accounts whose number no other has stay; among the others and their near neighbours who came later moves on."""
    of_neighbours = Window.partitionBy("neighbours")
    placed = accounts.withColumn("neighbours", F.shiftrightunsigned("account_number", BITS_OF_NEIGHBOURS))
    placed = placed.withColumn("many", F.count("*").over(Window.partitionBy("neighbours", "account_number")))
    placed = placed.withColumn("is_contested", F.max(F.col("many") > 1).over(of_neighbours))
    alone = placed.where("not is_contested").select(*accounts.columns)
    # a pandas function, since the next free number depends on the numbers given before; it sees a few rows, if any
    moved = placed.where("is_contested").groupBy("neighbours").applyInPandas(next_free, SHAPE)
    return alone.union(moved)


def next_free(accounts: pd.DataFrame) -> pd.DataFrame:
    """Each wanted number, or the next free one, going round among the neighbours; who has one keeps it."""
    ranked = accounts.sort_values(["seniority", "known_on", "account_id"], na_position="last")
    taken: set[int] = set()
    numbers = []
    for wanted in ranked["account_number"]:
        number = int(wanted)
        first = number >> BITS_OF_NEIGHBOURS << BITS_OF_NEIGHBOURS
        while number in taken:
            number = first + (number + 1 - first) % 2**BITS_OF_NEIGHBOURS
        taken.add(number)
        numbers.append(number)
    return ranked.assign(account_number=numbers)[["account_id", "account_number", "known_on", "seniority"]]
