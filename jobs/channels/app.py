"""The app: orders with their items, in instants; an account has a verified telephone number, e-mail address or both.

What comes back is an order of its own, its units and money below nothing."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.channels import LINEAGE, line_id, sale_or_return


def accounts(app_accounts: DataFrame) -> DataFrame:
    return app_accounts.select(
        "account_id",
        F.to_date("opened_at").alias("opened_on"),
        "name",
        "phone",
        "is_phone_verified",
        "email",
        "is_email_verified",
        "birthday",
        *LINEAGE,
    )


def order_lines(app_orders: DataFrame) -> DataFrame:
    return app_orders.select(
        "order_id",
        line_id().alias("line_id"),
        sale_or_return("paid").alias("kind"),
        "product_id",
        "account_id",
        "store_id",
        F.col("placed_at").alias("ordered_at"),
        "quantity",
        F.col("paid").alias("sales"),
        F.lit("USD").alias("currency"),
        "card_discount",
        "coupon_discount",
        "coupon_match",
        *LINEAGE,
    )


def orders(app_orders: DataFrame) -> DataFrame:
    return app_orders.select(
        "order_id", "account_id", "store_id", F.col("placed_at").alias("ordered_at"), "payment_card", *LINEAGE
    )


def events(app_events: DataFrame) -> DataFrame:
    return app_events.select(
        "event_id",
        "session_id",
        "account_id",
        "happened_at",
        F.col("type").alias("event_type"),
        "product_id",
        "category",
        *LINEAGE,
    )
