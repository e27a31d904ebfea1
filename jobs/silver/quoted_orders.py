"""``silver.quoted_orders``: who asks about whose order."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

NUMBER = "[A-Za-z0-9_-]{6,}"  # shorter ones stand in texts by chance
WITHIN = 91  # days after the order


def quoted_orders(tickets: DataFrame, orders: DataFrame) -> DataFrame:
    """An order counts where its number stands in a ticket of the quarter after it, and in no other channel's orders."""
    words = F.explode(F.regexp_extract_all("text", F.lit(f"({NUMBER})"), F.lit(1))).alias("order_id")
    asked = tickets.where("account_id is not null").select("account_id", "opened_on", words).distinct()
    named = F.broadcast(asked.select("order_id").distinct())
    placed = orders.select("order_id", "channel", F.col("account_id").alias("buyer"), "ordered_on")
    of_one = (
        placed.join(named, "order_id", "leftsemi")
        .groupBy("order_id")
        .agg(F.first("buyer").alias("buyer"), F.first("ordered_on").alias("ordered_on"), F.count("*").alias("many"))
    )
    is_later = F.datediff("opened_on", "ordered_on").between(0, WITHIN)
    found = asked.join(of_one.where("many = 1 and buyer is not null"), "order_id").where(is_later)
    sides = F.explode(F.array("account_id", "buyer")).alias("account_id")
    return found.select("order_id", sides).distinct()
