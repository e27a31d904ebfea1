"""``silver.customers``: an account's customer number, issued once.

The number is the hash of the account in 53 bits, so that every tool that counts in doubles shows it right; where two
collide, the later one gets the next free number. With ten million accounts that happens to one in two hundred lakes.
"""

from __future__ import annotations

from functools import reduce

import pandas as pd
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

BITS, BITS_OF_NEIGHBOURS = 53, 20
SHAPE = "account_id string, customer_id long, known_on date, is_issued boolean"


def customers(
    orders: DataFrame,
    order_lines: DataFrame,
    accounts: DataFrame,
    members: DataFrame,
    campaign_targets: DataFrame,
    redemptions: DataFrame,
    customers: DataFrame,
) -> DataFrame:
    """``customers`` as issued before, and the accounts of what was delivered since; known from the first night."""
    named = [
        frame.where("account_id is not null").select("account_id", F.col("delivered_on").alias("known_on"))
        for frame in (orders, order_lines, accounts, members, campaign_targets, redemptions)
    ]
    seen = reduce(DataFrame.union, named).groupBy("account_id").agg(F.min("known_on").alias("seen_on"))
    issued = customers.withColumnRenamed("customer_id", "issued_id")
    every = issued.join(seen, "account_id", "full").select(
        "account_id",
        F.coalesce("issued_id", hashed("account_id")).alias("customer_id"),
        F.least("known_on", "seen_on").alias("known_on"),
        F.col("issued_id").isNotNull().alias("is_issued"),
    )
    return without_collisions(every).select("account_id", "customer_id", "known_on")


def hashed(name: str) -> Column:
    """A number of ``BITS`` bits, the same wherever and whenever it is computed."""
    return F.pmod(F.xxhash64(name), F.lit(2**BITS))


def without_collisions(accounts: DataFrame) -> DataFrame:
    """Accounts whose number no other has stay; among the others and their near neighbours who came later moves on."""
    neighbours = F.shiftrightunsigned("customer_id", BITS_OF_NEIGHBOURS)
    placed = accounts.withColumn("neighbours", neighbours)
    twice = placed.groupBy("customer_id").agg(F.count("*").alias("many"), F.first("neighbours").alias("neighbours"))
    contested = F.broadcast(twice.where("many > 1").select("neighbours").distinct())
    alone = placed.join(contested, "neighbours", "leftanti").select(
        "account_id", "customer_id", "known_on", "is_issued"
    )
    # a pandas function, since the next free number depends on the numbers given before; it sees a few rows, if any
    moved = placed.join(contested, "neighbours", "leftsemi").groupBy("neighbours").applyInPandas(next_free, SHAPE)
    return alone.union(moved)


def next_free(accounts: pd.DataFrame) -> pd.DataFrame:
    """Each wanted number, or the next free one, going round among the neighbours; who has one keeps it."""
    ranked = accounts.sort_values(["is_issued", "known_on", "account_id"], ascending=[False, True, True])
    taken: set[int] = set()
    numbers = []
    for wanted in ranked["customer_id"]:
        number = int(wanted)
        first = number >> BITS_OF_NEIGHBOURS << BITS_OF_NEIGHBOURS
        while number in taken:
            number = first + (number + 1 - first) % 2**BITS_OF_NEIGHBOURS
        taken.add(number)
        numbers.append(number)
    return ranked.assign(customer_id=numbers)[["account_id", "customer_id", "known_on", "is_issued"]]
