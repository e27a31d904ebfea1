"""A lake in a few rows, as models ask it: what was known of a day at another, and of whom at a cut."""

from datetime import date
from decimal import Decimal
from functools import cache

import pandas as pd
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.gold.customer_category_features import customer_category_features
from jobs.gold.customer_department_features import customer_department_features
from jobs.gold.customer_features import customer_features
from jobs.models.examples import Known

Row = tuple[int, date, float, date]  # customer, day, money (below 0: what came back), night that delivered it
Visit = tuple[int, date, str, date]  # customer, day, a department with one category of its name, that night


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


def with_visits(spark, rows: list[Row], visits: list[Visit]) -> Known:
    """The same, where there is also told what was bought."""
    table = known(spark, rows)
    shape = "account_id string, customer_id long, ordered_on date, department string, delivered_on date"
    full = pd.DataFrame([(str(c), c, on, what, d) for c, on, what, d in visits], columns=range(5))
    there = spark.createDataFrame(full, shape).withColumn("categories", F.array("department")).cache()

    def by(day: date) -> DataFrame:
        return there.where((F.col("ordered_on") <= F.lit(day)) & (F.col("delivered_on") <= F.lit(day)))

    def found(name: str, day: date, cut: date) -> DataFrame:
        if name == "gold.account_department_days":
            return by(day).drop("customer_id", "delivered_on")
        if name == "silver.customers":
            return by(cut).select("account_id", "customer_id").distinct()
        shared = (found(part, day, cut) for part in ("gold.account_department_days", "silver.customers"))
        if name == "gold.customer_category_features":
            return customer_category_features(*shared, day)
        if name == "gold.customer_department_features":
            return customer_department_features(*shared, table("gold.customer_features", day, cut), day)
        return table(name, day, cut)

    return found


def on_time(*rows: tuple[int, date, float]) -> list[Row]:
    return [(*row, row[1]) for row in rows]
