"""A lake in a few rows, as models ask it: what was known of a day at another, and of whom at a cut."""

from datetime import date
from decimal import Decimal
from functools import cache

import pandas as pd
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.gold.customer_features import customer_features
from jobs.models.examples import Known

Row = tuple[int, date, float, date]  # customer, day, money (below 0: what came back), night that delivered it


def known(spark, rows: list[Row]) -> Known:
    """A lake that knows of each day what had been delivered, and of each cut who had been there."""
    shape = "customer_id long, ordered_on date, delivered_on date, orders long, lines long, purchased decimal(18,2), "
    shape += "returned decimal(18,2), spend decimal(18,2)"
    full = [(c, on, d, int(v > 0), int(v > 0), max(v, 0.0), max(-v, 0.0), v) for c, on, v, d in rows]
    discounts = dict.fromkeys(("card_discount", "coupon_discount", "coupon_match"), F.lit(0).cast("decimal(18,2)"))
    typed = pd.DataFrame(full, columns=[name.split()[0] for name in shape.split(", ")])
    money = {name: typed[name].map(lambda v: Decimal(f"{v:.2f}")) for name in ("purchased", "returned", "spend")}
    every = spark.createDataFrame(typed.assign(**money), shape).withColumns(discounts).cache()

    def by(day: date) -> DataFrame:
        return every.where((F.col("ordered_on") <= F.lit(day)) & (F.col("delivered_on") <= F.lit(day)))

    @cache
    def table(name: str, day: date, cut: date) -> DataFrame:
        days = by(day).join(by(cut).select("customer_id").distinct(), "customer_id", "leftsemi").drop("delivered_on")
        return (days if name == "gold.customer_days" else customer_features(days, cut)).cache()

    return table


def on_time(*rows: tuple[int, date, float]) -> list[Row]:
    return [(*row, row[1]) for row in rows]
