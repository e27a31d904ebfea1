"""``gold.customer_texts``: what customers wrote, reviews and tickets as one."""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from expectations import needs
from expectations.gold.customer_texts import customer_texts as contract
from expectations.shared import REDACTED

WIDE, NARROW = ("".join(map(chr, range(first, first + 94))) for first in (0xFF01, 0x21))  # letters and digits


def customer_texts(reviews: DataFrame, tickets: DataFrame, products: DataFrame, customers: DataFrame) -> DataFrame:
    """A row per review and ticket; who is unknown keeps their text, without a customer."""
    of_reviews = reviews.select(
        "channel",
        F.lit("review").alias("kind"),
        F.col("review_id").alias("text_id"),
        "account_id",
        "product_id",
        F.col("reviewed_on").alias("written_on"),
        "stars",
        F.lit(False).alias("is_open"),
        "text",
    )
    of_tickets = tickets.select(
        "channel",
        F.lit("ticket").alias("kind"),
        F.col("ticket_id").alias("text_id"),
        "account_id",
        F.col("opened_on").alias("written_on"),
        F.col("satisfaction").alias("answer_stars"),
        F.col("closed_at").isNull().alias("is_open"),
        "text",
    )
    departments = F.broadcast(products.select("product_id", "department"))
    every = of_reviews.unionByName(of_tickets, allowMissingColumns=True).join(departments, "product_id", "left")
    told = every.join(customers.select("account_id", "customer_id"), "account_id", "left")
    read = {"characters": F.coalesce(F.length("text"), F.lit(0)), "language": language(), "needs": needs_of()}
    return told.withColumns(read).select(*(column.name for column in contract.columns))


def plain() -> Column:
    """Small letters, narrow ones for wide ones, and nothing that stands for a person."""
    return F.lower(F.translate(F.regexp_replace("text", REDACTED, " "), WIDE, NARROW))


def language() -> Column:
    is_han, is_latin = plain().rlike(f"[{needs.HAN}]"), plain().rlike(r"\p{IsLatin}")
    return F.when(is_han & is_latin, "both").when(is_han, "zh").when(is_latin, "en")


def needs_of() -> Column:
    """Names of the needs of which a word is there."""
    found = [F.when(plain().rlike(need.pattern), need.name) for need in needs.NEEDS]
    return F.sort_array(F.array_compact(F.array(*found))).cast("array<string>")
