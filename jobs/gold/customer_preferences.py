"""``gold.customer_preferences``: what each customer likes, and how sure that is."""

from datetime import date, timedelta
from functools import reduce

import pandas as pd
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from expectations.gold.customer_preferences import customer_preferences as contract
from jobs.gold.customer_behaviour import share, with_zeros
from jobs.gold.customer_rfm import QUINTILES, quintile
from jobs.statistics import empirical_bayes

HISTORY, LATELY, OFTEN = timedelta(days=365), timedelta(days=91), 3
DAYPARTS = {"night": 0, "morning": 6, "noon": 11, "afternoon": 14, "evening": 17}  # from this hour on
LIKED = {name: name for name in ("channel", "weekday", "hour", "daypart", "time")} | {"store": "store_id"}
FEWEST_ALIKE = 3  # products of a type and a unit, below which no pack is large


def customer_preferences(
    account_store_days: DataFrame,
    account_department_days: DataFrame,
    customer_products: DataFrame,
    customers: DataFrame,
    products: DataFrame,
    as_of: date,
) -> DataFrame:
    """One row per customer who bought something within the year."""
    whose, on = customers.select("account_id", "customer_id"), F.col("ordered_on")
    at_stores, of_kinds = (
        days.where((on <= F.lit(as_of)) & (on > F.lit(as_of - HISTORY))).join(whose, "account_id")
        for days in (account_store_days, account_department_days)
    )
    seen = [*of_orders(at_stores), of_novelty(customer_products, as_of), of_packs(customer_products, products)]
    parts = [
        of_habits(reduce(DataFrame.unionByName, seen)),
        of_promotions(of_kinds),
        of_categories(of_kinds.where(on > F.lit(as_of - LATELY))),
    ]
    every = at_stores.select("customer_id").distinct()
    joined = reduce(lambda left, right: left.join(right, "customer_id", "left"), parts, every)
    return with_quintile(joined).select(*with_zeros(contract.columns))


def counted(rows: DataFrame, values: dict[str, Column], many: Column) -> DataFrame:
    """``customer_id``, ``what``, ``value`` and how ``many``; what is null is not known."""
    each = F.explode(F.array(*(F.struct(F.lit(of).alias("what"), values[of].alias("value")) for of in values)))
    told = rows.select("customer_id", each.alias("one"), many.alias("many")).select("customer_id", "one.*", "many")
    known = told.where("value is not null and many > 0")
    return known.groupBy("customer_id", "what", "value").agg(F.sum("many").alias("many"))


def of_orders(at_stores: DataFrame) -> tuple[DataFrame, DataFrame]:
    """Each order by its channel, store and weekday, and by its hour, where that is known."""
    weekday, hour = F.date_format("ordered_on", "EEE"), F.col("hour")
    by_day = {"channel": F.col("channel"), "store": F.col("store_id"), "weekday": weekday}
    daypart = F.lit(None).cast("string")
    for name, start in DAYPARTS.items():
        daypart = F.when(hour >= start, name).otherwise(daypart)
    by_hour = {"hour": hour.cast("string"), "daypart": daypart, "time": F.concat_ws(" ", weekday, daypart)}
    timed = at_stores.withColumn("hour", F.explode("hours"))
    return counted(at_stores, by_day, F.col("orders")), counted(timed, by_hour, F.lit(1))


def of_novelty(customer_products: DataFrame, as_of: date) -> DataFrame:
    """Of products bought lately those that are new; nothing of who has not bought for as long again before."""
    since = F.lit(as_of - LATELY)
    began = F.min("first_bought_on").over(Window.partitionBy("customer_id"))
    known = customer_products.withColumn("began", began).where(F.col("began") <= F.lit(as_of - 2 * LATELY))
    value = F.when(F.col("first_bought_on") > since, "new").otherwise("known")
    return counted(known.where(F.col("last_bought_on") > since), {"novelty": value}, F.lit(1))


def of_packs(customer_products: DataFrame, products: DataFrame) -> DataFrame:
    """Packs beside the middle one of their type and unit, in the product master."""
    alike = Window.partitionBy("department", "category", "product_type", "package_unit")
    amount, middle = F.col("package_amount").cast("double"), F.col("middle")
    sized = products.where("package_amount > 0 and package_unit is not null and product_type is not null")
    sized = sized.withColumns({"middle": F.median(amount).over(alike), "alike": F.count("*").over(alike)})
    pack = F.when(amount > middle, "large").when(amount < middle, "small")
    known = sized.where(F.col("alike") >= FEWEST_ALIKE).select("product_id", pack.alias("pack"))
    days = customer_products.join(F.broadcast(known.where("pack is not null")), "product_id")
    return counted(days, {"pack": F.col("pack")}, F.col("product_days"))


