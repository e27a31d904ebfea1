"""``gold.customer_needs``: what each customer looks for."""

from functools import reduce
from typing import NamedTuple

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from expectations.gold.customer_needs import customer_needs as contract
from jobs.gold.customer_behaviour import share
from jobs.gold.customer_features import DIGITS

CHANCE, USUAL = 1.96, 4  # standard deviations; observations that would be as usual
STRONG, COMPLAINED = 1.0, 1.0  # standard deviations: a need, and what a complaint adds
REMOTE = "(^|_)(app|web|online|delivery|mobile|mini_program)"  # channels that spare the way


class Leaning(NamedTuple):
    """A column, of how many observations it is, the variance that chance gives one (SQL), and what is said of it."""

    value: str
    observations: str
    variance: str
    words: str


def by_share(value: str, observations: str, words: str) -> Leaning:
    return Leaning(value, observations, f"{value}_mean * (1 - {value}_mean)", words)


#: Need -> what leans to it. Of a ratio of counts the variance is that of its binomial, by the share that is usual.
LEANINGS = {
    "price": Leaning("promotion_ratio", "promotion_lines", "try_divide(1, discounted_share_mean) - 1", "buys on offer"),
    "newness": by_share("novelty_share", "novelty_products", "buys what is new to them"),
    "large packs": by_share("large_pack_share", "large_pack_days", "buys large packs"),
    "quality": by_share("name_brand_share", "orders", "buys name brands"),
    "convenience": by_share("remote_share", "orders", "orders from afar"),
}
#: Need -> needs of complaints (expectations/needs.py) that tell of it.
COMPLAINTS = {
    "price": ("price",),
    "quality": ("quality", "taste", "packaging", "size", "noise"),
    "convenience": ("delivery", "late", "missing"),
    "service": ("service", "charge"),
}


def customer_needs(
    customer_behaviour: DataFrame,
    customer_preferences: DataFrame,
    customer_channels: DataFrame,
    customer_feedback: DataFrame,
) -> DataFrame:
    """One row per customer who ordered."""
    remote = F.sum(F.when(F.col("channel").rlike(REMOTE), F.col("orders")).otherwise(0))
    afar = customer_channels.groupBy("customer_id").agg(share(remote, F.sum("orders")).alias("remote_share"))
    bought = customer_behaviour.where("orders > 0").select(
        "customer_id", "orders", (1 - F.col("private_label_share")).alias("name_brand_share")
    )
    told = customer_feedback.select("customer_id", "needs_complained")
    every = reduce(
        lambda left, right: left.join(right, "customer_id", "left"), (customer_preferences, afar, told), bought
    )
    return with_need(with_leanings(every)).select(*(column.name for column in contract.columns))


def with_leanings(customers: DataFrame) -> DataFrame:
    """Each beside all customers of whom it is known."""
    values = ["discounted_share", *(of.value for of in LEANINGS.values())]
    usual = [F.round(F.avg(name), DIGITS).alias(f"{name}_mean") for name in values]
    usual += [F.round(F.stddev_pop(name), DIGITS).alias(f"{name}_spread") for name in values]
    beside = customers.crossJoin(F.broadcast(customers.agg(*usual)))
    return beside.withColumns({column(name): leaning(of) for name, of in LEANINGS.items()})


def column(need: str) -> str:
    return f"{need.replace(' ', '_')}_leaning"


def leaning(of: Leaning) -> Column:
    """Null where nothing is known, or where all are alike."""
    many, spread = F.col(of.observations), F.col(f"{of.value}_spread")
    above = (F.col(of.value) - F.col(f"{of.value}_mean")) * many / (many + USUAL)
    by_chance = CHANCE * F.sqrt(F.try_divide(F.expr(of.variance), many))
    is_known = above.isNotNull() & (many > 0) & (spread > 0)
    return F.when(is_known, F.when(above > by_chance, F.try_divide(above, spread)).otherwise(0.0))


def with_need(customers: DataFrame) -> DataFrame:
    """The strongest; of equals the first in the contract's order."""
    needs = [name for name in contract.column("need").one_of if name != "none"]
    strongest = F.array_max(F.array(*(strength(name, -place) for place, name in enumerate(needs))))
    is_strong = F.col("strongest.strength") >= STRONG
    return customers.withColumn("strongest", strongest).withColumns(
        {
            "strength": F.col("strongest.strength"),
            "need": F.when(is_strong, F.col("strongest.need")).otherwise("none"),
            "why": F.when(is_strong, F.col("strongest.why")),
        }
    )


def strength(need: str, place: int) -> Column:
    """Of a need, and why; ``place`` decides between equals."""
    is_leaning, told = need in LEANINGS, F.array(*map(F.lit, COMPLAINTS.get(need, ()))).cast("array<string>")
    leans = F.coalesce(column(need), F.lit(0.0)) if is_leaning else F.lit(0.0)
    complaints = F.array_intersect("needs_complained", told)
    complains = F.coalesce(F.size(complaints) > 0, F.lit(False))
    buys = F.format_string(f"{LEANINGS[need].words}, %.1f deviations above all", leans) if is_leaning else F.lit(None)
    says = F.concat(F.lit("complained of "), F.array_join(complaints, ", "))
    return F.struct(
        (leans + F.when(complains, COMPLAINED).otherwise(0.0)).alias("strength"),
        F.lit(place).alias("place"),
        F.lit(need).alias("need"),
        F.concat_ws("; ", F.when(leans > 0, buys), F.when(complains, says)).alias("why"),
    )