def of_habits(counts: DataFrame) -> DataFrame:
    """What is likeliest of each kind, and of the two that are one or the other the share of one."""
    shape = "customer_id long, what string, value string, share double, observations long"
    found = counts.groupBy("what").applyInPandas(likeliest, shape)

    def of(what: str, value: Column) -> Column:
        return F.max(F.when(F.col("what") == what, value))

    value, likely, many = F.col("value"), F.col("share"), F.col("observations")
    wanted = {f"preferred_{LIKED[what]}": of(what, value) for what in LIKED}
    wanted |= {f"preferred_{what}_share": of(what, likely) for what in LIKED}
    wanted |= {f"preferred_{what}_orders": of(what, many) for what in LIKED}
    for what, one, name, count in (
        ("novelty", "new", "novelty_share", "novelty_products"),
        ("pack", "large", "large_pack_share", "large_pack_days"),
    ):
        wanted |= {name: of(what, F.when(value == one, likely).otherwise(1 - likely)), count: of(what, many)}
    return found.groupBy("customer_id").agg(*(column.alias(name) for name, column in wanted.items()))


def likeliest(counts: pd.DataFrame) -> pd.DataFrame:
    """Of one kind of habit, of all customers."""
    found = empirical_bayes.habits(counts)
    return found.assign(what=counts["what"].iloc[0])[["customer_id", "what", "value", "share", "observations"]]


def of_promotions(of_kinds: DataFrame) -> DataFrame:
    """What a customer buys with a discount, beside what others do in the same departments and months."""
    told = of_kinds.where("discounted_lines is not null").withColumn("month", F.trunc("ordered_on", "month"))
    place = ["department", "month"]
    sums = [F.sum(name).alias(name) for name in ("lines", "discounted_lines")]
    own = told.groupBy("customer_id", *place).agg(*sums)
    of_all = Window.partitionBy(*place)
    usual = share(F.sum("discounted_lines").over(of_all), F.sum("lines").over(of_all))
    beside = own.withColumn("usual", usual).groupBy("customer_id")
    expected = F.round(F.sum(F.col("lines") * F.col("usual")), empirical_bayes.DIGITS).alias("expected")
    found = beside.agg(*sums, expected).where("expected > 0").groupBy()
    shape = "customer_id long, promotion_lines long, discounted_share double, promotion_ratio double"
    return found.applyInPandas(promoted, shape)


def promoted(customers: pd.DataFrame) -> pd.DataFrame:
    lines, discounted = customers["lines"], customers["discounted_lines"]
    ratio = empirical_bayes.ratios(discounted.to_numpy(float), customers["expected"].to_numpy(float))
    shown = {"promotion_lines": lines, "discounted_share": discounted / lines, "promotion_ratio": ratio}
    return pd.DataFrame({"customer_id": customers["customer_id"], **shown})


def of_categories(of_kinds: DataFrame) -> DataFrame:
    """Bought again and again; the first by name of equals."""
    named = F.transform("categories", lambda of: F.concat("department", F.lit(" / "), of))
    days = of_kinds.select("customer_id", "ordered_on", F.explode(named).alias("category")).where(
        "category is not null"
    )
    many = days.distinct().groupBy("customer_id", "category").agg(F.count("*").alias("days"))
    often = many.where(F.col("days") >= OFTEN).groupBy("customer_id")
    first = F.sort_array(F.collect_list(F.struct((-F.col("days")).alias("days"), "category")))
    return often.agg(F.transform(first, lambda one: one["category"]).cast("array<string>").alias("often_bought"))


def with_quintile(customers: DataFrame) -> DataFrame:
    """5: most that is new; of who has a share."""
    cuts = customers.agg(F.percentile("novelty_share", QUINTILES).alias("cuts"))
    beside = customers.crossJoin(F.broadcast(cuts))
    return beside.withColumn("novelty_quintile", quintile(F.col("novelty_share"), F.col("cuts")))
